import { readCouncilSessionCases, type CouncilSessionCase } from '../../db/views/councilSessionCases.ts';
import type { Capability, HistoryWords } from '../workflow/capability.ts';
import { grant, type Grant } from '../workflow/policy.ts';
import { councilFacts } from './councilFacts.ts';
import { presentSession } from './presentSession.ts';
import { recordCouncil } from './recordCouncil.ts';

const secretary: Grant[] = [grant('councilSecretary')];
const leads: Grant[] = [grant('councilSecretary'), grant('chairman')];
const members: Grant[] = [grant('councilMember')];

/** Council sessions: seen by the council, its secretary, the agency that appraises, and the inspector. */
export const councilSessionCapability: Capability<CouncilSessionCase> = {
  workflow: 'councilSession',
  collection: 'council-sessions',
  policy: {
    view: [...leads, ...members, grant('agencyHead'), grant('appraiser'), grant('inspector')],
    create: secretary,
    setAgenda: secretary,
    recordPresence: secretary,
    recordRecusal: secretary,
    scoreCase: members,
    voteOnCase: members,
    CONVENE: leads,
    OPEN: leads,
    OPEN_SCORING: leads,
    CLOSE_SCORING: leads,
    OPEN_BALLOT: leads,
    CLOSE_BALLOT: leads,
    closeBallotByOrder: [grant('chairman')],
    ADJOURN: leads,
    CANCEL: leads,
    SIGN_MINUTES: [grant('chairman')],
  },
  readCases: readCouncilSessionCases,
  facts: (row, payload, viewer) => councilFacts(row, payload, viewer),
  actionOf: (type, payload) => (isOrder(type, payload) ? 'closeBallotByOrder' : type),
  related: (_row, { to, payload }) => (to === 'case' ? [payload.nominationId] : []),
  record: recordCouncil,
  present: (row, viewer) => presentSession(row, viewer),
  presentDetail: (row, entry) => presentDetail(row, entry),
};

/** Closing a ballot before all have voted is the chair's to order, and nobody else's to claim. */
function isOrder(type: string, payload: unknown): boolean {
  return type === 'CLOSE_BALLOT' && (payload as { chairOrder?: string }).chairOrder !== undefined;
}

/** Words that say how somebody scored or voted. */
const HOW = ['points', 'choice'];

/**
 * History says how somebody scored or voted only once the scoring or ballot is closed, and never what stood in a
 * sheet that was not handed in.
 */
function presentDetail({ cases }: CouncilSessionCase, { type, detail }: HistoryWords): unknown {
  if (type !== 'SHEET_SAVED' && type !== 'VOTE_CAST') return detail;
  const { nominationId, handedIn } = detail as { nominationId: string; handedIn?: boolean };
  const each = cases.find(({ nomination_id }) => nomination_id === nominationId);
  const stage = type === 'SHEET_SAVED' ? each?.scoring : each?.ballot_stage;
  const isClosed = stage === 'passed' || stage === 'failed';
  if (isClosed && handedIn !== false) return detail;
  return Object.fromEntries(Object.entries(detail as object).filter(([word]) => !HOW.includes(word)));
}
