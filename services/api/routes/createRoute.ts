import type { Knex } from 'knex';
import type { z } from 'zod';
import { holds, type Actor, type Office } from '../../accounts/actor.ts';
import type { Text } from '../../errors.ts';
import type { Capability, CaseRow } from '../../workflow/capability.ts';
import { momentOf } from '../../workflow/momentOf.ts';
import { envelope } from '../../workflow/envelope.ts';
import { officeForNew, rolesOf, type Scope } from '../../workflow/policy.ts';
import { route, type Route } from '../route.ts';
import { envelopeSchema, type CaseRouteDeps } from './caseParts.ts';
import { Forbidden } from '../../errors.ts';

interface Creation<Body extends z.ZodType> {
  summary: Text;
  body: Body;
  /** Whose case it will be, for the `create` grants of the policy. Throws InvalidInput for an unknown unit. */
  scope(db: Knex, body: z.output<Body>, actor: Actor): Promise<Scope>;
  /** Starts the case in the transaction; answers its id. */
  create(
    trx: Knex.Transaction,
    by: { actor: Actor; office: Office; scope: Scope },
    body: z.output<Body>,
  ): Promise<string>;
}

/** POST to a collection: starts a case and answers its envelope with 201. */
export function createRoute<Row extends CaseRow, Body extends z.ZodType>(
  capability: Capability<Row>,
  { ports }: CaseRouteDeps,
  creation: Creation<Body>,
): Route {
  const roles = rolesOf(capability.policy, ['create']);
  return route({
    method: 'post',
    path: `/${capability.collection}`,
    tag: capability.collection,
    summary: creation.summary,
    permission: {
      name: `${capability.collection}.create`,
      roles,
      allows: (actor) => holds(actor, ...roles),
    },
    body: creation.body,
    response: envelopeSchema,
    status: 201,
    handle: ({ actor, body, within }) =>
      within(async (trx) => {
        const scope = await creation.scope(trx, body, actor);
        const office = officeForNew(capability.policy, actor, scope);
        if (office === null) throw new Forbidden();
        const id = await creation.create(trx, { actor, office, scope }, body);
        const moment = momentOf(ports);
        const [row] = await capability.readCases(trx, [id], moment.today);
        if (row === undefined) throw new Error(`the new ${capability.workflow} ${id} cannot be read`);
        return { body: envelope(capability, row, actor, moment), revision: row.revision };
      }),
  });
}
