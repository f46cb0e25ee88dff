import { ownerOf } from './people.ts';
import type { Cell, Collection } from './table.ts';

/** A case that a cell asks about. */
export interface Need {
  collection: Collection;
  state: string;
  /** What must be so beyond the state; empty: nothing. */
  variant: string;
  /** The code of the unit whose case it is, or whose cluster's. */
  owner: string;
}

/** A case that is there. */
export interface Built extends Need {
  id: string;
  /** The file of a nomination's documents. */
  fileId?: string;
  /** Cases on the agenda of a session: one that asks for scores only, one that asks for a vote only. */
  scoredId?: string;
  votedId?: string;
  /** A member of the session. */
  memberId?: string;
}

/** Events that need more of a case than its state. */
const VARIANTS: Partial<Record<Collection, Record<string, string>>> = {
  nominations: { 'FORWARD awaitingDecision': 'higher' },
  'council-sessions': {
    'CLOSE_SCORING inSession': 'scored',
    'scoreCase inSession': 'scoring',
    'voteOnCase inSession': 'voting',
    'closeBallotByOrder inSession': 'voting',
    'CLOSE_BALLOT inSession': 'voted',
  },
};

export function needOf(cell: Cell): Need {
  const { collection, event, state } = cell;
  return {
    collection,
    state,
    variant: VARIANTS[collection]?.[`${event} ${state}`] ?? '',
    owner: ownerOf(cell),
  };
}

export function keyOf({ collection, state, variant, owner }: Need): string {
  return [collection, state, variant, owner].join('/');
}
