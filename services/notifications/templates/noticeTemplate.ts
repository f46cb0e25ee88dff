/** What a notice may speak of. */
export interface NoticeCase {
  /** The case in its own words, with the award where there is one. */
  title: string;
  unit: string | null;
  cluster: string | null;
}

/** A notice in Vietnamese: what it is about, what happened, and what the reader is asked to do (null: nothing). */
export interface NoticeTemplate {
  subject(about: NoticeCase): string;
  said(about: NoticeCase): string;
  toDo: string | null;
}

/** The unit of the case in a sentence. */
export function unitOf({ unit }: NoticeCase): string {
  return unit ?? 'Đơn vị';
}

/** The cluster or bloc of the case in a sentence. */
export function clusterOf({ cluster }: NoticeCase): string {
  return cluster ?? 'cụm, khối thi đua';
}
