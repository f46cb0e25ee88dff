import type { AgendaCase, CouncilSessionCase } from '../../db/views/councilSessionCases.ts';
import type { Text } from '../../workflows/workflow.ts';
import { neededVotes } from '../rules/thresholds.ts';
import { isSecret, rulesOf } from './agendaRules.ts';
import type { ScoringResult } from './closeScoring.ts';
import { ballotLawful, isBeforeCouncil, recusedFrom } from './councilFacts.ts';
import { baseOf, rollOf, scorersOf } from './entitlement.ts';

/** Where a case stands in the session, in one word for the page. */
export type CaseState =
  'waiting' | 'scoring' | 'scored' | 'voting' | 'passed' | 'failed' | 'onHold' | 'withdrawn';

/** A case as a member of this office (null: no member) may see it: nothing of how others score or vote before close. */
export function presentCase(row: CouncilSessionCase, each: AgendaCase, memberId: string | null) {
  return {
    nominationId: each.nomination_id,
    ordinal: each.ordinal,
    subjectName: each.subject_name,
    awardCode: each.award_code,
    unitId: each.unit_id,
    unitName: each.unit_name,
    nominationState: each.nomination_state,
    state: stateOf(each),
    reason: failureOf(each),
    recusals: each.recusals.map(({ member_id, reason }) => ({ memberId: member_id, reason })),
    scoring: presentScoring(row, each, memberId),
    ballot: presentBallot(row, each, memberId),
  };
}

function stateOf(each: AgendaCase): CaseState {
  const { scoring, ballot_stage: ballot } = each;
  if (scoring === 'failed' || ballot === 'failed') return 'failed';
  if (ballot === 'passed' || (ballot === 'notNeeded' && scoring === 'passed')) return 'passed';
  if (each.nomination_finished) return 'withdrawn';
  if (each.nomination_state === 'onHold') return 'onHold';
  if (ballot === 'open') return 'voting';
  if (scoring === 'open') return 'scoring';
  return scoring === 'passed' ? 'scored' : 'waiting';
}

/** Why the council did not approve, as it is signalled to the nomination; null otherwise. */
function failureOf({ scoring, ballot_stage }: AgendaCase) {
  if (scoring === 'failed') return 'belowMinimumScore' as const;
  return ballot_stage === 'failed' ? ('shareOfVotesMissed' as const) : null;
}

function presentScoring({ members }: CouncilSessionCase, each: AgendaCase, memberId: string | null) {
  const { sheet } = rulesOf(each);
  if (sheet === null) return null;
  const open = each.scoring === 'open';
  const closed = each.scoring === 'passed' || each.scoring === 'failed';
  const eligible = scorersOf(members, recusedFrom(each));
  const done = each.sheets.flatMap(({ member_id, handed_in }) => (handed_in && member_id ? [member_id] : []));
  return {
    stage: each.scoring,
    rule: sheet,
    eligible: eligible.length,
    handedIn: each.sheets.filter(({ handed_in }) => handed_in).length,
    awaiting: open ? eligible.filter((id) => !done.includes(id)) : [],
    mayScore: open && isBeforeCouncil(each) && memberId !== null && eligible.includes(memberId),
    // Answers of events are kept with their idempotency key, so no sheet of a secret case may be in one.
    ownSheet: isSecret(rulesOf(each)) ? null : ownSheet(each, memberId),
    result: closed ? presentResult(each.scoring_result as ScoringResult) : null,
    sheets: closed ? namedSheets(each) : null,
  };
}

/** The sheet that this member has saved, as long as it carries a name; null: none. */
export function ownSheet({ sheets }: AgendaCase, memberId: string | null) {
  const own = sheets.find(({ member_id }) => memberId !== null && member_id === memberId);
  return own === undefined ? null : { points: own.points, handedIn: own.handed_in };
}

/** Single sheets are for cases that nobody votes on in secret; they hold no draft. */
function namedSheets(each: AgendaCase) {
  if (isSecret(rulesOf(each))) return null;
  return each.sheets
    .filter(({ handed_in }) => handed_in)
    .map(({ member_id, points }) => ({ memberId: member_id, points }));
}

function presentResult(result: ScoringResult) {
  return { ...result, passed: result.status === 'passed', reason: scoringReason(result) };
}

/** Why the scores did not do, with the figures; null when they did. */
export function scoringReason(result: ScoringResult): Text | null {
  const { status, scorers, minScorers, total, maxPoints, minimum, minPercent } = result;
  if (status === 'passed') return null;
  if (status === 'tooFewScorers') {
    return {
      vi: `Chỉ có ${scorers} phiếu điểm hợp lệ, cần ít nhất ${minScorers}.`,
      en: `Only ${scorers} whole sheets, at least ${minScorers} are needed.`,
    };
  }
  const comma = (decimal: string) => decimal.replace('.', ',');
  return {
    vi: `Đạt ${comma(total)}/${comma(maxPoints)} điểm, chưa tới mức tối thiểu ${comma(minPercent)}% (${comma(minimum)} điểm).`,
    en: `${total} of ${maxPoints} points, below the minimum of ${minPercent}% (${minimum} points).`,
  };
}

function presentBallot({ members }: CouncilSessionCase, each: AgendaCase, memberId: string | null) {
  const { vote } = rulesOf(each);
  if (vote === null) return null;
  const { ballot } = each;
  const open = each.ballot_stage === 'open';
  const recused = recusedFrom(each);
  const roll = ballot?.roll ?? rollOf(vote, members, recused);
  const base = ballot?.base ?? baseOf(vote, members, recused);
  const voted = ballot?.votes.map(({ member_id }) => member_id) ?? [];
  const own = ballot?.votes.find(({ member_id }) => member_id === memberId);
  const onRoll = memberId !== null && roll.includes(memberId);
  return {
    stage: each.ballot_stage,
    rule: vote,
    refusal: ballotLawful(each) ? null : REFUSALS[vote.method],
    round: ballot?.round ?? null,
    /** Fixed once the ballot is open; before that, what it would be with those who are there now. */
    fixed: ballot !== null,
    base,
    needed: ballot?.needed ?? (base > 0 ? neededVotes(vote, base) : null),
    rollSize: roll.length,
    votesCast: voted.length,
    awaiting: open ? roll.filter((id) => !voted.includes(id)) : [],
    onRoll,
    mayVote: open && isBeforeCouncil(each) && onRoll && own === undefined,
    ownChoice: own?.choice ?? null,
    result: ballotResult(each),
    votes: ballot?.closed
      ? ballot.votes.map(({ member_id, choice }) => ({ memberId: member_id, choice }))
      : null,
    rollAtOpen: ballot?.roll ?? null,
    rollAtClose: ballot?.closed ? ballot.closing_roll : null,
  };
}

const REFUSALS: Record<string, Text | null> = {
  open: null,
  secret: {
    vi: 'Bỏ phiếu kín chưa được hỗ trợ: hệ thống chưa bảo đảm tách rời người bỏ phiếu và lá phiếu.',
    en: 'Secret ballots are not supported yet: voter and choice could not be kept apart.',
  },
  written: {
    vi: 'Biểu quyết hoàn toàn bằng văn bản chưa được hỗ trợ.',
    en: 'Votes held in writing only are not supported yet.',
  },
};

/** What a closed ballot came to. Silence is counted as silence: never a vote. */
function ballotResult({ ballot }: AgendaCase) {
  if (ballot === null || !ballot.closed) return null;
  const count = (choice: string) => ballot.votes.filter((vote) => vote.choice === choice).length;
  return {
    yes: count('yes'),
    no: count('no'),
    abstain: count('abstain'),
    silent: ballot.roll.length - ballot.votes.length,
    passed: ballot.passed === true,
    chairOrder: ballot.chair_order,
    reason: ballot.passed === true ? null : ballotReason(ballot.base, ballot.needed, count('yes')),
  };
}

function ballotReason(base: number, needed: number, yes: number): Text {
  return {
    vi: `Có ${yes}/${base} phiếu đồng ý, cần ít nhất ${needed}.`,
    en: `${yes} of ${base} votes in favour, at least ${needed} are needed.`,
  };
}
