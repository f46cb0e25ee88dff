import type { CaseTitle } from '../../db/views/caseTitles.ts';
import type { Template } from '../../workflows/effects.ts';
import { caseUrl } from './collections.ts';
import { writeLetter, type Letter } from './letter.ts';
import { notices } from './templates/notices.ts';

/** The letter of a template about this case: what happened, what to do, and where to do it. */
export function renderNotice(template: Template, about: CaseTitle, publicUrl: string): Letter {
  const words = notices[template];
  const spoken = { title: fullTitle(about), unit: about.unit, cluster: about.cluster };
  return writeLetter(words.subject(spoken), [
    words.said(spoken),
    ...(words.toDo === null ? [] : [`Việc cần làm: ${words.toDo}`]),
    `Xem tại: ${caseUrl(publicUrl, about)}`,
  ]);
}

/** A case's title, with the award that a nomination asks for. */
export function fullTitle({ title, award }: Pick<CaseTitle, 'title' | 'award'>): string {
  return award === null ? title : `${title} – ${award}`;
}
