import type { ScoreSheetKey } from '../../../db/scoreSheets.ts';
import { holds, unitsOf, type Actor } from '../../accounts/actor.ts';

/** A round as far as visibility asks about it. */
export interface RoundSeen {
  state: string;
  member_unit_ids: readonly string[];
  assessor_unit_ids: readonly string[];
}

/** From here on members read what others gave each other. */
const AFTER_CROSS_SCORING = ['explanation', 'verification', 'finalized'];
const BEFORE_CROSS_SCORING = ['draft', 'selfScoring'];

/** True for those who watch over every round of the province. */
export function overseesRounds(viewer: Actor): boolean {
  return holds(viewer, 'appraiser', 'agencyHead', 'chairman', 'inspector');
}

/**
 * Whether the viewer may read a sheet of a round that it can see: always its own unit's and those that its unit
 * wrote; other self sheets once cross-scoring begins; the scores of others only when it is over, so that nobody
 * answers a score with a score; verified points when the round is finalized.
 */
export function maySeeSheet(
  round: RoundSeen,
  sheet: Pick<ScoreSheetKey, 'layer' | 'scorer_unit_id'>,
  viewer: Actor,
): boolean {
  if (overseesRounds(viewer)) return true;
  const units = unitsOf(viewer);
  if (sheet.scorer_unit_id !== null && units.includes(sheet.scorer_unit_id)) return true;
  const isMember = units.some((unit) => round.member_unit_ids.includes(unit));
  if (sheet.layer === 'self') {
    const scores = isMember || units.some((unit) => round.assessor_unit_ids.includes(unit));
    return scores && !BEFORE_CROSS_SCORING.includes(round.state);
  }
  if (sheet.layer === 'verified') return isMember && round.state === 'finalized';
  return isMember && AFTER_CROSS_SCORING.includes(round.state);
}
