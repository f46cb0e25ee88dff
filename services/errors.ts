/** A sentence for people, in both languages of the product. */
export interface Text {
  vi: string;
  en: string;
}

/** One thing wrong with an input: `pointer` is a JSON pointer into the body, or a parameter's name. */
export interface InputProblem {
  pointer: string;
  message: Text;
}

/** Nobody is logged in, or the session or token has ended. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
  readonly code = 'unauthenticated';
}

/** The caller may never do this. `reason` names the rule, for people. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
  readonly code = 'forbidden';
  readonly reason: Text | null;
  constructor(reason: Text | null = null) {
    super('forbidden');
    this.reason = reason;
  }
}

/** The input is wrong: every problem at once, each with its place. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly code = 'invalid-input';
  readonly problems: readonly InputProblem[];
  constructor(problems: readonly InputProblem[]) {
    super('invalid input');
    this.problems = problems;
  }
}

/** The case has moved on since the caller last read it. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  readonly code = 'stale-revision';
  readonly revision: number;
  constructor(revision: number) {
    super(`the current revision is ${revision}`);
    this.revision = revision;
  }
}

/** Right input, right person, wrong moment: the state of things does not allow it. `code` is stable. */
export class NotAllowedNow extends Error {
  override readonly name = 'NotAllowedNow';
  readonly code: string;
  readonly reason: Text;
  constructor(code: string, reason: Text) {
    super(code);
    this.code = code;
    this.reason = reason;
  }
}

/** An idempotency key came back with another body. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';
  readonly code = 'idempotency-key-reused';
}

/** The product cannot work just now: its database is away, or older than this build. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
  readonly code = 'not-ready';
  readonly reason: Text;
  constructor(reason: Text) {
    super(reason.en);
    this.reason = reason;
  }
}
