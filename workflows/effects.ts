import { z } from 'zod';

/** Who owes a step, or who is told. The door finds the people: by case, office and day. */
export const parties = [
  'unit',
  'clusterLead',
  'eachMember',
  'allUnits',
  'appraiser',
  'agencyHead',
  'recordsClerk',
  'councilSecretary',
  'councilMembers',
  'chairman',
  'issuingClerk',
] as const;

/** Kinds of deadline. Their working days and reminder ladders are data of the rule pack. */
export const deadlineKinds = [
  'registrationReview',
  'selfScoring',
  'crossScoring',
  'explanation',
  'verification',
  'clusterReview',
  'supplement',
  'appraisal',
  'decision',
  'minutes',
  'signature',
  'issue',
] as const;

/** Message templates. services/notifications has a text for each. */
export const templates = [
  'movementLaunched',
  'registrationSubmitted',
  'registrationAccepted',
  'registrationReturned',
  'roundOpened',
  'roundFinalized',
  'nominationSubmitted',
  'nominationEndorsed',
  'nominationDeclined',
  'nominationReturned',
  'nominationResubmitted',
  'nominationIneligible',
  'nominationReadyForCouncil',
  'nominationNotApproved',
  'nominationAwarded',
  'nominationHeld',
  'awardRevoked',
  'sessionConvened',
  'decisionToSign',
  'decisionReturned',
  'decisionToIssue',
] as const;

export const clusterChoices = ['yes', 'no', 'abstain'] as const;
export const councilFailures = ['belowMinimumScore', 'shareOfVotesMissed'] as const;
export const signingCapacities = ['CHỦ TỊCH', 'KT. CHỦ TỊCH'] as const;

const kind = z.enum(deadlineKinds);
const party = z.enum(parties);
const nominationId = z.uuid();
const reason = z.string();
const nothing = z.strictObject({});
const numbered = z.strictObject({ number: z.string(), date: z.iso.date() });

const record = <What extends string, Data extends z.ZodType>(what: What, data: Data) =>
  z.strictObject({ type: z.literal('record'), what: z.literal(what), data });

const recordings = z.discriminatedUnion('what', [
  record('reception', nothing),
  record('clusterVote', z.strictObject({ choice: z.enum(clusterChoices), reason: reason.optional() })),
  record('closeClusterVote', z.strictObject({ passed: z.boolean() })),
  record('roundResult', nothing),
  record('supersedeResult', z.strictObject({ reason })),
  record('higherAward', z.strictObject({ authority: z.string(), number: z.string(), date: z.iso.date() })),
  record(
    'higherRefusal',
    z.strictObject({
      authority: z.string(),
      number: z.string(),
      date: z.iso.date(),
      reason: reason.optional(),
    }),
  ),
  record('convene', z.strictObject({ date: z.iso.date(), place: z.string().optional() })),
  record('openScoring', z.strictObject({ nominationId })),
  record('closeScoring', z.strictObject({ nominationId, passed: z.boolean() })),
  record('openBallot', z.strictObject({ nominationId, reason: reason.optional() })),
  record(
    'closeBallot',
    z.strictObject({ nominationId, passed: z.boolean(), chairOrder: z.string().optional() }),
  ),
  record('signature', z.strictObject({ signatory: z.string(), capacity: z.enum(signingCapacities) })),
  record('withdrawSignature', nothing),
  record('issueAwards', numbered),
  record('revokeAwards', numbered),
  record('applyCorrections', numbered),
]);

const signal = <To extends string, Event extends string, Payload extends z.ZodType>(
  to: To,
  event: Event,
  payload: Payload,
) => z.strictObject({ type: z.literal('signal'), to: z.literal(to), event: z.literal(event), payload });

const signals = z.discriminatedUnion('event', [
  signal('case', 'COUNCIL_PASSED', z.strictObject({ nominationId })),
  signal('case', 'COUNCIL_FAILED', z.strictObject({ nominationId, reason: z.enum(councilFailures) })),
  signal('items', 'AWARD', z.strictObject({ decisionId: z.uuid() })),
  signal('items', 'REVOKE', z.strictObject({ decisionId: z.uuid() })),
]);

/** All that a machine may ask of the world. The door carries each one out in the transaction of the event. */
export const effectSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('openDeadline'), kind, owedBy: party }),
  z.strictObject({ type: z.literal('closeDeadline'), kind }),
  z.strictObject({ type: z.literal('pauseDeadline'), kind }),
  z.strictObject({ type: z.literal('resumeDeadline'), kind }),
  z.strictObject({ type: z.literal('notify'), template: z.enum(templates), to: party }),
  signals,
  recordings,
]);

export type Effect = z.infer<typeof effectSchema>;
export type Recording = z.infer<typeof recordings>;
export type Signal = z.infer<typeof signals>;
export type Party = (typeof parties)[number];
export type DeadlineKind = (typeof deadlineKinds)[number];
export type Template = (typeof templates)[number];
export type ClusterChoice = (typeof clusterChoices)[number];
export type CouncilFailure = (typeof councilFailures)[number];

type EffectType = Effect['type'];
type ParamsOf<T extends EffectType> = OmitType<Extract<Effect, { type: T }>>;
type OmitType<E> = E extends unknown ? Omit<E, 'type'> : never;

const declared = () => undefined;

/**
 * The effects as XState actions: declared, never run. Given to every `setup`, so that a wrong template,
 * party, deadline or recording in a machine does not compile.
 */
export const effectActions: { [T in EffectType]: (args: unknown, params: ParamsOf<T>) => void } = {
  openDeadline: declared,
  closeDeadline: declared,
  pauseDeadline: declared,
  resumeDeadline: declared,
  notify: declared,
  signal: declared,
  record: declared,
};

/** Asks for a deadline of this kind, owed by this party, to run from now. */
export const openDeadline = (kind: DeadlineKind, owedBy: Party) =>
  ({ type: 'openDeadline', params: { kind, owedBy } }) as const;

/** Asks for the open or paused deadline of this kind to end as met or given up. */
export const closeDeadline = (kind: DeadlineKind) => ({ type: 'closeDeadline', params: { kind } }) as const;

/** Asks for the open deadline of this kind to stand still. */
export const pauseDeadline = (kind: DeadlineKind) => ({ type: 'pauseDeadline', params: { kind } }) as const;

/** Asks for the paused deadline of this kind to run on with the days that were left. */
export const resumeDeadline = (kind: DeadlineKind) => ({ type: 'resumeDeadline', params: { kind } }) as const;

/** Asks for a message from this template to each person of the party. */
export const notify = (template: Template, to: Party) =>
  ({ type: 'notify', params: { template, to } }) as const;
