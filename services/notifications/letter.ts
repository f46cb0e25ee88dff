/** A mail's subject and its plain text, for people in Vietnamese. */
export interface Letter {
  subject: string;
  text: string;
}

const FOOT = 'Thư này do chương trình Sổ Vàng gửi tự động, xin không trả lời.';
const LONGEST_SUBJECT = 180;

/** Puts a letter together from its paragraphs. Mail subjects hold no line breaks, whatever a title holds. */
export function writeLetter(subject: string, paragraphs: readonly string[]): Letter {
  const oneLine = subject.replaceAll(/\s+/g, ' ').trim();
  const short = oneLine.length > LONGEST_SUBJECT ? `${oneLine.slice(0, LONGEST_SUBJECT - 1)}…` : oneLine;
  const text = `${[...paragraphs, `--\n${FOOT}`].join('\n\n')}\n`;
  return { subject: short.normalize('NFC'), text: text.normalize('NFC') };
}
