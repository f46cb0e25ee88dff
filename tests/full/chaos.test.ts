import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { atEvent, atRequest, nth, type Blow } from '../support/chaos.ts';
import { messagesOf } from '../support/messages.ts';
import { playThroughChaos, withDatabase } from '../support/playThroughChaos.ts';
import { createProduct, type Product } from '../support/product.ts';

let product: Product;

beforeAll(async () => {
  product = await createProduct();
  await product.start();
}, 120_000);

afterAll(() => product.remove());

const during = (duringMs: number) => ({ duringMs });

/** In the order of the year; a place counts from the blow before it. */
const PLACES: Blow[] = [
  {
    at: 'while somebody logs in',
    fits: nth(3, atRequest('POST', /^\/session$/)),
    when: during(20),
    what: 'node',
  },
  {
    at: 'when a movement was launched',
    fits: nth(2, atEvent('LAUNCH')),
    when: 'after',
    what: 'everything',
  },
  {
    at: 'while a registration is drafted',
    fits: nth(4, atRequest('POST', /^\/registrations$/)),
    when: during(3),
    what: 'node',
  },
  { at: 'when a registration was returned', fits: atEvent('RETURN'), when: 'after', what: 'node' },
  { at: 'while the round is opened', fits: atEvent('OPEN'), when: during(5), what: 'everything' },
  {
    at: 'when a part of a sheet was saved',
    fits: nth(3, atRequest('PUT', /\/self$/)),
    when: 'after',
    what: 'node',
  },
  {
    at: 'while evidence is uploaded',
    fits: atRequest('POST', /^\/files$/),
    when: during(5),
    what: 'everything',
  },
  {
    at: 'when the clock reaches a reminder',
    fits: atRequest('PUT', /^\/demo\/clock$/),
    when: 'after',
    what: 'node',
  },
  {
    at: 'while the reminder is on its way',
    fits: nth(2, atRequest('GET', /^\/demo\/ledger$/)),
    when: 'before',
    what: 'everything',
  },
  {
    at: 'while all members cross-score',
    fits: nth(50, atRequest('PUT', /\/cluster$/)),
    when: during(4),
    what: 'everything',
  },
  {
    at: 'while the departments score',
    fits: nth(30, atRequest('PUT', /\/department$/)),
    when: during(2),
    what: 'node',
  },
  { at: 'while the round is finalized', fits: atEvent('FINALIZE'), when: during(15), what: 'everything' },
  {
    at: 'when a paper was attached',
    fits: nth(5, atRequest('PUT', /\/documents\//)),
    when: 'after',
    what: 'node',
  },
  {
    at: 'when a unit has voted',
    fits: nth(4, atEvent('CAST_CLUSTER_VOTE')),
    when: 'after',
    what: 'everything',
  },
  { at: 'while a dossier is held', fits: atEvent('HOLD'), when: during(4), what: 'node' },
  {
    at: 'while the council scores',
    fits: nth(5, atRequest('PUT', /\/cases\/[^/]+\/sheet$/)),
    when: during(3),
    what: 'node',
  },
  {
    at: 'when a member has voted',
    fits: nth(6, atRequest('POST', /\/votes$/)),
    when: 'after',
    what: 'everything',
  },
  { at: 'while a ballot is closed', fits: atEvent('CLOSE_BALLOT'), when: during(6), what: 'node' },
  {
    at: 'when the minutes were signed',
    fits: atEvent('SIGN_MINUTES'),
    when: 'after',
    what: 'everything',
  },
  { at: 'while the awards are issued', fits: atEvent('ISSUE'), when: during(8), what: 'everything' },
  {
    at: 'when the higher level has decided',
    fits: atEvent('RECORD_HIGHER_DECISION'),
    when: 'after',
    what: 'node',
  },
  { at: 'when an award was revoked', fits: atEvent('ISSUE'), when: 'after', what: 'everything' },
];

/** So many places that nobody has chosen, the same for the same seed. */
function anywhere(count: number, seed: number): Blow[] {
  let state = seed;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  return Array.from({ length: count }, (_, index) => {
    const gap = 5 + next(60);
    const ms = next(25);
    return {
      at: `place ${index + 1} of seed ${seed}: ${gap} requests on, ${ms} ms into it`,
      fits: nth(gap, () => true),
      when: during(ms),
      what: next(2) === 0 ? ('node' as const) : ('everything' as const),
    };
  });
}

const nothingWrong = { lost: [], broken: [], breaches: [], messages: [] };
const namesOf = (blows: readonly Blow[]) => blows.map(({ at }) => at);

describe('a product that is killed in the middle of its work', () => {
  test('plays a year that nobody disturbs, to compare the others with', async () => {
    expect(await playThroughChaos(product, [])).toEqual({ year: 2018, fallen: [], ...nothingWrong });
  }, 300_000);

  test('loses nothing wherever it is killed, and sends what an undisturbed year sends', async () => {
    expect(await playThroughChaos(product, PLACES)).toEqual({
      year: 2019,
      fallen: namesOf(PLACES),
      ...nothingWrong,
    });
    const [quiet, killed] = await withDatabase(product, (db) =>
      Promise.all([messagesOf(db, 2018), messagesOf(db, 2019)]),
    );
    expect(killed).toEqual(quiet);
    expect(quiet).toContain('T-3 due: 1');
  }, 900_000);

  test('loses nothing at places that nobody has chosen', async () => {
    const blows = anywhere(12, 2736);
    expect(await playThroughChaos(product, blows)).toEqual({
      year: 2020,
      fallen: namesOf(blows),
      ...nothingWrong,
    });
  }, 900_000);
});
