import type { Template } from '../../../workflows/effects.ts';
import { decisionNotices } from './decisionNotices.ts';
import { nominationNotices } from './nominationNotices.ts';
import type { NoticeTemplate } from './noticeTemplate.ts';
import { scoringNotices } from './scoringNotices.ts';

/** The text of every template that a machine may ask for: one without does not compile. */
export const notices: Readonly<Record<Template, NoticeTemplate>> = {
  ...scoringNotices,
  ...nominationNotices,
  ...decisionNotices,
};
