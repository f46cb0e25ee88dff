import { samples } from '../sampleFiles.ts';
import { CLUSTER_ACTIONS } from './clusterActions.ts';
import type { Action, Call } from './action.ts';
import { COUNCIL_ACTIONS } from './councilActions.ts';
import { eventAction } from './eventAction.ts';
import type { Collection } from './table.ts';
import { newest } from '../../../workflows/registry.ts';
import type { WorkflowName } from '../../../workflows/workflow.ts';

export const WORKFLOWS: Record<Collection, WorkflowName> = {
  movements: 'movement',
  registrations: 'registration',
  'scoring-rounds': 'scoringRound',
  nominations: 'nomination',
  'council-sessions': 'councilSession',
  decisions: 'decision',
};

/** What every collection answers to besides its events. */
function caseActions(collection: Collection, create: NonNullable<Action['body']>): Record<string, Action> {
  return {
    view: { method: 'get', path: `/${collection}/{id}` },
    history: { method: 'get', path: `/${collection}/{id}/history` },
    create: { method: 'post', path: `/${collection}`, body: create },
  };
}

const plan = ({ province }: Call) => ({
  title: 'Phong trào thử',
  kind: 'thematic',
  planNumber: '01/KH-UBND',
  planDate: '2018-01-02',
  issuer: 'Ủy ban nhân dân tỉnh',
  theme: 'Chủ đề',
  goal: 'Mục tiêu',
  periodFrom: 2018,
  periodTo: 2020,
  standingAgencyId: province.unitId('snv'),
  focalAgencyId: province.unitId('snv'),
  targets: [],
  contents: [],
});

const pledge = {
  pledge: 'Phấn đấu hoàn thành kế hoạch',
  targets: [{ indicator: 'Giảm hộ nghèo', value: '4', measure: '%' }],
  awardCodes: [],
};

const OTHERS: Record<Collection, Record<string, Action>> = {
  movements: caseActions('movements', plan),
  registrations: {
    ...caseActions('registrations', ({ province, owner, cell }) => ({
      movementId: province.movementId,
      unitId: province.unitId(owner),
      // One registration stands per unit and year.
      year: cell.role === 'unitOfficer' ? 2017 : 2018,
      ...pledge,
    })),
    change: { method: 'put', path: '/registrations/{id}', body: () => pledge },
  },
  'scoring-rounds': {
    ...caseActions('scoring-rounds', ({ province, owner }) => ({
      clusterId: province.clusterOf(owner).id,
      year: 2018,
      sheetId: province.sheetId,
      title: 'Đợt chấm thử',
    })),
    ...CLUSTER_ACTIONS,
  },
  nominations: {
    ...caseActions('nominations', ({ province, owner }) => ({
      awardCode: 'merit_certificate_province',
      unitId: province.unitId(owner),
      year: 2018,
      subjectType: 'individual',
      subjectName: 'Nguyễn Văn Mới',
      achievement: 'Thành tích thử nghiệm',
    })),
    edit: { method: 'put', path: '/nominations/{id}', body: () => ({ achievement: 'Thành tích bổ sung' }) },
    documents: { method: 'get', path: '/nominations/{id}/documents' },
    readFile: { method: 'get', path: '/files/{id}', params: ({ of }) => ({ id: of.fileId ?? '' }) },
    readFileContent: {
      method: 'get',
      path: '/files/{id}/content',
      isFile: true,
      params: ({ of }) => ({ id: of.fileId ?? '' }),
    },
    addDocument: {
      method: 'put',
      path: '/nominations/{id}/documents/{component}',
      params: () => ({ component: 'achievement_report' }),
      body: async (call) => ({ fileId: await ownUpload(call) }),
    },
  },
  'council-sessions': {
    ...caseActions('council-sessions', () => ({ title: 'Phiên họp thử', nominationIds: [] })),
    ...COUNCIL_ACTIONS,
  },
  decisions: {
    ...caseActions('decisions', () => ({ kind: 'award', title: 'Về việc tặng thưởng', items: [] })),
    setItems: { method: 'put', path: '/decisions/{id}/items', body: () => ({ items: [] }) },
  },
};

/** A file of the caller's own: nobody refers to the files of others. */
async function ownUpload({ client }: Call): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([samples.pdf('bổ sung')]), 'bo-sung.pdf');
  return (await client.post('/files', form)).body.id;
}

/** Every event of the collection's workflow and everything else that can be asked of its cases. */
export function actionsOf(collection: Collection): Record<string, Action> {
  const { events } = newest(WORKFLOWS[collection]);
  const sent = Object.keys(events).map((type) => [
    type,
    eventAction(collection, WORKFLOWS[collection], type),
  ]);
  return { ...(Object.fromEntries(sent) as Record<string, Action>), ...OTHERS[collection] };
}
