import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issuedAward } from '../../support/decisions.ts';
import { startTestServer, type ReplyBody, type TestServer } from '../../support/testServer.ts';
import { waitingNominations } from '../../support/waitingNominations.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  const names = ['Nguyễn Thị Đào', 'Đỗ Văn Hương', 'Trần Hưởng'];
  const glei = await waitingNominations(server, 3, { name: (number) => names[number - 1] ?? '' });
  const ha = await waitingNominations(server, 2, { unitCode: 'dakha', name: (number) => `Hộ A ${number}` });
  await issuedAward(server, glei, '1/QĐ-UBND');
  await issuedAward(server, ha, '2/QĐ-UBND');
});

afterAll(() => server.close());

const numbers = ({ items }: ReplyBody) => items.map((item) => item['bookNumber']);
const names = ({ items }: ReplyBody) => items.map(({ recipient }) => (recipient as { name: string }).name);

describe('the golden book', () => {
  test('is read page by page, the newest entry first', async () => {
    const reader = await server.as('sathay.canbo');
    const first = (await reader.get('/awards?limit=3')).body;
    expect(numbers(first)).toEqual([5, 4, 3]);
    const rest = (await reader.get(`/awards?limit=3&cursor=${first.nextCursor}`)).body;
    expect(numbers(rest)).toEqual([2, 1]);
    expect(rest.nextCursor).toBeNull();
  });

  test('is searched by name with and without diacritics', async () => {
    const reader = await server.as('thanhtra');
    const found = async (q: string) => names((await reader.get(`/awards?q=${encodeURIComponent(q)}`)).body);
    expect(await found('dao')).toEqual(['Nguyễn Thị Đào']);
    expect(await found('HUONG')).toEqual(['Trần Hưởng', 'Đỗ Văn Hương']);
    expect(await found('Đỗ')).toEqual(['Đỗ Văn Hương']);
    expect(await found('%')).toEqual([]);
  });

  test('is narrowed by year, unit and award', async () => {
    const reader = await server.as('hd.02');
    const count = async (query: string) => (await reader.get(`/awards?${query}`)).body.items.length;
    const dakha = await server.database.db('units').where({ code: 'dakha' }).first<{ id: string }>('id');
    expect(await count('year=2018&bookYear=2018')).toBe(5);
    expect(await count('year=2017')).toBe(0);
    expect(await count(`unitId=${dakha.id}`)).toBe(2);
    expect(await count('awardCode=merit_certificate_province')).toBe(5);
    expect(await count('awardCode=provincial_emulation_flag')).toBe(0);
  });

  test('is for those who are logged in; the public page is for who has a code', async () => {
    expect((await server.anonymous.get('/awards')).status).toBe(401);
    expect((await server.anonymous.get('/public/awards/AAAAAAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
    expect((await server.anonymous.get('/public/awards/1')).status).toBe(404);
    const reader = await server.as('thanhtra');
    expect((await reader.get(`/awards/${randomUUID()}`)).status).toBe(404);
  });
});
