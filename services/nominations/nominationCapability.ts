import type { Capability } from '../workflow/capability.ts';
import { readNominations, type NominationCase, type Packs } from './nominationCase.ts';
import { nominationFacts } from './nominationFacts.ts';
import { nominationPolicy } from './nominationPolicy.ts';
import { readsVote, readsVoter } from './voteHistory.ts';
import { presentNomination } from './presentNomination.ts';
import { recordNomination } from './recordNomination.ts';

/** Nominations: each goes the way that its award has in the rule pack it pinned. */
export function createNominationCapability(packs: Packs): Capability<NominationCase> {
  return {
    workflow: 'nomination',
    collection: 'nominations',
    policy: nominationPolicy,
    readCases: (db, ids, today) => readNominations(db, packs, ids, today),
    readsDeadlines: true,
    facts: (row, _payload, viewer, moment) => nominationFacts(row, viewer, moment),
    related: () => [],
    present: presentNomination,
    presentDetail: (row, entry, viewer) => (readsVote(row, entry, viewer) ? entry.detail : null),
    hidesActor: (row, entry, viewer) => !readsVoter(row, entry, viewer),
    record: recordNomination,
  };
}
