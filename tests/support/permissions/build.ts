import { buildDecisions } from './buildDecisions.ts';
import { buildMovements } from './buildMovements.ts';
import { buildNominations } from './buildNominations.ts';
import { buildRegistrations } from './buildRegistrations.ts';
import { buildRounds } from './buildRounds.ts';
import { buildSessions } from './buildSessions.ts';
import type { Built, Need } from './needs.ts';
import type { Province } from './province.ts';
import { COLLECTIONS, type Collection } from './table.ts';

const BUILDERS: Record<Collection, (province: Province, needs: readonly Need[]) => Promise<Built[]>> = {
  movements: buildMovements,
  registrations: buildRegistrations,
  'scoring-rounds': buildRounds,
  nominations: buildNominations,
  'council-sessions': buildSessions,
  decisions: buildDecisions,
};

/** A case of its own for each need, in the same order. */
export async function buildCases(province: Province, needs: readonly Need[]): Promise<Built[]> {
  const built = new Map<Need, Built>();
  for (const collection of COLLECTIONS) {
    const wanted = needs.filter((need) => need.collection === collection);
    const made = await BUILDERS[collection](province, wanted);
    wanted.forEach((need, index) => {
      const each = made[index];
      if (each !== undefined) built.set(need, each);
    });
  }
  return needs.flatMap((need) => built.get(need) ?? []);
}
