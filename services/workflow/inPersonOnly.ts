const VOTES_AND_SIGNATURES: ReadonlySet<string> = new Set(['CAST_CLUSTER_VOTE', 'SIGN', 'SIGN_MINUTES']);

/** True for votes and signatures: a person gives them from a session, never a program with a token (contract.md §2). */
export function inPersonOnly(event: string): boolean {
  return VOTES_AND_SIGNATURES.has(event);
}
