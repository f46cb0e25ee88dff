import type { HttpAnswer, HttpOptions, HttpRequest } from '../../services/scenario/httpClient.ts';
import type { Product } from './product.ts';

/** Where the product is killed: at the first request that fits after the blows before it. */
export interface Blow {
  /** What is being done then, for people. */
  at: string;
  fits: (request: { method: string; path: string; body: string }) => boolean;
  /**
   * `before`: the request never reaches it. `during`: so many milliseconds after it was sent. `after`: it was
   * answered, and the answer was lost on the way.
   */
  when: 'before' | 'after' | { duringMs: number };
  what: 'node' | 'everything';
}

export interface Chaos extends Pick<HttpOptions, 'fetch' | 'whenBroken' | 'acknowledged'> {
  /** What was acknowledged: every answer of status 2xx. */
  answers: HttpAnswer[];
  /** The blows that have fallen, each with how often requests had to be sent again after it. */
  fallen: Blow[];
}

/**
 * Puts itself between the scenario and the product and kills it at each blow in turn, then starts it again on the same
 * data. Requests that broke are sent again by the scenario once it runs; `between` is called after each restart.
 */
export function createChaos(
  product: Product,
  blows: readonly Blow[],
  between: (answers: readonly HttpAnswer[], blow: Blow) => Promise<void>,
): Chaos {
  const left = [...blows];
  const answers: HttpAnswer[] = [];
  const fallen: Blow[] = [];
  let restart: Promise<void> = Promise.resolve();

  const strike = (blow: Blow): Promise<void> => {
    fallen.push(blow);
    restart = (async () => {
      // What had been acknowledged when it was killed; answers that arrive later are not among them.
      const before = [...answers];
      await product.kill(blow.what);
      await product.start();
      await between(before, blow);
    })();
    return restart;
  };

  return {
    answers,
    fallen,
    acknowledged: (answer) => {
      answers.push(answer);
    },
    whenBroken: async (request: HttpRequest, error, attempt) => {
      if (attempt > 5)
        throw new Error(`${request.method} ${request.path} breaks again and again`, { cause: error });
      await restart;
    },
    fetch: async (input, init) => {
      const [blow] = left;
      const url = new URL(input);
      const body = typeof init?.body === 'string' ? init.body : '';
      const request = { method: init?.method ?? 'GET', path: url.pathname.slice('/api/v1'.length), body };
      if (blow === undefined || !blow.fits(request)) return fetch(input, init);
      left.shift();
      return struck(blow, () => fetch(input, init), strike);
    },
  };
}

/** The request on which a blow falls; it always ends as a broken connection. */
async function struck(
  blow: Blow,
  send: () => Promise<Response>,
  strike: (blow: Blow) => Promise<void>,
): Promise<Response> {
  if (blow.when === 'after') {
    const response = await send();
    await response.text();
  } else if (blow.when !== 'before') {
    const sent = send().then((response) => response.text());
    sent.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, (blow.when as { duringMs: number }).duringMs));
  }
  await strike(blow);
  throw new Error(`killed ${blow.at}`);
}

/** A blow at an event of that type. */
export const atEvent = (type: string) => (request: { path: string; body: string }) =>
  request.path.endsWith('/events') && request.body.includes(`"type":"${type}"`);

/** A blow at a request of that method whose path fits. */
export const atRequest = (method: string, path: RegExp) => (request: { method: string; path: string }) =>
  request.method === method && path.test(request.path);

/** The same, but only at the n-th one (from 1). */
export function nth<Request>(n: number, fits: (request: Request) => boolean): (request: Request) => boolean {
  let seen = 0;
  return (request) => {
    if (!fits(request)) return false;
    seen += 1;
    return seen === n;
  };
}
