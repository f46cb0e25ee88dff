import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { atEvent, atRequest, nth, type Blow } from '../support/chaos.ts';
import { playThroughChaos } from '../support/playThroughChaos.ts';
import { createProduct, type Product } from '../support/product.ts';

let product: Product;

beforeAll(async () => {
  product = await createProduct();
  await product.start();
}, 120_000);

afterAll(() => product.remove());

// The long list of places is in tests/full.
const blows: Blow[] = [
  {
    at: 'when the clock reaches a reminder',
    fits: nth(5, atRequest('PUT', /^\/demo\/clock$/)),
    when: 'after',
    what: 'node',
  },
  {
    at: 'while all members cross-score',
    fits: nth(40, atRequest('PUT', /\/cluster$/)),
    when: { duringMs: 4 },
    what: 'everything',
  },
  { at: 'when a vote was cast', fits: nth(5, atRequest('POST', /\/votes$/)), when: 'after', what: 'node' },
  { at: 'while a decision is issued', fits: atEvent('ISSUE'), when: { duringMs: 6 }, what: 'everything' },
];

test('a year in which the product is killed again and again ends like any other, and nothing is lost', async () => {
  expect(await playThroughChaos(product, blows)).toEqual({
    year: 2018,
    fallen: blows.map(({ at }) => at),
    lost: [],
    broken: [],
    breaches: [],
    messages: [],
  });
}, 400_000);
