import { z } from 'zod';
import type { Dossier } from './dossier.ts';
import { expectSame } from './failures.ts';
import { actingLead, leaderOf, type Member, type Play } from './play.ts';
import { caseSchema, name, refuseEvent, sendEvent } from './storyCase.ts';

const votedSchema = caseSchema.extend({
  clusterVote: z.looseObject({
    needed: z.int().nullable(),
    result: z.looseObject({ yes: z.int(), base: z.int(), passed: z.boolean() }).nullable(),
  }),
});

/**
 * All other members vote on a unit's nomination and the acting lead closes the review: with all but one in favour, or
 * with one yes too few.
 */
export async function reviewInCluster(
  play: Play,
  members: readonly Member[],
  dossier: Dossier,
  outcome: 'endorsed' | 'declined',
): Promise<void> {
  const voters = members.filter((member) => member !== dossier.unit);
  const lead = await play.people(leaderOf(actingLead(members, dossier.unit)));
  await refuseEvent(play, lead, dossier, 'CLOSE_CLUSTER_REVIEW', 'clusterVoteClosable');
  const { clusterVote } = await lead.get(`/nominations/${dossier.id}`, votedSchema);
  const needed = clusterVote.needed ?? voters.length;
  const yes = outcome === 'endorsed' ? voters.length - 1 : needed - 1;
  for (const [index, voter] of voters.entries()) {
    const choice = index < yes ? 'yes' : index % 2 === 0 ? 'no' : 'abstain';
    const reason = choice === 'no' ? { reason: 'Thành tích chưa thật nổi trội.' } : {};
    const leader = await play.people(leaderOf(voter));
    const body = { type: 'CAST_CLUSTER_VOTE', choice, ...reason };
    await leader.post(`/nominations/${dossier.id}/events`, body, caseSchema);
  }
  play.trace.step(
    `${voters.length} đơn vị trong cụm`,
    `bỏ phiếu suy tôn: ${dossier.title}`,
    `${yes} đồng ý, cần ${needed}`,
  );
  const goesTo = outcome === 'endorsed' ? 'appraisal' : 'declined';
  const closed = votedSchema.parse(await sendEvent(play, lead, dossier, 'CLOSE_CLUSTER_REVIEW', goesTo));
  expectSame(
    [closed.clusterVote.result?.yes, closed.clusterVote.result?.passed],
    [yes, outcome === 'endorsed'],
    `Kết quả suy tôn mà ${name(lead)} đọc được khác số phiếu đã bỏ`,
  );
}
