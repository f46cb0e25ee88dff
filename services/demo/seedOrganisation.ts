import { readFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { z } from 'zod';
import { insertAccounts, type AccountRow, type OfficeRow } from '../../db/accounts.ts';
import {
  insertClusters,
  insertUnits,
  type MemberRow,
  type TermRow,
  type UnitRow,
} from '../../db/organisation.ts';
import { ROLES } from '../accounts/actor.ts';
import { hashPassword } from '../accounts/passwords.ts';
import type { Ports } from '../ports.ts';

const provinceSchema = z.object({
  validFrom: z.iso.date(),
  startsAt: z.iso.datetime(),
  units: z.array(
    z.object({ code: z.string(), name: z.string(), kind: z.string(), poor: z.boolean().default(false) }),
  ),
  clusters: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kind: z.enum(['cluster', 'bloc']),
      basis: z.string(),
      members: z.array(z.string()),
      lead: z.string(),
      deputy: z.string(),
    }),
  ),
  people: z.array(
    z.object({
      username: z.string(),
      name: z.string(),
      offices: z.array(z.object({ role: z.enum(ROLES), title: z.string() })),
    }),
  ),
  councilMembers: z.int(),
});

type Province = z.output<typeof provinceSchema>;

/** The demo province as its seed file describes it. */
export function readDemoProvince(): Province {
  const file = new URL('../../db/seed/demoProvince.json', import.meta.url);
  return provinceSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Units with clusters and blocs, and an account for every person of the demo (contract.md §4). */
export async function seedOrganisation(
  trx: Knex.Transaction,
  ports: Ports,
  province: Province,
  password: string,
): Promise<void> {
  const unitIds = await seedUnits(trx, ports, province);
  await seedClusters(trx, ports, province, unitIds);
  await seedPeople(trx, ports, province, unitIds, await hashPassword(password));
}

async function seedUnits(
  trx: Knex.Transaction,
  { newId }: Ports,
  province: Province,
): Promise<Map<string, string>> {
  const rows = province.units.map(({ code, name, kind, poor }): UnitRow => ({
    id: newId(),
    code,
    name,
    kind,
    parent_id: null,
    is_poor_district: poor,
    valid_from: province.validFrom,
    valid_to: null,
    succeeded_by: null,
  }));
  await insertUnits(trx, rows);
  return new Map(rows.map(({ code, id }) => [code, id]));
}

async function seedClusters(
  trx: Knex.Transaction,
  { newId }: Ports,
  province: Province,
  unitIds: Map<string, string>,
): Promise<void> {
  const span = { valid_from: province.validFrom, valid_to: null };
  const clusters = province.clusters.map((cluster) => ({ ...cluster, id: newId() }));
  const members = clusters.flatMap(({ id, members: codes }): MemberRow[] =>
    codes.map((code) => ({ cluster_id: id, unit_id: idOf(unitIds, code), ...span })),
  );
  const terms = clusters.flatMap(({ id, lead, deputy }): TermRow[] => [
    { cluster_id: id, unit_id: idOf(unitIds, lead), position: 'lead', ...span },
    { cluster_id: id, unit_id: idOf(unitIds, deputy), position: 'deputy', ...span },
  ]);
  const rows = clusters.map(({ id, code, name, kind, basis }) => ({ id, code, name, kind, basis, ...span }));
  await insertClusters(trx, rows, members, terms);
}

async function seedPeople(
  trx: Knex.Transaction,
  ports: Ports,
  province: Province,
  unitIds: Map<string, string>,
  passwordHash: string,
): Promise<void> {
  const accounts: AccountRow[] = [];
  const offices: OfficeRow[] = [];
  const add = (username: string, name: string, held: { role: string; title: string; unit?: string }[]) => {
    const id = ports.newId();
    accounts.push({
      id,
      username,
      display_name: `${name} (nhân vật minh họa)`,
      email: `${username}@kontum.example`,
      password_hash: passwordHash,
      locked_at: null,
      created_at: ports.clock.wall(),
    });
    for (const { role, title, unit } of held) {
      const unitId = unit === undefined ? null : idOf(unitIds, unit);
      const span = { valid_from: province.validFrom, valid_to: null };
      offices.push({ id: ports.newId(), account_id: id, role, unit_id: unitId, title, ...span });
    }
  };

  for (const { username, name, offices: held } of province.people) add(username, name, held);
  for (let number = 2; number < 2 + province.councilMembers; number += 1) {
    const title = `Ủy viên Hội đồng số ${String(number).padStart(2, '0')}`;
    add(`hd.${String(number).padStart(2, '0')}`, title, [{ role: 'councilMember', title }]);
  }
  for (const { code, name } of province.units.filter(({ kind }) => kind !== 'province')) {
    if (code === 'snv' || code === 'vpub') continue;
    add(`${code}.canbo`, `Cán bộ thi đua ${name}`, [
      { role: 'unitOfficer', title: `Cán bộ ${name}`, unit: code },
    ]);
    add(`${code}.lanhdao`, `Lãnh đạo ${name}`, [
      { role: 'unitLeader', title: `Lãnh đạo ${name}`, unit: code },
    ]);
  }
  await insertAccounts(trx, accounts, offices);
}

function idOf(ids: Map<string, string>, code: string): string {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`the demo province has no unit ${code}`);
  return id;
}
