import { newest } from '../../../workflows/registry.ts';
import type { Client, Reply } from '../testServer.ts';
import { ask } from './action.ts';
import { actionsOf, WORKFLOWS } from './actions.ts';
import { keyOf, needOf, type Built } from './needs.ts';
import { ownerOf, usernameOf } from './people.ts';
import { known, type Province } from './province.ts';
import { ANSWERS, type Cell, type Expected } from './table.ts';

/** Asks the server what the cells ask; each answer is the list of what was wrong, with the line of the table. */
export interface Asker {
  clientOf(username: string): Client;
  /** How a case looked to somebody before anything was asked of it. */
  firstView(username: string, path: string): Promise<Reply>;
  /** Asks one cell of a case; where it is about an event, also whether the case was offered it. */
  answer(cell: Cell, found: Built | undefined): Promise<string[]>;
}

export function createAsker(province: Province, cells: readonly Cell[]): Asker {
  const sendable = new Set(
    cells.filter(({ expected }) => expected === 'yes' || expected === 'notNow').map(senderOf),
  );
  const views = new Map<string, Promise<Reply>>();
  const clientOf = (username: string) => known(province.clients.get(username), username);
  const firstView: Asker['firstView'] = (username, path) => {
    const key = `${username} ${path}`;
    const seen = views.get(key) ?? clientOf(username).get(path);
    views.set(key, seen);
    return seen;
  };
  return {
    clientOf,
    firstView,
    async answer(cell, found) {
      const { collection, event, state } = cell;
      // Without a case every answer would be 404.
      const of = state === '' ? { ...needOf(cell), id: '' } : known(found, keyOf(needOf(cell)));
      const isEvent = event in newest(WORKFLOWS[collection]).events;
      const view = isEvent ? await firstView(usernameOf(cell), `/${collection}/${of.id}`) : null;
      const call = { province, client: clientOf(usernameOf(cell)), cell, owner: ownerOf(cell), of };
      const reply = await ask(known(actionsOf(collection)[event], event), call);
      const wrong = judge(cell, nameOf(cell), reply);
      if (isEvent && offers(view, event) !== (cell.expected === 'yes')) {
        wrong.push(
          `line ${cell.line}: ${nameOf(cell)}: ${cell.expected}, but ${offers(view, event) ? '' : 'not '}offered`,
        );
      }
      if (event !== 'view' || reply.status !== 200) return wrong;
      const vain = reply.body.workflow.allowedEvents
        .map(({ type }) => type)
        .filter((type) => !sendable.has(senderOf({ ...cell, event: type })));
      return [...wrong, ...vain.map((type) => `line ${cell.line}: ${nameOf(cell)}: ${type} offered in vain`)];
    },
  };
}

/** What is wrong with an answer, or nothing. */
export function judge(cell: { line: number; expected: Expected }, name: string, reply: Reply): string[] {
  const statuses: readonly number[] = ANSWERS[cell.expected];
  if (statuses.includes(reply.status)) return [];
  const said = reply.status < 300 ? '' : ` ${reply.body.code}: ${reply.body.detail}`;
  return [`line ${cell.line}: ${name}: expected ${cell.expected}, got ${reply.status}${said}`];
}

function offers(view: Reply | null, event: string): boolean {
  return view?.status === 200 && view.body.workflow.allowedEvents.some(({ type }) => type === event);
}

function nameOf({ collection, event, state, role, relation }: Cell): string {
  return `${collection} ${event} in "${state}" by ${role} ${relation}`;
}

function senderOf({ collection, event, role, relation }: Cell): string {
  return `${collection} ${event} ${role} ${relation}`;
}

/** The ids of a whole list, page by page. */
export async function listAll(client: Client, path: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { body }: Reply = await client.get(`${path}?limit=50${after}`);
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  } while (cursor !== null);
  return ids;
}
