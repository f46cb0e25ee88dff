import type { Actor } from '../accounts/actor.ts';
import { officeFor } from '../workflow/policy.ts';
import { countChoices } from './clusterVote.ts';
import type { NominationCase } from './nominationCase.ts';
import { missingComponents, tallyOf } from './nominationFacts.ts';
import { nominationPolicy } from './nominationPolicy.ts';

/** A nomination's own fields in the envelope, as this viewer may see them. */
export function presentNomination(row: NominationCase, viewer: Actor): Record<string, unknown> {
  const { nomination, award, pack } = row;
  return {
    awardCode: award.code,
    awardName: award.name,
    awardLevel: award.level,
    authority: named(pack.authorities, award.authority),
    rulePack: { id: pack.id, code: pack.code, version: pack.version },
    route: presentRoute(row),
    unitId: nomination.unit_id,
    unitName: row.unit_name,
    clusterId: nomination.cluster_id,
    movementId: nomination.movement_id,
    year: nomination.year,
    subjectType: nomination.subject_type,
    subjectName: nomination.subject_name,
    subjectPosition: nomination.subject_position,
    achievement: nomination.achievement,
    receivedOn: nomination.received_on,
    documents: presentDocuments(row),
    missingDocuments: missingComponents(row).map((code) => named(pack.components, code)),
    clusterVote: presentClusterVote(row, viewer),
    higherDecision: presentHigherDecision(row),
  };
}

function named(list: readonly { code: string; name: { vi: string; en: string } }[], code: string) {
  const name = list.find((one) => one.code === code)?.name ?? { vi: code, en: code };
  return { code, name };
}

function presentRoute({ award: { route }, pack }: NominationCase) {
  return {
    clusterVote: route.clusterVote !== null,
    council:
      route.council === null
        ? null
        : { scores: route.council.sheet !== null, vote: route.council.vote?.method ?? null },
    higher: route.higher === null ? null : named(pack.authorities, route.higher.authority),
  };
}

/** What the rule asks for, in its order, and after it what the unit has added of its own accord. */
function presentDocuments({ award, pack, documents }: NominationCase) {
  const added = documents.map(({ component }) => component);
  const components = [...award.components, ...added.filter((code) => !award.components.includes(code))];
  return components.map((code) => {
    const document = documents.find(({ component }) => component === code);
    return {
      component: code,
      name: named(pack.components, code).name,
      required: award.components.includes(code),
      present: document !== undefined,
      current:
        document === undefined
          ? null
          : {
              version: document.version,
              fileId: document.file_id,
              name: document.name,
              contentType: document.content_type,
              size: document.size,
              addedAt: instant(document.added_at),
            },
    };
  });
}

/**
 * The cluster's vote. Before it is closed nobody reads another unit's choice, so that no vote leans on another;
 * the lead and the agency read who has voted. Afterwards all who see the case read the counts.
 */
function presentClusterVote(row: NominationCase, viewer: Actor) {
  const tally = tallyOf(row);
  const rule = row.award.route.clusterVote;
  if (tally === null || rule === null) return null;
  const { vote_result: result, votes } = row;
  const mine = new Set(viewer.offices.map(({ unitId }) => unitId));
  const readsVoters = seesVoters(row, viewer);
  const shown = votes.filter(({ unit_id }) => readsVoters || mine.has(unit_id));
  return {
    minimum: rule.minimum,
    ...(result === null
      ? { base: tally.base, needed: tally.needed, quorum: tally.quorum, voted: tally.voted }
      : { base: result.base, needed: result.needed, voted: votes.length }),
    dueOn: row.review_due_on,
    votes: shown.map((vote) => ({
      unitId: vote.unit_id,
      unitName: vote.unit_name,
      castAt: instant(vote.cast_at),
      ...((result !== null || mine.has(vote.unit_id)) && { choice: vote.choice, reason: vote.reason }),
    })),
    result:
      result === null
        ? null
        : {
            ...countChoices(votes),
            yes: result.yes,
            base: result.base,
            needed: result.needed,
            passed: result.passed,
            closedAt: instant(result.closed_at),
          },
  };
}

/** True for those who may read which unit voted: the cluster's lead on another's case, the agency, the inspector. */
export function seesVoters(row: NominationCase, viewer: Actor): boolean {
  return officeFor(nominationPolicy, 'seeVoters', viewer, row) !== null;
}

function presentHigherDecision({ higher_decision: decision }: NominationCase) {
  if (decision === null) return null;
  return {
    granted: decision.granted,
    authority: decision.authority,
    number: decision.number,
    date: decision.decided_on,
    reason: decision.reason,
  };
}

/** A moment as JSON of the database carries it, in the API's form. */
function instant(text: string): string {
  return new Date(text).toISOString();
}
