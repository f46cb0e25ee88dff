import type { Knex } from 'knex';
import { z } from 'zod';
import { findAccount, pageOfAccounts, type AccountView, type OfficeRow } from '../../../db/accounts.ts';
import { NotFound } from '../../../db/errors.ts';
import { findOffice } from '../../../db/offices.ts';
import { accountFields, newAccountSchema } from '../../accounts/accountFields.ts';
import { holds, ROLES, type Actor } from '../../accounts/actor.ts';
import type { Callers } from '../../accounts/callers.ts';
import { changeAccount } from '../../accounts/changeAccount.ts';
import { createAccount } from '../../accounts/createAccount.ts';
import { endOfficeOn, grantOffice } from '../../accounts/grantOffice.ts';
import type { Ports } from '../../ports.ts';
import { route, type Route } from '../route.ts';
import { idParams, pageQuery } from './shared.ts';

const officeFields = {
  id: z.uuid(),
  role: z.enum(ROLES),
  unitId: z.uuid().nullable(),
  title: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
};
const officeSchema = z.object(officeFields).meta({ id: 'Office' });

const accountSchema = z
  .object({
    id: z.uuid(),
    username: z.string(),
    displayName: z.string(),
    email: z.string(),
    locked: z.boolean(),
    createdAt: z.iso.datetime(),
    offices: z.array(officeSchema),
  })
  .meta({ id: 'Account' });

const change = z
  .strictObject({ ...accountFields, locked: z.boolean() })
  .partial()
  .refine((body) => Object.keys(body).length > 0, {
    error: 'Cần ít nhất một trường.',
    params: { en: 'Needs at least one field.' },
  });

const newOffice = z.strictObject({
  role: z.enum(ROLES),
  unitId: z.uuid().nullable().default(null),
  title: z.string().trim().min(1).max(200),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable().default(null),
});

const read = {
  name: 'accounts.read',
  roles: ['administrator'],
  allows: (actor: Actor) => holds(actor, 'administrator'),
} as const;

/** In person: whoever sets passwords and gives offices with a token could vote and sign in any name. */
const manage = { ...read, name: 'accounts.manage', inPerson: true } as const;

export interface AccountRouteDeps {
  ports: Ports;
  callers: Callers;
}

/** Accounts and the offices they hold, by administrators. No answer is kept: the requests carry passwords. */
export function accountRoutes(deps: AccountRouteDeps): Route[] {
  return [list(), one(), createOne(deps), changeOne(deps), grant(deps), end(deps)];
}

interface Looked {
  db: Knex;
  actor: Actor;
  params: { id: string };
}

/** An account, for administrators; to all others none is there, whether it exists or not. Throws NotFound. */
async function subject({ db, actor, params }: Looked): Promise<AccountView> {
  const account = holds(actor, 'administrator') ? await findAccount(db, params.id) : null;
  if (account === null) throw new NotFound('account');
  return account;
}

function list(): Route {
  return route({
    method: 'get',
    path: '/accounts',
    tag: 'accounts',
    summary: { vi: 'Các tài khoản', en: 'Accounts' },
    permission: read,
    query: pageQuery,
    response: z.object({ items: z.array(accountSchema), nextCursor: z.string().nullable() }),
    async handle({ db, query: { limit, cursor } }) {
      const rows = await pageOfAccounts(db, { limit: limit + 1, cursor: cursor ?? null });
      const shown = rows.slice(0, limit);
      const nextCursor = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
      return { body: { items: shown.map(presentAccount), nextCursor } };
    },
  });
}

function one(): Route {
  return route({
    method: 'get',
    path: '/accounts/{id}',
    tag: 'accounts',
    summary: { vi: 'Một tài khoản', en: 'One account' },
    permission: read,
    params: idParams,
    response: accountSchema,
    subject,
    handle: ({ subject: account }) => Promise.resolve({ body: presentAccount(account) }),
  });
}

function createOne({ ports }: AccountRouteDeps): Route {
  return route({
    method: 'post',
    path: '/accounts',
    tag: 'accounts',
    summary: { vi: 'Tạo tài khoản', en: 'Make an account' },
    permission: manage,
    keepsReceipt: false,
    body: newAccountSchema,
    response: accountSchema,
    status: 201,
    handle: ({ actor, body, within }) =>
      within(async (trx) => {
        const id = await createAccount(trx, ports, body);
        return { body: presentAccount(await subject({ db: trx, actor, params: { id } })) };
      }),
  });
}

function changeOne({ ports, callers }: AccountRouteDeps): Route {
  return route({
    method: 'patch',
    path: '/accounts/{id}',
    tag: 'accounts',
    summary: { vi: 'Sửa, khóa, mở khóa tài khoản', en: 'Change, lock or unlock an account' },
    permission: manage,
    keepsReceipt: false,
    params: idParams,
    body: change,
    response: accountSchema,
    subject,
    handle: ({ actor, subject: account, body, within }) =>
      within(async (trx) => {
        await changeAccount(trx, { clock: ports.clock, callers }, account, body);
        return { body: presentAccount(await subject({ db: trx, actor, params: account })) };
      }),
  });
}

function grant({ ports, callers }: AccountRouteDeps): Route {
  return route({
    method: 'post',
    path: '/accounts/{id}/offices',
    tag: 'accounts',
    summary: { vi: 'Giao chức vụ', en: 'Give an office' },
    permission: manage,
    params: idParams,
    body: newOffice,
    response: officeSchema,
    status: 201,
    subject,
    handle: ({ subject: account, body, within }) =>
      within(async (trx) => ({
        body: presentOffice(await grantOffice(trx, { newId: ports.newId, callers }, account.id, body)),
      })),
  });
}

function end({ callers }: AccountRouteDeps): Route {
  return route({
    method: 'patch',
    path: '/offices/{id}',
    tag: 'accounts',
    summary: { vi: 'Kết thúc chức vụ', en: 'End an office' },
    permission: manage,
    params: idParams,
    body: z.strictObject({ validTo: z.iso.date() }),
    response: officeSchema,
    async subject({ db, actor, params }) {
      const office = holds(actor, 'administrator') ? await findOffice(db, params.id) : null;
      if (office === null) throw new NotFound('office');
      return office;
    },
    handle: ({ subject: office, body, within }) =>
      within(async (trx) => ({
        body: presentOffice(await endOfficeOn(trx, { callers }, office, body.validTo)),
      })),
  });
}

function presentAccount(account: AccountView) {
  return {
    id: account.id,
    username: account.username,
    displayName: account.display_name,
    email: account.email,
    locked: account.locked_at !== null,
    createdAt: account.created_at.toISOString(),
    offices: account.offices.map(presentOffice),
  };
}

function presentOffice(office: Omit<OfficeRow, 'account_id'>) {
  return {
    id: office.id,
    role: z.enum(ROLES).parse(office.role),
    unitId: office.unit_id,
    title: office.title,
    validFrom: office.valid_from,
    validTo: office.valid_to,
  };
}
