/** The part of the demo province that plays: contract.md §4 and db/seed name the same units and accounts. */
export const cast = {
  /** The members of the cluster of districts and the city. */
  units: [
    'kontum',
    'dakglei',
    'dakha',
    'dakto',
    'iahdrai',
    'konplong',
    'konray',
    'ngochoi',
    'sathay',
    'tumorong',
  ],
  /** The published score sheet of that cluster. */
  sheet: 'MH-HUYEN-2018',
  council: ['chutich', ...Array.from({ length: 12 }, (_, n) => `hd.${String(n + 2).padStart(2, '0')}`)],
  /** The member who does not come to the session, and the one who steps aside from a case. */
  absent: 'hd.13',
  recused: 'hd.05',
  /** Hands in its own sheet only on the last day before the deadline. */
  late: 'iahdrai',
  /** Its registration is sent back once. */
  returned: 'sathay',
  admin: 'admin',
  appraiser: 'snv.chuyenvien',
  agencyHead: 'snv.lanhdao',
  recordsClerk: 'snv.vanthu',
  secretary: 'hd.thuky',
  chairman: 'chutich',
  issuingClerk: 'vpub.vanthu',
  inspector: 'thanhtra',
} as const;
