import type { Knex } from 'knex';
import { readNominationCases, type NominationView } from '../../db/views/nominationCases.ts';
import { awardRule } from '../rules/lookUpRule.ts';
import type { PublishedPack, Rulebook } from '../rules/rulebook.ts';
import type { AwardRule } from '../rules/rulePack.ts';

/** A nomination with the pack that it has pinned and the rule of its award in that pack. */
export interface NominationCase extends NominationView {
  pack: PublishedPack;
  award: AwardRule;
}

/** The packs, as much of the rulebook as nominations need. */
export type Packs = Pick<Rulebook, 'packOn' | 'packById'>;

/** Reads these nominations in one statement and gives each its rule, which never changes. */
export async function readNominations(
  db: Knex,
  packs: Packs,
  ids: readonly string[],
  today: string,
): Promise<NominationCase[]> {
  return (await readNominationCases(db, ids, today)).map((view) => withRule(view, packs));
}

function withRule(view: NominationView, packs: Packs): NominationCase {
  const pack = packs.packById(view.pack_id);
  const award = awardRule(pack, view.nomination.award_code);
  if (award === null) throw new Error(`rule pack ${pack.code} has no award of nomination ${view.id}`);
  return { ...view, pack, award };
}
