/** What choosing a pack asks of it; a stored row with an id fits as well as a pack itself. */
export interface DatedPack {
  version: number;
  validFrom: string | null;
  validTo: string | null;
}

export type PackInForce<Pack> = { status: 'in-force'; pack: Pack } | { status: 'no-rule-in-force' };

/**
 * The pack for a dossier received on `receptionDate` (YYYY-MM-DD): of those that cover the day, the one that begins
 * last, and of these the newest version. A day that none covers has no rule: the nearest pack is never taken instead,
 * since it is another law.
 */
export function packForDate<Pack extends DatedPack>(
  packs: readonly Pack[],
  receptionDate: string,
): PackInForce<Pack> {
  const covering = packs.filter(
    ({ validFrom, validTo }) =>
      (validFrom === null || validFrom <= receptionDate) && (validTo === null || receptionDate <= validTo),
  );
  const [first, ...others] = covering;
  if (first === undefined) return { status: 'no-rule-in-force' };
  return { status: 'in-force', pack: others.reduce(newer, first) };
}

function newer<Pack extends DatedPack>(a: Pack, b: Pack): Pack {
  const [from, other] = [a.validFrom ?? '', b.validFrom ?? ''];
  if (from !== other) return from > other ? a : b;
  return a.version >= b.version ? a : b;
}
