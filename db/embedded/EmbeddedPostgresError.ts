/** What can keep the embedded database from starting. */
export type EmbeddedPostgresCode =
  | 'no-binaries'
  | 'binaries-unusable'
  | 'data-dir-not-writable'
  | 'not-a-cluster'
  | 'in-use'
  | 'other-version'
  | 'credentials-lost'
  | 'no-server-user'
  | 'port-taken'
  | 'left-over-alive'
  | 'init-failed'
  | 'start-failed';

/** The embedded database cannot start; the message tells a person what to do, in Vietnamese and in English. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code: EmbeddedPostgresCode;
  readonly vi: string;
  readonly en: string;

  constructor(code: EmbeddedPostgresCode, text: { vi: string; en: string }, options?: ErrorOptions) {
    super(`${text.vi}\n${text.en}`, options);
    this.code = code;
    this.vi = text.vi;
    this.en = text.en;
  }
}
