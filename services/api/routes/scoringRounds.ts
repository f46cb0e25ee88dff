import type { Knex } from 'knex';
import { z } from 'zod';
import { clustersOn } from '../../../db/organisation.ts';
import { InvalidInput } from '../../errors.ts';
import { createScoringRound } from '../../scoring/rounds/createScoringRound.ts';
import { scoringRoundCapability } from '../../scoring/rounds/scoringRoundCapability.ts';
import type { Scope } from '../../workflow/policy.ts';
import type { Route } from '../route.ts';
import type { CaseRouteDeps } from './caseParts.ts';
import { caseRoutes } from './cases.ts';
import { createRoute } from './createRoute.ts';
import { roundResultRoutes } from './roundResults.ts';
import { scoreSheetRoutes } from './scoreSheets.ts';
import { uuid } from './shared.ts';

const newRound = z.strictObject({
  clusterId: uuid,
  year: z.int().min(1990).max(2100),
  sheetId: uuid,
  title: z.string().trim().min(1).max(300),
  movementId: uuid.optional(),
});

/** Scoring rounds: the case routes, preparing one for a cluster, its sheets and its result. */
export function scoringRoundRoutes(deps: CaseRouteDeps): Route[] {
  return [
    ...caseRoutes(scoringRoundCapability, deps),
    createRoute(scoringRoundCapability, deps, {
      summary: { vi: 'Chuẩn bị đợt chấm điểm', en: 'Prepare a scoring round' },
      body: newRound,
      scope: (db, { clusterId }) => scopeOfCluster(db, clusterId, deps.ports.clock.today()),
      create: (trx, by, wanted) => createScoringRound(trx, deps.ports, by, wanted),
    }),
    ...scoreSheetRoutes(deps),
    ...roundResultRoutes(deps),
  ];
}

async function scopeOfCluster(db: Knex, clusterId: string, today: string): Promise<Scope> {
  if ((await clustersOn(db, today)).some(({ id }) => id === clusterId)) {
    return { unit_id: null, cluster_id: clusterId };
  }
  const message = { vi: 'Không có cụm, khối thi đua này.', en: 'There is no such cluster or bloc.' };
  throw new InvalidInput([{ pointer: '/clusterId', message }]);
}
