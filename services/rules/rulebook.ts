import type { Knex } from 'knex';
import { readHolidays } from '../../db/holidays.ts';
import type { Notices } from '../../db/notices.ts';
import { readRulePacks } from '../../db/rulePacks.ts';
import type { DeadlineKind } from '../../workflows/effects.ts';
import { addWorkingDays, workingDaysBetween, type Calendar } from '../reminders/workingDays.ts';
import type { Schedule } from '../workflow/capability.ts';
import { deadlineRule } from './lookUpRule.ts';
import { packForDate } from './packForDate.ts';
import { readRulePack } from './readRulePack.ts';
import type { DeadlineRule, RulePack } from './rulePack.ts';

/** A published pack with the id under which cases pin it. */
export interface PublishedPack extends RulePack {
  id: string;
}

/** No published pack covers the day: nothing is decided by a neighbouring one (design.md §3). */
export class NoRuleInForce extends Error {
  override readonly name = 'NoRuleInForce';
  readonly code = 'no-rule-in-force';
}

/** The rules and the calendar, kept in memory: packs never change once published, and a notice tells of new ones. */
export interface Rulebook extends Schedule {
  /** The pack for a dossier received on that day. Throws NoRuleInForce. */
  packOn(day: string): PublishedPack;
  /** The pack that a case has pinned. Throws for an id that was never published. */
  packById(id: string): PublishedPack;
  /** The deadline's rule in the case's pack, or in the day's where it pins none. Throws NoRuleInForce. */
  deadlineRule(kind: DeadlineKind, packId: string | null, day: string): DeadlineRule;
  calendar(): Calendar;
  refresh(): Promise<void>;
}

export async function createRulebook(db: Knex, notices: Notices): Promise<Rulebook> {
  let packs: PublishedPack[] = [];
  let calendar: Calendar = { holidays: new Set(), workdays: new Set() };
  /** Due days by day and number of working days: the same few are asked for all day long. */
  let dueDays = new Map<string, string>();
  const refresh = async () => {
    [packs, calendar] = await Promise.all([readPacks(db), readCalendar(db)]);
    dueDays = new Map();
  };
  await refresh();
  notices.on('rules', () => {
    refresh().catch(() => undefined);
  });

  const packOn = (day: string) => {
    const found = packForDate(packs, day);
    if (found.status === 'no-rule-in-force') throw new NoRuleInForce(day);
    return found.pack;
  };
  const packById = (id: string) => {
    const found = packs.find((pack) => pack.id === id);
    if (found === undefined) throw new Error(`rule pack ${id} was never published`);
    return found;
  };
  const ruleOf = (kind: DeadlineKind, packId: string | null, day: string) =>
    deadlineRule(packId === null ? packOn(day) : packById(packId), kind);
  const addDays = (from: string, days: number) => {
    const key = `${from} ${days}`;
    const known = dueDays.get(key) ?? addWorkingDays(from, days, calendar);
    dueDays.set(key, known);
    return known;
  };
  return {
    packOn,
    packById,
    deadlineRule: ruleOf,
    calendar: () => calendar,
    refresh,
    dueOn: (kind, from, packId) => addDays(from, ruleOf(kind, packId, from).workingDays),
    workingDaysBetween: (from, to) => workingDaysBetween(from, to, calendar),
    addWorkingDays: addDays,
  };
}

async function readPacks(db: Knex): Promise<PublishedPack[]> {
  return (await readRulePacks(db)).map(({ id, code, version, content }) => {
    const reading = readRulePack(content);
    if (reading.status === 'valid') return { ...reading.pack, id };
    const problems = reading.problems.map(({ path, message }) => `${path} ${message}`).join('; ');
    throw new Error(`stored rule pack ${code} version ${version}: ${problems}`);
  });
}

async function readCalendar(db: Knex): Promise<Calendar> {
  const rows = await readHolidays(db);
  const days = (kind: string) => new Set(rows.filter((row) => row.kind === kind).map(({ date }) => date));
  return { holidays: days('holiday'), workdays: days('swapWorkday') };
}
