import { cast } from './cast.ts';
import { addWeekdays } from './days.ts';
import { expectSame } from './failures.ts';
import { actingLead, officerOf, type Member, type Play } from './play.ts';
import { cellFor, isJudged, placeOf, pointsFor, type Criterion, type Place } from './scoreCells.ts';
import { roundSchema, saveSheet, type ScoringRound } from './scoringRound.ts';
import { name, refuseEvent, sendEvent } from './storyCase.ts';

const ofCluster = ({ assessor }: Criterion) => assessor === undefined || assessor === 'cluster';
const ofDepartment = (code: string) => (leaf: Criterion) => leaf.assessor === `dept:${code}`;

/**
 * Every member scores every other on what is judged, the lead (in its own case the deputy) confirms the cluster's
 * figures, and the departments score their criteria; a unit that scores itself is refused. Then it is closed.
 */
export async function crossScore(play: Play, round: ScoringRound): Promise<void> {
  const lead = actingLead(round.members, { position: 'member', code: '', name: '', unitId: '' });
  const leadOfficer = await play.people(officerOf(lead));
  await refuseEvent(play, leadOfficer, round, 'CLOSE_CROSS_SCORING', 'crossScoringClosable');
  await refuseOwnSheet(play, round, lead);
  // All at once, as on the evening before a deadline.
  await Promise.all(round.members.map((scorer) => scoreOthers(play, round, scorer)));
  await Promise.all(round.assessors.map(({ code, unitId }) => scoreAsDepartment(play, round, code, unitId)));

  const { members } = await leadOfficer.get(`/scoring-rounds/${round.id}`, roundSchema);
  expectSame(
    members.map(({ clusterSheetsHandedIn }) => clusterSheetsHandedIn),
    members.map(() => members.length - 1),
    'Mỗi đơn vị phải đã chấm mọi đơn vị khác',
  );
  await play.clock.moveTo(addWeekdays(await play.clock.today(), 1));
  await sendEvent(play, leadOfficer, round, 'CLOSE_CROSS_SCORING', 'explanation');
  await sendEvent(play, leadOfficer, round, 'CLOSE_EXPLANATION', 'verification');
}

async function refuseOwnSheet(play: Play, round: ScoringRound, lead: Member): Promise<void> {
  const officer = await play.people(officerOf(lead));
  const body = { cells: {}, scorerUnitId: lead.unitId };
  const path = `/scoring-rounds/${round.id}/sheets/${lead.unitId}/cluster`;
  const problem = await officer.refused({ method: 'PUT', path, body }, 403, 'forbidden');
  play.trace.step(name(officer), 'tự chấm chéo cho đơn vị mình', `bị từ chối 403: ${problem.detail}`);
}

async function scoreOthers(play: Play, round: ScoringRound, scorer: Member): Promise<void> {
  const others = round.members.filter((member) => member !== scorer);
  for (const unit of others) {
    const place = placeOf(round.members.indexOf(unit), play.year);
    const confirms = actingLead(round.members, unit) === scorer;
    const leaves = round.leaves.filter((leaf) => ofCluster(leaf) && (isJudged(leaf) || confirms));
    const cells = Object.fromEntries(
      leaves.map((leaf) => [leaf.code, cellOfCluster(leaf, place, round.members.indexOf(scorer))]),
    );
    const sheet = { unit, layer: 'cluster', cells, scorer: scorer.unitId, handedIn: true } as const;
    await saveSheet(play, officerOf(scorer), round, sheet);
  }
  const officer = await play.people(officerOf(scorer));
  play.trace.step(name(officer), `chấm chéo ${others.length} đơn vị bạn`, 'đã nộp');
}

/** Scorers differ by a few points in a hundred; a confirmed figure says why it stands. */
function cellOfCluster(leaf: Criterion, place: Place, scorer: number): object {
  if (isJudged(leaf)) return { points: pointsFor(leaf, 95 - 2 * place + (scorer % 3)) };
  return { ...cellFor(leaf, place), reason: 'Đã đối chiếu với hồ sơ của cụm.' };
}

async function scoreAsDepartment(
  play: Play,
  round: ScoringRound,
  code: string,
  unitId: string,
): Promise<void> {
  const leaves = round.leaves.filter(ofDepartment(code));
  for (const [index, unit] of round.members.entries()) {
    const place = placeOf(index, play.year);
    const cells = Object.fromEntries(leaves.map((leaf) => [leaf.code, cellFor(leaf, place)]));
    const sheet = { unit, layer: 'department', cells, scorer: unitId, handedIn: true } as const;
    await saveSheet(play, officerOf({ code }), round, sheet);
  }
  const officer = await play.people(officerOf({ code }));
  const codes = leaves.map((leaf) => leaf.code).join(', ');
  play.trace.step(name(officer), `chấm ${codes} cho ${round.members.length} đơn vị`, 'đã nộp');
}

/** The standing agency verifies its criteria for every unit, sets no knock-out, and finalizes. */
export async function verifyAndFinalize(play: Play, round: ScoringRound): Promise<void> {
  const appraiser = await play.people(cast.appraiser);
  const leaves = round.leaves.filter(({ assessor }) => assessor === 'standing');
  for (const [index, unit] of round.members.entries()) {
    const place = placeOf(index, play.year);
    const cells = Object.fromEntries(leaves.map((leaf) => [leaf.code, cellFor(leaf, place)]));
    await saveSheet(play, cast.appraiser, round, { unit, layer: 'verified', cells });
  }
  play.trace.step(name(appraiser), `thẩm định ${leaves.length} tiêu chí của ${round.members.length} đơn vị`);
  await sendEvent(play, appraiser, round, 'FINALIZE', 'finalized');
}
