/** The Message-ID of a mail: fixed by its row, so that a second copy of it is known for one. */
export function messageIdOf(mailId: string, publicUrl: string): string {
  return `<${mailId}@${new URL(publicUrl).hostname}>`;
}
