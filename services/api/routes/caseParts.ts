import type { Knex } from 'knex';
import { z } from 'zod';
import { NotFound } from '../../../db/errors.ts';
import type { Actor } from '../../accounts/actor.ts';
import type { Ports } from '../../ports.ts';
import type { Capability, CaseRow } from '../../workflow/capability.ts';
import type { Door } from '../../workflow/door.ts';
import { officeFor, rolesOf } from '../../workflow/policy.ts';
import { readCase } from '../../workflow/readCase.ts';

export interface CaseRouteDeps {
  ports: Ports;
  door: Door;
}

/** The envelope as the API document shows it; each collection's own fields stand beside these. */
export const envelopeSchema = z
  .looseObject({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    workflow: z.object({
      name: z.string(),
      version: z.int(),
      state: z.string(),
      revision: z.int(),
      finished: z.boolean(),
      label: z.object({ vi: z.string(), en: z.string() }),
      allowedEvents: z.array(
        z.object({
          type: z.string(),
          label: z.object({ vi: z.string(), en: z.string() }),
          payloadSchema: z.unknown(),
        }),
      ),
    }),
  })
  .meta({ id: 'Envelope' });

/** Finds a case that the caller may see. Throws NotFound for all others, whether they exist or not. */
export function visibleCase<Row extends CaseRow>(capability: Capability<Row>, ports: Ports) {
  return async ({ db, actor, params }: { db: Knex; actor: Actor; params: { id: string } }): Promise<Row> => {
    const row = await readCase(capability, db, params.id, ports.clock.today());
    if (row === null || officeFor(capability.policy, 'view', actor, row) === null) {
      throw new NotFound(capability.collection);
    }
    return row;
  };
}

/** Reading a collection: what of it the caller sees is the subject's matter, not the permission's. */
export function readPermission({ collection, policy }: Capability) {
  return { name: `${collection}.read`, roles: rolesOf(policy, ['view']), allows: () => true };
}
