import type { Action } from './action.ts';

const measured = { target: '10', actual: '8' };

function sheet(layer: string, cells: object): Action {
  return {
    method: 'put',
    path: '/scoring-rounds/{id}/sheets/{unitId}/{layer}',
    params: ({ province, owner }) => ({ unitId: province.unitId(owner), layer }),
    body: () => ({ cells }),
  };
}

/** What can be asked of a scoring round besides its events. C3 is judged by the cluster, A2.4 is the health department's. */
export const CLUSTER_ACTIONS: Record<string, Action> = {
  scoreSelf: sheet('self', { C3: { points: '2' } }),
  scoreCluster: sheet('cluster', { C3: { points: '2' } }),
  scoreDepartment: sheet('department', { 'A2.4': measured }),
  scoreForeignCriterion: sheet('department', { 'A1.1': measured }),
  scoreVerified: sheet('verified', { C3: { points: '2' } }),
  readSheets: { method: 'get', path: '/scoring-rounds/{id}/sheets' },
  setKnockouts: {
    method: 'put',
    path: '/scoring-rounds/{id}/knockouts',
    body: ({ province, owner }) => ({
      knockouts: [{ unitId: province.unitId(owner), code: 'K1', effect: 'hold', reason: 'Đang xác minh' }],
    }),
  },
  result: { method: 'get', path: '/scoring-rounds/{id}/result' },
  explain: {
    method: 'get',
    path: '/scoring-rounds/{id}/result/explain',
    query: ({ province, owner }) => `?unitId=${province.unitId(owner)}&criterion=C3`,
  },
};
