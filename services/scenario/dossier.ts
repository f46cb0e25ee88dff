import { z } from 'zod';
import type { Award } from './awardKinds.ts';
import { expectSame } from './failures.ts';
import { pdfOf } from './pdf.ts';
import { leaderOf, officerOf, type Member, type Play } from './play.ts';
import { caseSchema, name, refuseEvent, sendEvent, startStoryCase, type StoryCase } from './storyCase.ts';

/** A nomination of this year. */
export interface Dossier extends StoryCase {
  unit: Member;
  award: Award;
}

/** Whom a unit nominates. */
export interface Nominee {
  subjectName: string;
  subjectPosition?: string;
}

const documentsSchema = caseSchema.extend({ missingDocuments: z.array(z.looseObject({ code: z.string() })) });

/**
 * The officer drafts a nomination of this unit and attaches every paper that the award asks for. One that is not
 * complete yet is refused before. It is not submitted.
 */
export async function draftDossier(
  play: Play,
  unit: Member,
  award: Award,
  nominee: Nominee = { subjectName: `Nhân dân và cán bộ ${unit.name}` },
): Promise<Dossier> {
  const officer = await play.people(officerOf(unit));
  const collective = award.subjects.includes('collective') && nominee.subjectPosition === undefined;
  const title = `${award.name.vi} – ${nominee.subjectName}`;
  const made = await startStoryCase(play, officer, 'nominations', {
    title,
    what: 'lập hồ sơ',
    body: {
      awardCode: award.code,
      unitId: unit.unitId,
      year: play.year,
      movementId: play.cases.findLast(({ collection }) => collection === 'movements')?.id,
      subjectType: collective ? 'collective' : 'individual',
      ...nominee,
      achievement: `Hoàn thành tốt các chỉ tiêu thi đua năm ${play.year} (thành tích minh họa).`,
    },
  });
  const dossier = Object.assign(made, { unit, award });
  const leader = await play.people(leaderOf(unit));
  await refuseEvent(play, leader, dossier, 'SUBMIT', 'documentsComplete');
  let missing = award.components.length;
  for (const { code, name: component } of award.components) {
    missing -= 1;
    await attach(play, dossier, code, component.vi, missing);
  }
  play.trace.step(
    name(officer),
    `đính kèm ${award.components.length} tài liệu vào hồ sơ: ${title}`,
    'đủ thành phần',
  );
  return dossier;
}

/** Uploads a paper and puts it into the dossier; `missing` components must be left then. */
export async function attach(
  play: Play,
  dossier: Dossier,
  component: string,
  label: string,
  missing: number,
): Promise<void> {
  const officer = await play.people(officerOf(dossier.unit));
  const text = `${label} năm ${play.year} – ${dossier.title}`;
  const fileId = await officer.upload(`${label}.pdf`, pdfOf(text));
  const path = `/nominations/${dossier.id}/documents/${component}`;
  const { missingDocuments } = await officer.put(path, { fileId }, documentsSchema);
  expectSame(missingDocuments.length, missing, `Hồ sơ còn thiếu khác số dự kiến sau khi thêm ${label}`);
}

/** The unit's leader submits the dossier, which goes to the cluster or straight to the standing agency. */
export async function submitDossier(play: Play, dossier: Dossier): Promise<void> {
  const leader = await play.people(leaderOf(dossier.unit));
  const goesTo = dossier.award.route.clusterVote === null ? 'appraisal' : 'clusterReview';
  await sendEvent(play, leader, dossier, 'SUBMIT', goesTo);
}
