import type { AgendaCase, CouncilSessionCase } from '../../db/views/councilSessionCases.ts';
import type { Facts } from '../../workflows/workflow.ts';
import { holds, type Actor } from '../accounts/actor.ts';
import { councilSheetOutcome, type CouncilSheetOutcome } from '../rules/councilSheet.ts';
import { quorumMet, votePasses } from '../rules/thresholds.ts';
import { rulesOf } from './agendaRules.ts';
import { baseOf, presentOf, rollOf, scorersOf } from './entitlement.ts';

/** The part of an event's payload that facts look at. */
interface CasePayload {
  nominationId?: string;
  chairOrder?: string;
}

/**
 * What is so in a session, for the machine's guards; pure. Facts about a case are about the payload's
 * `nominationId`; without one they say whether some case on the agenda would do.
 */
export function councilFacts(row: CouncilSessionCase, payload: unknown, viewer: Actor): Facts {
  const { nominationId, chairOrder } = (payload ?? {}) as CasePayload;
  const cases =
    nominationId === undefined ? row.cases : row.cases.filter((each) => each.nomination_id === nominationId);
  const chairs = holds(viewer, 'chairman');
  // Asked without a payload, the chairman could still send an order; asked with one, it must be theirs.
  const ordered = payload === null ? chairs : chairs && chairOrder !== undefined;
  const foreignOrder = chairOrder !== undefined && !chairs;

  const scored = cases.filter((each) => scoringClosable(row, each));
  const opened = cases.filter((each) => ballotOpenable(row, each));
  const voted = cases.filter((each) => !foreignOrder && ballotClosable(each, ordered));
  return {
    hasCases: row.cases.length > 0,
    quorum: sessionQuorum(row),
    caseScoringOpenable: cases.some(scoringOpenable),
    caseScoringClosable: scored.length > 0,
    caseScoresPassed: scored.some((each) => scoresOf(each)?.status === 'passed'),
    caseNeedsBallot: cases.some((each) => rulesOf(each).vote !== null),
    caseBallotOpenable: opened.length > 0,
    caseBallotLawful: (opened.length > 0 ? opened : cases).some(ballotLawful),
    caseBallotClosable: voted.length > 0,
    caseBallotPassed: voted.some(ballotPassed),
    noOpenCase: !row.cases.some(isUnfinished),
  };
}

/** True when the members who are there are a quorum by the rules of every case on the agenda. */
export function sessionQuorum({ members, cases }: CouncilSessionCase): boolean {
  const present = presentOf(members);
  return cases.every((each) => {
    const { quorum, vote } = rulesOf(each);
    return [{ quorum }, ...(vote === null ? [] : [vote])].every((rule) =>
      quorumMet(rule, present, members.length),
    );
  });
}

/** The council's score of a case from the sheets handed in so far; null where no scores are asked for. */
export function scoresOf(each: AgendaCase): CouncilSheetOutcome | null {
  const { sheet } = rulesOf(each);
  if (sheet === null) return null;
  return councilSheetOutcome(
    sheet,
    each.sheets.map(({ points, handed_in }) => ({ points, handedIn: handed_in })),
  );
}

/** The yes votes of a case's ballot so far. */
export function yesVotes({ ballot }: AgendaCase): number {
  return ballot?.votes.filter(({ choice }) => choice === 'yes').length ?? 0;
}

export function recusedFrom({ recusals }: AgendaCase): string[] {
  return recusals.map(({ member_id }) => member_id);
}

/** Only open votes can be held here: the box of a secret ballot needs blind tokens, a written one its own desk. */
export function ballotLawful(each: AgendaCase): boolean {
  return rulesOf(each).vote?.method === 'open';
}

/** A held or withdrawn case is not before the council: nothing of it is opened, scored, voted on or closed. */
export function isBeforeCouncil({ nomination_state }: AgendaCase): boolean {
  return nomination_state === 'councilReview';
}

function scoringOpenable(each: AgendaCase): boolean {
  return each.scoring === 'waiting' && isBeforeCouncil(each);
}

/**
 * All who are there and may score have handed in, or as many as the rule asks for have and whoever leads the session
 * waits for no more. Presence may shrink, so a session never hangs on somebody who left.
 */
function scoringClosable({ members }: CouncilSessionCase, each: AgendaCase): boolean {
  const { sheet } = rulesOf(each);
  if (each.scoring !== 'open' || !isBeforeCouncil(each) || sheet === null) return false;
  const handedIn = each.sheets.filter(({ handed_in }) => handed_in).map(({ member_id }) => member_id);
  if (handedIn.length === 0) return false;
  if (handedIn.length >= sheet.minScorers) return true;
  return scorersOf(members, recusedFrom(each)).every((id) => handedIn.includes(id));
}

function ballotOpenable({ members }: CouncilSessionCase, each: AgendaCase): boolean {
  const { vote } = rulesOf(each);
  if (vote === null || each.ballot_stage !== 'waiting' || !isBeforeCouncil(each)) return false;
  if (each.scoring !== 'notNeeded' && each.scoring !== 'passed') return false;
  const recused = recusedFrom(each);
  return rollOf(vote, members, recused).length > 0 && baseOf(vote, members, recused) > 0;
}

function ballotClosable(each: AgendaCase, ordered: boolean): boolean {
  const { ballot } = each;
  if (each.ballot_stage !== 'open' || ballot === null || !isBeforeCouncil(each)) return false;
  return ordered || ballot.votes.length === ballot.roll.length;
}

function ballotPassed(each: AgendaCase): boolean {
  const { vote } = rulesOf(each);
  if (vote === null || each.ballot === null) return false;
  return votePasses(vote, { yes: yesVotes(each), base: each.ballot.base });
}

function isUnfinished({ scoring, ballot_stage, nomination_finished }: AgendaCase): boolean {
  return !nomination_finished && (scoring === 'open' || ballot_stage === 'open');
}
