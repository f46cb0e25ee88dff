import type {
  AgendaCase,
  CaseBallot,
  CouncilSessionCase,
  SessionMember,
} from '../../db/views/councilSessionCases.ts';
import type { Actor, Role } from '../../services/accounts/actor.ts';
import type { Choice } from '../../db/openVotes.ts';

/** A member by number; there unless said otherwise. */
function member(number: number, present: boolean | null = true): SessionMember {
  return { id: `m${number}`, name: `Số ${number}`, title: 'Ủy viên', chairs: false, present, reason: null };
}

/** So many members, of whom the first `present` are there. */
export function membersOf(total: number, present = total): SessionMember[] {
  return Array.from({ length: total }, (_, index) => member(index + 1, index < present));
}

/** A case that waits for its vote and asks for no scores, unless said otherwise. */
export function agendaCaseOf(overrides: Partial<AgendaCase> = {}): AgendaCase {
  return {
    nomination_id: 'n1',
    ordinal: 1,
    sheet_rule: null,
    vote_rule: null,
    quorum: { num: 2, den: 3 },
    scoring: 'notNeeded',
    scoring_result: null,
    ballot_stage: 'notNeeded',
    award_code: 'award',
    subject_name: 'Tập thể',
    unit_id: 'u1',
    unit_name: 'Đơn vị',
    nomination_state: 'councilReview',
    nomination_finished: false,
    recusals: [],
    sheets: [],
    ballot: null,
    ...overrides,
  };
}

/** An open ballot over these members, in which the first so many have voted so. */
export function ballotOf(roll: readonly string[], base: number, votes: readonly Choice[]): CaseBallot {
  return {
    id: 'b1',
    round: 1,
    base,
    needed: 1,
    reason: null,
    closed: false,
    yes: null,
    passed: null,
    chair_order: null,
    roll: [...roll],
    closing_roll: [],
    votes: votes.map((choice, index) => ({ member_id: roll[index] ?? '', choice })),
  };
}

export function sessionOf(members: SessionMember[], cases: AgendaCase[]): CouncilSessionCase {
  const at = new Date(0);
  return {
    id: 's1',
    workflow: 'councilSession',
    version: 1,
    state: 'inSession',
    revision: 1,
    finished: false,
    snapshot: {},
    head_hash: '',
    unit_id: null,
    cluster_id: null,
    created_at: at,
    updated_at: at,
    member_unit_ids: [],
    pack_id: null,
    session: { title: 'Phiên họp', held_on: null, place: null },
    members,
    cases,
  };
}

/** Somebody with one office; its id is `officeId`. */
export function viewer(role: Role, officeId = 'o1'): Actor {
  return {
    accountId: 'a1',
    username: 'a1',
    displayName: 'A',
    offices: [{ id: officeId, role, unitId: null, title: role }],
    ties: [],
    scopes: null,
  };
}
