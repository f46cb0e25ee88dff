import { z } from 'zod';
import { createMovement } from '../../movements/createMovement.ts';
import { movementCapability } from '../../movements/movementCapability.ts';
import { NO_CASE } from '../../workflow/policy.ts';
import { createRoute } from './createRoute.ts';
import type { Route } from '../route.ts';
import type { CaseRouteDeps } from './caseParts.ts';
import { caseRoutes } from './cases.ts';

const decimal = z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/);
const name = z.string().trim().min(1).max(300);
const longText = z.string().trim().min(1).max(5000);

const movementRequest = z.strictObject({
  title: name,
  kind: z.enum(['thematic', 'regular']),
  planNumber: name,
  planDate: z.iso.date(),
  issuer: name,
  theme: longText,
  goal: longText,
  periodFrom: z.int().min(1990).max(2100),
  periodTo: z.int().min(1990).max(2100),
  standingAgencyId: z.uuid(),
  focalAgencyId: z.uuid(),
  targets: z
    .array(
      z.strictObject({
        indicator: name,
        place: name,
        measure: name,
        direction: z.enum(['increase', 'decrease']),
        low: decimal,
        high: decimal,
        source: name,
      }),
    )
    .max(100),
  contents: z.array(z.strictObject({ text: longText, groups: z.array(name).min(1).max(20) })).max(50),
});

/** Movements: the case routes, and drafting one from its plan. */
export function movementRoutes(deps: CaseRouteDeps): Route[] {
  return [
    ...caseRoutes(movementCapability, deps),
    createRoute(movementCapability, deps, {
      summary: { vi: 'Soạn phong trào thi đua', en: 'Draft a movement' },
      body: movementRequest,
      scope: () => Promise.resolve(NO_CASE),
      create: (trx, by, plan) => createMovement(trx, deps.ports, by, plan),
    }),
  ];
}
