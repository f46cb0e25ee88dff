import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newest } from '../../../workflows/registry.ts';
import { actionsOf, WORKFLOWS } from '../../support/permissions/actions.ts';
import { createAsker, judge, listAll, type Asker } from '../../support/permissions/asker.ts';
import { buildCases } from '../../support/permissions/build.ts';
import { inParallel } from '../../support/permissions/inParallel.ts';
import { keyOf, needOf, type Built, type Need } from '../../support/permissions/needs.ts';
import { everybody, FOREIGN, subjectsOf, usernameOf } from '../../support/permissions/people.ts';
import { settleProvince, type Province } from '../../support/permissions/province.ts';
import { layGrounds, ROUTE_REQUESTS, type Grounds } from '../../support/permissions/routeRequests.ts';
import { readRoutePermissions, routeOf, type RouteCell } from '../../support/permissions/routeTable.ts';
import { COLLECTIONS, groupedBy, readPermissions, type Cell } from '../../support/permissions/table.ts';
import { startTestServer, type Client, type TestServer } from '../../support/testServer.ts';

const cells = readPermissions();
const routeCells = readRoutePermissions();

/** Requests in flight at once. */
const WIDTH = 12;
/** Thousands of requests: more time than a test has, on a busy machine. */
const PATIENCE = 300_000;

let server: TestServer;
let province: Province;
let asker: Asker;
/** One case for each situation, for questions that change nothing. */
let standing: Map<string, Built>;

beforeAll(async () => {
  server = await startTestServer();
  province = await settleProvince(server);
  asker = createAsker(province, cells);
  const built = await buildCases(province, standingNeeds());
  standing = new Map(built.map((each) => [keyOf(each), each]));
}, PATIENCE);

afterAll(() => server.close());

/** Each situation that a cell asks about, and each state of each collection in another cluster too. */
function standingNeeds(): Need[] {
  const asked = cells.filter(({ state }) => state !== '').map(needOf);
  const foreign = cells
    .filter(({ event }) => event === 'view')
    .map((cell): Need => ({ ...needOf(cell), owner: FOREIGN }));
  return [...new Map([...asked, ...foreign].map((need) => [keyOf(need), need])).values()];
}

/** The routes of the API document: `get /movements/{id}`. */
async function documentedRoutes(): Promise<string[]> {
  const response = await fetch(`${server.url}/api/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path.replace('/api/v1', '')}`),
  );
}

describe('the table of permissions', () => {
  test.each(COLLECTIONS)(
    '%s: names every event, action and state of the server, and nothing else',
    (collection) => {
      const { states, events } = newest(WORKFLOWS[collection]);
      const own = cells.filter((cell) => cell.collection === collection);
      expect(new Set(own.map(({ event }) => event))).toEqual(new Set(Object.keys(actionsOf(collection))));
      const viewed = own.filter(({ event }) => event === 'view').map(({ state }) => state);
      expect(new Set(viewed)).toEqual(new Set(Object.keys(states)));
      expect(own.map(({ state }) => state).filter((state) => state !== '' && !(state in states))).toEqual([]);
      const sent = Object.keys(events).filter((type) =>
        own.some(({ event, expected }) => event === type && expected === 'yes'),
      );
      expect(sent).toEqual(Object.keys(events).filter((type) => events[type]?.system !== true));
    },
  );

  test('has each role in each of its relations once, wherever it speaks of an event in a state', () => {
    const blocks = groupedBy(cells, ({ collection, event, state }) => `${collection} ${event} ${state}`);
    const wrong = [...blocks].flatMap(([name, block]) => {
      const [first] = block;
      if (first === undefined) return [];
      const given = block.map(({ role, relation }) => `${role} ${relation}`);
      const due = subjectsOf(first.collection, first.event).map(
        ({ role, relation }) => `${role} ${relation}`,
      );
      return [
        ...due.filter((each) => !given.includes(each)).map((each) => `${name}: ${each} is missing`),
        ...given.filter((each) => !due.includes(each)).map((each) => `${name}: ${each} cannot be`),
        ...given
          .filter((each, at) => given.indexOf(each) < at)
          .map((each) => `${name}: ${each} stands twice`),
      ];
    });
    expect(wrong).toEqual([]);
  });

  test('with the table of the other routes covers every route of the API, and no other', async () => {
    const ofCases = COLLECTIONS.flatMap((collection) =>
      Object.values(actionsOf(collection)).map(({ method, path }) => `${method} ${path}`),
    );
    const named = new Set([...ofCases, ...routeCells.map(routeOf)]);
    expect([...named].sort()).toEqual((await documentedRoutes()).sort());
  });

  test('of the other routes has each role once for each route that is not public', () => {
    const blocks = groupedBy(routeCells, ({ method, path }) => `${method} ${path}`);
    const wrong = [...blocks].filter(([, block]) => {
      const roles = new Set(block.map(({ role }) => role));
      return roles.size !== block.length || (roles.size !== 11 && !roles.has(null));
    });
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

describe('the server', () => {
  test.each(COLLECTIONS)(
    '%s: lists to each exactly the cases that it shows them',
    async (collection) => {
      const rows = await server.database
        .db('workflow_instances')
        .where({ workflow: WORKFLOWS[collection] })
        .select<{ id: string }[]>('id');
      const wrong = await inParallel(everybody(), WIDTH, async (username) => {
        const shown: string[] = [];
        for (const { id } of rows) {
          const { status } = await asker.firstView(username, `/${collection}/${id}`);
          if (status === 200) shown.push(id);
        }
        const listed = await listAll(asker.clientOf(username), `/${collection}`);
        if (shown.sort().join() === listed.sort().join()) return [];
        return [`${username}: ${shown.length} shown, ${listed.length} listed`];
      });
      expect(rows.length).toBeGreaterThan(3);
      expect(wrong.flat()).toEqual([]);
    },
    PATIENCE,
  );

  test(
    'answers every cell as the table says, and offers an event to whom it lets send it and to nobody else',
    async () => {
      const changing = cells.filter(changesCase);
      const own = await buildCases(province, changing.map(needOf));
      const fresh = new Map(changing.map((cell, index) => [cell, own[index]]));
      // What changes nothing first: a cell that is wrong then spoils as few others as can be.
      const unchanged = cells.filter((cell) => !fresh.has(cell));
      const wrong = [
        ...(await inParallel(unchanged, WIDTH, (cell) =>
          asker.answer(cell, standing.get(keyOf(needOf(cell)))),
        )),
        ...(await inParallel(changing, WIDTH, (cell) => asker.answer(cell, fresh.get(cell)))),
      ];
      expect(wrong.flat()).toEqual([]);
    },
    PATIENCE,
  );

  test(
    'answers every other route as its table says',
    async () => {
      const grounds = await layGrounds(province);
      const byRole = [...groupedBy(routeCells, ({ role }) => role ?? '').values()];
      const wrong = await inParallel(byRole, WIDTH, async (chain) => {
        const found: string[] = [];
        for (const cell of chain) found.push(...(await answerRoute(cell, grounds)));
        return found;
      });
      expect(wrong.flat()).toEqual([]);
    },
    PATIENCE,
  );

  test('asks everybody to log in, but for the public routes', async () => {
    const open: string[] = [];
    for (const route of await documentedRoutes()) {
      const [method = '', path = ''] = route.split(' ');
      const target = path.replaceAll(/\{\w+\}/g, '0192e4a0-0000-7000-8000-000000000001');
      const { status } = await fetch(`${server.url}/api/v1${target}`, {
        method: method.toUpperCase(),
        headers: { 'Content-Type': 'application/json' },
        ...(method !== 'get' && { body: '{}' }),
      });
      if (status !== 401) open.push(route);
    }
    expect(open).toEqual(routeCells.filter(({ role }) => role === null).map(routeOf));
  });
});

/** Reads have no effect, and neither has what is refused; everything else gets a case of its own. */
function changesCase({ collection, event, state, expected }: Cell): boolean {
  return state !== '' && expected === 'yes' && actionsOf(collection)[event]?.method !== 'get';
}

async function answerRoute(cell: RouteCell, grounds: Grounds): Promise<string[]> {
  const name = `${cell.method} ${cell.path}`;
  const { role } = cell;
  const relation = role === 'unitOfficer' || role === 'unitLeader' ? 'own' : 'any';
  const client = role === null ? server.anonymous : asker.clientOf(usernameOf({ role, relation }));
  const request = ROUTE_REQUESTS[name] ?? ((caller: Client) => caller.get(cell.path));
  return judge(cell, `${name} by ${role ?? 'anybody'}`, await request(client, grounds));
}
