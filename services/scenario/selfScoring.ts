import { cast } from './cast.ts';
import { expectSame, Unexpected } from './failures.ts';
import { pdfOf } from './pdf.ts';
import { officerOf, type Member, type Play } from './play.ts';
import { cellFor, placeOf, type Criterion } from './scoreCells.ts';
import { saveSheet, type ScoringRound } from './scoringRound.ts';
import { name } from './storyCase.ts';

/** All units but the late one hand in their own sheets: most at once, two bit by bit, one with evidence. */
export async function scoreOwnUnits(play: Play, round: ScoringRound): Promise<void> {
  const punctual = round.members.filter(({ code }) => code !== cast.late);
  for (const [index, member] of punctual.entries()) {
    if (index < 2) await handInBitByBit(play, round, member);
    else await handInOwnSheet(play, round, member);
  }
}

/** A unit hands in its whole sheet at once. */
export async function handInOwnSheet(play: Play, round: ScoringRound, member: Member): Promise<void> {
  const cells = ownCells(play, round, member, round.leaves);
  const saved = await saveSheet(play, officerOf(member), round, {
    unit: member,
    layer: 'self',
    cells,
    handedIn: true,
  });
  const officer = await play.people(officerOf(member));
  play.trace.step(name(officer), `tự chấm ${round.leaves.length} tiêu chí và nộp`, 'đã nộp');
  expectSame([saved.handedIn, saved.missing], [true, []], `Bản tự chấm của ${member.name} chưa đủ`);
}

/** The groups one after the other, each saved by itself; then evidence for one criterion, and handed in. */
async function handInBitByBit(play: Play, round: ScoringRound, member: Member): Promise<void> {
  const officer = await play.people(officerOf(member));
  const groups = [...new Set(round.leaves.map(({ code }) => code.slice(0, 1)))];
  let left = round.leaves.length;
  for (const group of groups) {
    const leaves = round.leaves.filter(({ code }) => code.startsWith(group));
    const cells = ownCells(play, round, member, leaves);
    const saved = await saveSheet(play, officer.username, round, { unit: member, layer: 'self', cells });
    left -= leaves.length;
    expectSame(
      saved.missing.length,
      left,
      `Lưu nhóm ${group} của ${member.name} nhưng số tiêu chí còn lại khác`,
    );
    play.trace.step(name(officer), `lưu phần ${group} của bản tự chấm`, `còn ${left} tiêu chí`);
  }
  const proven = round.leaves.find(({ evidence }) => evidence === true);
  if (proven === undefined) throw new Unexpected('Bảng chấm điểm không có tiêu chí cần minh chứng');
  const text = `Minh chứng tiêu chí ${proven.code} năm ${play.year} của ${member.name}`;
  const file = await officer.upload(`${text}.pdf`, pdfOf(text));
  const cell = { ...ownCell(play, round, member, proven), evidence: [file] };
  const cells = { [proven.code]: cell };
  await saveSheet(play, officer.username, round, { unit: member, layer: 'self', cells, handedIn: true });
  play.trace.step(name(officer), `đính kèm minh chứng cho ${proven.code} và nộp bản tự chấm`, 'đã nộp');
}

function ownCells(play: Play, round: ScoringRound, member: Member, leaves: readonly Criterion[]) {
  return Object.fromEntries(leaves.map((leaf) => [leaf.code, ownCell(play, round, member, leaf)]));
}

/** A unit thinks a little better of itself than others do. */
function ownCell(play: Play, round: ScoringRound, member: Member, leaf: Criterion): object {
  const place = placeOf(round.members.indexOf(member), play.year);
  return cellFor(leaf, Math.max(0, place - (leaf.formula === 'DIRECT' ? 1 : 0)));
}
