import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type Client, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let reader: Client;

beforeAll(async () => {
  server = await startTestServer();
  reader = await server.as('dakglei.canbo');
});

afterAll(() => server.close());

interface Offer {
  code: string;
  components: { code: string; name: { vi: string } }[];
  route: {
    clusterVote: object | null;
    council: { scores: object | null; vote: { method: string } | null } | null;
    higher: { code: string; name: { vi: string } } | null;
  };
}

/** The steps of an award's way, in one word each. */
function way({ route: { clusterVote, council, higher } }: Offer): string {
  const steps = [
    clusterVote === null ? [] : ['cluster'],
    council?.scores ? ['scores'] : [],
    council?.vote ? [council.vote.method] : [],
    higher === null ? [] : ['higher'],
  ];
  return steps.flat().join(' ');
}

describe('the awards on offer', () => {
  test('are those of the day’s pack, each with its way', async () => {
    const { status, body } = await reader.get('/award-rules');
    expect(status).toBe(200);
    expect(body).toMatchObject({ code: 'luat-2003', version: 1, validTo: '2023-12-31' });
    const awards = body['awards'] as Offer[];
    expect(Object.fromEntries(awards.map((award) => [award.code, way(award)]))).toEqual({
      provincial_emulation_flag: 'cluster scores open',
      excellent_labour_collective: 'scores',
      provincial_emulation_fighter: 'secret',
      government_emulation_flag: 'open higher',
      merit_certificate_pm: 'open higher',
      merit_certificate_province: '',
    });
    const flag = awards.find(({ code }) => code === 'government_emulation_flag');
    expect(flag?.route.higher).toEqual({
      code: 'government',
      name: { vi: 'Chính phủ', en: 'The Government' },
    });
    expect(flag?.components.map(({ code, name }) => [code, name.vi])).toEqual([
      ['submission_letter', 'Tờ trình đề nghị'],
      ['achievement_report', 'Báo cáo thành tích'],
      ['review_minutes_title', 'Biên bản bình xét thi đua'],
    ]);
  });

  test('are those of another law on another day', async () => {
    const { body } = await reader.get('/award-rules?date=2024-01-01');
    expect(body['code']).toBe('luat-2022-nd98');
  });

  test('are refused for a day without a law that is shipped, never lent from the nearest', async () => {
    const { status, body } = await reader.get('/award-rules?date=2027-01-01');
    expect([status, body.code]).toEqual([409, 'no-rule-in-force']);
  });
});
