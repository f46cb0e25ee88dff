import type { AgendaCase } from '../../db/views/councilSessionCases.ts';
import type { Fraction } from '../rules/ruleFields.ts';
import type { CouncilSheetRule, CouncilVoteRule } from '../rules/routeRule.ts';

/** What the pinned pack asks of the council for one case; null: not asked for. */
export interface AgendaRules {
  sheet: CouncilSheetRule | null;
  vote: CouncilVoteRule | null;
  /** The share of all members who must be there, whatever the session has before it. */
  quorum: Fraction;
}

/** The rules of a case on the agenda: parsed when it was put there, and unchangeable since. */
export function rulesOf({ sheet_rule, vote_rule, quorum }: AgendaCase): AgendaRules {
  return { sheet: sheet_rule, vote: vote_rule, quorum } as AgendaRules;
}

/** True when members must not be named with what they said about the case. */
export function isSecret({ vote }: AgendaRules): boolean {
  return vote?.method === 'secret';
}
