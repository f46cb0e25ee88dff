import { insertAccounts } from '../../../db/accounts.ts';
import { ROLES, type Role } from '../../../services/accounts/actor.ts';
import { hashPassword } from '../../../services/accounts/passwords.ts';
import { TEST_PASSWORD } from '../seedTemplate.ts';
import type { Client, TestServer } from '../testServer.ts';
import type { Collection, Relation, Subject } from './table.ts';

/** The unit whose case is looked at, unless it is the lead's. */
export const OWN = 'dakglei';
/** The lead of its cluster. */
export const LEAD = 'dakha';
/** A unit of another cluster, which leads that. */
export const FOREIGN = 'mttq';

/** The unit that somebody of that relation belongs to, and the unit whose case they ask about. */
const STANDINGS: Record<Relation, { unit: string; owner: string }> = {
  any: { unit: OWN, owner: OWN },
  own: { unit: OWN, owner: OWN },
  leadOwn: { unit: LEAD, owner: LEAD },
  clusterMember: { unit: 'kontum', owner: OWN },
  clusterLead: { unit: LEAD, owner: OWN },
  clusterDeputy: { unit: 'ngochoi', owner: LEAD },
  assessor: { unit: 'soyte', owner: OWN },
  foreign: { unit: 'hoinongdan', owner: OWN },
  foreignLead: { unit: FOREIGN, owner: OWN },
};

/** The chairman of the demo also sits on the council; this one does not, so that each cell is of one office. */
const CHAIRMAN_WITHOUT_SEAT = 'phochutich';

const ACCOUNTS: Record<Exclude<Role, 'unitOfficer' | 'unitLeader'>, string> = {
  appraiser: 'snv.chuyenvien',
  agencyHead: 'snv.lanhdao',
  recordsClerk: 'snv.vanthu',
  councilSecretary: 'hd.thuky',
  councilMember: 'hd.02',
  chairman: CHAIRMAN_WITHOUT_SEAT,
  issuingClerk: 'vpub.vanthu',
  inspector: 'thanhtra',
  administrator: 'admin',
};

/** The unit whose case the subject asks about. */
export function ownerOf({ relation }: Subject): string {
  return STANDINGS[relation].owner;
}

/** The account of a subject; each has one office only. */
export function usernameOf({ role, relation }: Subject): string {
  if (role === 'unitOfficer') return `${STANDINGS[relation].unit}.canbo`;
  if (role === 'unitLeader') return `${STANDINGS[relation].unit}.lanhdao`;
  return ACCOUNTS[role];
}

const PER_CASE: readonly Relation[] = [
  'own',
  'leadOwn',
  'clusterMember',
  'clusterLead',
  'clusterDeputy',
  'foreign',
  'foreignLead',
];

/** How the unit of an office can stand to a case of the collection, or to a sheet of it. */
function relationsOf(collection: Collection, event: string): readonly Relation[] {
  if (collection === 'registrations' || collection === 'nominations') return PER_CASE;
  if (collection !== 'scoring-rounds') return ['any'];
  const sheet = event.startsWith('score');
  // A round is its cluster's: only a sheet in it is a unit's own.
  const ofRound = PER_CASE.filter((relation) => sheet || (relation !== 'own' && relation !== 'leadOwn'));
  return [...ofRound, 'assessor'];
}

/** Everybody who must stand in the table for an event of the collection: each role in each of its relations. */
export function subjectsOf(collection: Collection, event: string): Subject[] {
  return ROLES.flatMap((role): Subject[] =>
    role === 'unitOfficer' || role === 'unitLeader'
      ? relationsOf(collection, event).map((relation) => ({ role, relation }))
      : [{ role, relation: 'any' }],
  );
}

/** Everybody of the table, by account. */
export function everybody(): string[] {
  const all = (['scoring-rounds', 'movements'] as const).flatMap((each) => subjectsOf(each, 'scoreSelf'));
  return [...new Set(all.map(usernameOf))];
}

/** Gives the chairman without a seat an account, and logs everybody in. */
export async function logEverybodyIn(server: TestServer): Promise<Map<string, Client>> {
  const { db } = server.database;
  const { ports } = server.wired;
  const id = ports.newId();
  const account = {
    id,
    username: CHAIRMAN_WITHOUT_SEAT,
    display_name: 'Phó Chủ tịch tỉnh (nhân vật minh họa)',
    email: 'phochutich@kontum.example',
    password_hash: await hashPassword(TEST_PASSWORD),
    locked_at: null,
    created_at: ports.clock.wall(),
  };
  const office = {
    id: ports.newId(),
    account_id: id,
    role: 'chairman',
    unit_id: null,
    title: 'Phó Chủ tịch Ủy ban nhân dân tỉnh',
    valid_from: '2018-01-01',
    valid_to: null,
  };
  await db.transaction((trx) => insertAccounts(trx, [account], [office]));
  const logged = everybody().map(async (name): Promise<[string, Client]> => [name, await server.as(name)]);
  return new Map(await Promise.all(logged));
}
