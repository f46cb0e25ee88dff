import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  draftAward,
  expectOk,
  issueDecision,
  issuedAward,
  itemsOf,
  signDecision,
} from '../../support/decisions.ts';
import { startTestServer, type TestServer } from '../../support/testServer.ts';
import { waitingNominations } from '../../support/waitingNominations.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const stateOf = async (path: string) => {
  const inspector = await server.as('thanhtra');
  return (await inspector.get(path)).body.workflow.state;
};

describe('an award decision', () => {
  test('goes from the draft through signature and issue into the golden book', async () => {
    const [first = '', second = ''] = await waitingNominations(server, 2, {
      name: (number) => `Trần Thị Đào ${number}`,
    });
    const drafted = await draftAward(server, [second, first]);
    expect(drafted.status).toBe(201);
    expect(drafted.body).toMatchObject({
      kind: 'award',
      title: 'Về việc tặng Bằng khen',
      year: 2018,
      itemCount: 2,
      unreadyCount: 0,
      number: null,
      signatory: null,
      workflow: { state: 'draft', revision: 1 },
    });
    expect(itemsOf(drafted.body).map(({ nominationId }) => nominationId)).toEqual([second, first]);
    await signDecision(server, drafted.body.id);
    const issued = await issueDecision(server, drafted.body.id, '10/QĐ-UBND');
    expect(issued.status).toBe(200);
    expect(issued.body).toMatchObject({
      number: '10/QĐ-UBND',
      issuedOn: '2018-01-02',
      signatory: 'Nguyễn Văn Chủ',
      capacity: 'CHỦ TỊCH',
      workflow: { state: 'issued', finished: true, allowedEvents: [] },
    });
    const items = itemsOf(issued.body);
    expect(items.map(({ state, revoked }) => ({ state, revoked }))).toEqual([
      { state: 'awarded', revoked: false },
      { state: 'awarded', revoked: false },
    ]);
    const [one = 0, two = 0] = items.map(({ goldenBook }) => goldenBook?.bookNumber ?? 0);
    expect(two).toBe(one + 1);
    expect(await stateOf(`/nominations/${first}`)).toBe('awarded');

    const unit = await server.as('dakglei.canbo');
    const entry = await unit.get(`/awards/${items[1]?.goldenBook?.awardId}`);
    expect(entry.status).toBe(200);
    expect(entry.body).toMatchObject({
      nominationId: first,
      bookYear: 2018,
      bookNumber: two,
      award: {
        code: 'merit_certificate_province',
        name: { vi: 'Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh' },
      },
      recipient: { name: 'Trần Thị Đào 1', subjectType: 'individual', unit: { code: 'dakglei' } },
      decision: {
        id: drafted.body.id,
        number: '10/QĐ-UBND',
        date: '2018-01-02',
        authority: 'Chủ tịch Ủy ban nhân dân tỉnh',
      },
      standing: true,
      revocation: null,
      corrections: [],
    });
    const { rows } = await server.database.db.raw<{ rows: { open: number }[] }>(
      'select count(*)::integer as open from deadlines where instance_id = any(?) and closed_on is null',
      [[first, second, drafted.body.id]],
    );
    expect(rows).toEqual([{ open: 0 }]);
  });

  test('is returned to its draft by the chairman, also after he has signed it, and then lists other cases', async () => {
    const [kept = '', held = ''] = await waitingNominations(server, 2);
    const { id } = expectOk(await draftAward(server, [kept, held]));
    const head = await server.as('snv.lanhdao');
    const chairman = await server.as('chutich');
    const clerk = await server.as('snv.vanthu');
    const path = `/decisions/${id}/events`;
    expectOk(await head.post(path, { type: 'SUBMIT_FOR_SIGNATURE' }));
    expectOk(await chairman.post(path, { type: 'RETURN', reason: 'Sửa tên đơn vị' }));
    await signDecision(server, id);

    const agency = await server.as('snv.chuyenvien');
    expectOk(await agency.post(`/nominations/${held}/events`, { type: 'HOLD', reason: 'Có đơn thư' }));
    const refused = await issueDecision(server, id, '11/QĐ-UBND');
    expect(refused.status).toBe(409);
    expect(refused.body.missing.map(({ fact }) => fact)).toEqual(['itemsReady']);
    const seen = (await clerk.get(`/decisions/${id}`)).body;
    expect(seen).toMatchObject({ unreadyCount: 1, signatory: 'Nguyễn Văn Chủ' });
    expect(itemsOf(seen).map(({ state, ready }) => ({ state, ready }))).toEqual([
      { state: 'awaitingDecision', ready: true },
      { state: 'onHold', ready: false },
    ]);

    const locked = await clerk.put(`/decisions/${id}/items`, { items: [{ nominationId: kept }] });
    expect({ status: locked.status, code: locked.body.code }).toEqual({ status: 409, code: 'wrong-state' });
    expect(
      (await chairman.get(`/decisions/${id}`)).body.workflow.allowedEvents.map(({ type }) => type),
    ).toEqual(['RETURN']);
    const back = expectOk(await chairman.post(path, { type: 'RETURN', reason: 'Một hồ sơ tạm dừng' }));
    expect(back).toMatchObject({ signatory: null, capacity: null, workflow: { state: 'draft' } });
    const stale = await clerk.put(
      `/decisions/${id}/items`,
      { items: [{ nominationId: kept }] },
      { 'If-Match': '"1"' },
    );
    expect(stale.status).toBe(412);
    const listed = expectOk(await clerk.put(`/decisions/${id}/items`, { items: [{ nominationId: kept }] }));
    expect(itemsOf(listed).map(({ nominationId }) => nominationId)).toEqual([kept]);
    await signDecision(server, id);
    expectOk(await issueDecision(server, id, '11/QĐ-UBND'));
    expect(await stateOf(`/nominations/${kept}`)).toBe('awarded');
    expect(await stateOf(`/nominations/${held}`)).toBe('onHold');

    const history = (await clerk.get(`/decisions/${id}/history`)).body.items;
    expect(history.map(({ type }) => type)).toEqual([
      'CREATED',
      'SUBMIT_FOR_SIGNATURE',
      'RETURN',
      'SUBMIT_FOR_SIGNATURE',
      'SIGN',
      'RETURN',
      'ITEMS_REPLACED',
      'SUBMIT_FOR_SIGNATURE',
      'SIGN',
      'ISSUE',
    ]);
    const outside = (await (await server.as('dakglei.canbo')).get(`/decisions/${id}/history`)).body.items;
    expect(outside.map(({ type, detail }) => ((detail as string | null) === null ? null : type))).toEqual([
      ...Array.from({ length: 4 }, () => null),
      'SIGN',
      null,
      null,
      null,
      'SIGN',
      'ISSUE',
    ]);
  });

  test('names every item that cannot stand, each at its place', async () => {
    const [listed = '', free = ''] = await waitingNominations(server, 2);
    const [draft = ''] = await waitingNominations(server, 1, { stopAt: 'draft' });
    const [appraised = ''] = await waitingNominations(server, 1, { stopAt: 'appraisal' });
    const [unvoted = ''] = await waitingNominations(server, 1, { awardCode: 'provincial_emulation_flag' });
    const [unscored = ''] = await waitingNominations(server, 1, { awardCode: 'excellent_labour_collective' });
    const [state = ''] = await waitingNominations(server, 1, { awardCode: 'merit_certificate_pm' });
    expectOk(await draftAward(server, [listed], 'Dự thảo thứ nhất'));
    const unknown = randomUUID();
    const refused = await draftAward(server, [
      free,
      listed,
      unknown,
      draft,
      appraised,
      free,
      unvoted,
      unscored,
      state,
    ]);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      {
        pointer: '/items/1/nominationId',
        message: 'Đã nằm trong một quyết định chưa ban hành: "Dự thảo thứ nhất".',
      },
      { pointer: '/items/2/nominationId', message: 'Không tìm thấy hồ sơ.' },
      { pointer: '/items/3/nominationId', message: 'Không tìm thấy hồ sơ.' },
      {
        pointer: '/items/4/nominationId',
        message: 'Hồ sơ đang ở bước "Đang thẩm định", chưa chờ quyết định.',
      },
      { pointer: '/items/5/nominationId', message: 'Bị liệt kê hai lần.' },
      { pointer: '/items/6/nominationId', message: 'Hồ sơ còn thiếu kết quả suy tôn của cụm, khối.' },
      { pointer: '/items/7/nominationId', message: 'Hồ sơ còn thiếu kết quả chấm điểm của Hội đồng.' },
      { pointer: '/items/8/nominationId', message: 'Hồ sơ còn thiếu kết quả biểu quyết của Hội đồng.' },
    ]);
    expect(await server.database.db('decision_items').where({ nomination_id: free })).toEqual([]);
  });

  test('sees its case freed when another draft over it is discarded', async () => {
    const [only = ''] = await waitingNominations(server, 1);
    const { id } = expectOk(await draftAward(server, [only]));
    expect((await draftAward(server, [only])).status).toBe(422);
    const clerk = await server.as('snv.vanthu');
    expectOk(await clerk.post(`/decisions/${id}/events`, { type: 'DISCARD', reason: 'Soạn lại' }));
    expect((await draftAward(server, [only])).status).toBe(201);
  });

  test('without items can be drafted and not submitted', async () => {
    const { id } = expectOk(await draftAward(server, []));
    const head = await server.as('snv.lanhdao');
    const refused = await head.post(`/decisions/${id}/events`, { type: 'SUBMIT_FOR_SIGNATURE' });
    expect(refused.status).toBe(409);
    expect(refused.body.missing.map(({ fact }) => fact)).toEqual(['hasItems']);
  });

  test('keeps a number for itself within a year, and only a year that is open', async () => {
    const [one = '', two = ''] = await waitingNominations(server, 2);
    await issuedAward(server, [one], '12/QĐ-UBND');
    const { id } = expectOk(await draftAward(server, [two]));
    await signDecision(server, id);
    const taken = await issueDecision(server, id, '12/QĐ-UBND');
    expect({ status: taken.status, code: taken.body.code, detail: taken.body.detail }).toEqual({
      status: 409,
      code: 'conflict',
      detail: 'Số 12/QĐ-UBND đã được dùng cho một quyết định khác của năm 2018.',
    });
    for (const spelled of ['12/qđ-ubnd', ' 12 /QĐ-UBND ', '12/QĐ-UBND'.normalize('NFD')]) {
      expect([spelled, (await issueDecision(server, id, spelled)).body.code]).toEqual([spelled, 'conflict']);
    }
    for (const date of ['2081-01-02', '2016-12-31', '2018-12-31']) {
      const slip = await issueDecision(server, id, '13/QĐ-UBND', date);
      expect([date, slip.status, slip.body.errors.map(({ pointer }) => pointer)]).toEqual([
        date,
        422,
        ['/date'],
      ]);
    }
    expect(await stateOf(`/decisions/${id}`)).toBe('signed');
    expectOk(await issueDecision(server, id, '12/QĐ-UBND', '2017-12-29'));
  });

  test('is its makers’ alone until it is issued', async () => {
    const [only = ''] = await waitingNominations(server, 1);
    const { id } = expectOk(await draftAward(server, [only]));
    const unit = await server.as('dakglei.lanhdao');
    expect((await unit.get(`/decisions/${id}`)).status).toBe(404);
    expect((await unit.post('/decisions', { kind: 'award', title: 'x', items: [] })).status).toBe(403);
    const chairman = await server.as('chutich');
    expect((await chairman.put(`/decisions/${id}/items`, { items: [] })).status).toBe(403);
    const clerk = await server.as('snv.vanthu');
    expect((await clerk.post(`/decisions/${id}/events`, { type: 'SUBMIT_FOR_SIGNATURE' })).status).toBe(403);
    await signDecision(server, id);
    expectOk(await issueDecision(server, id, '14/QĐ-UBND'));
    const seen = await unit.get(`/decisions/${id}`);
    expect(seen.status).toBe(200);
    expect((await unit.get('/decisions?limit=1')).body.items[0]).toMatchObject({ id, itemCount: 1 });
    expect((await unit.get('/decisions?limit=1')).body.items[0]).not.toHaveProperty('items');
  });
});

describe('a revocation', () => {
  test('takes an award back, and the old decision, the golden book and the public page show it', async () => {
    const [kept = '', gone = ''] = await waitingNominations(server, 2, {
      name: (number) => `Y Bình ${number}`,
    });
    const award = await issuedAward(server, [kept, gone], '20/QĐ-UBND');
    const [standing, taken] = itemsOf(award).map(({ goldenBook }) => goldenBook);
    const awardId = taken?.awardId ?? '';
    const clerk = await server.as('snv.vanthu');
    const items = [{ awardId, reason: 'Khai gian thành tích' }];
    const draft = await clerk.post('/decisions', { kind: 'revocation', title: 'Hủy bỏ quyết định', items });
    expect(draft.status).toBe(201);
    expect(itemsOf(draft.body)).toMatchObject([
      { nominationId: gone, awardId, ready: true, reason: 'Khai gian thành tích', revoked: false },
    ]);
    const again = await clerk.post('/decisions', { kind: 'revocation', title: 'Lần nữa', items });
    expect(again.body.errors).toEqual([
      {
        pointer: '/items/0/awardId',
        message: 'Đã nằm trong một quyết định chưa ban hành: "Hủy bỏ quyết định".',
      },
    ]);
    await signDecision(server, draft.body.id);
    const issued = expectOk(await issueDecision(server, draft.body.id, '21/QĐ-UBND'));
    const revokedBy = { id: draft.body.id, number: '21/QĐ-UBND', date: '2018-01-02' };
    expect(itemsOf(issued)).toMatchObject([{ state: 'revoked', revoked: true, revokedBy }]);
    expect(await stateOf(`/nominations/${gone}`)).toBe('revoked');
    expect(await stateOf(`/nominations/${kept}`)).toBe('awarded');

    const old = (await clerk.get(`/decisions/${award.id}`)).body;
    expect(old.workflow.state).toBe('issued');
    expect(itemsOf(old)).toMatchObject([
      { state: 'awarded', revoked: false, revokedBy: null },
      { state: 'revoked', revoked: true, revokedBy },
    ]);
    const entry = (await clerk.get(`/awards/${awardId}`)).body;
    expect(entry).toMatchObject({
      standing: false,
      revocation: { decision: revokedBy, reason: 'Khai gian thành tích' },
    });
    const stranger = await server.as('dakha.canbo');
    expect((await stranger.get(`/awards/${awardId}`)).body['revocation']).toEqual({
      decision: revokedBy,
      reason: null,
    });
    expect(itemsOf((await stranger.get(`/decisions/${draft.body.id}`)).body)[0]?.reason).toBeNull();

    const shown = await server.anonymous.get(`/public/awards/${taken?.publicCode.toLowerCase()}`);
    expect(shown.status).toBe(200);
    expect(shown.body).toEqual({
      code: taken?.publicCode,
      recipient: { name: 'Y Bình 2', subjectType: 'individual', unit: 'Huyện Đăk Glei' },
      award: {
        vi: 'Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh',
        en: 'Certificate of merit of the chairman of the provincial People’s Committee',
      },
      year: 2018,
      decision: { number: '20/QĐ-UBND', date: '2018-01-02', authority: 'Chủ tịch Ủy ban nhân dân tỉnh' },
      goldenBook: { year: 2018, number: taken?.bookNumber },
      standing: false,
      revokedBy: { number: '21/QĐ-UBND', date: '2018-01-02' },
      correctedBy: null,
    });
    expect((await server.anonymous.get(`/public/awards/${standing?.publicCode}`)).body).toMatchObject({
      standing: true,
      revokedBy: null,
    });

    const late = await clerk.post('/decisions', { kind: 'revocation', title: 'Lần nữa', items });
    expect(late.body.errors).toEqual([
      { pointer: '/items/0/awardId', message: 'Khen thưởng này đã bị thu hồi.' },
    ]);
  });

  test('needs awards with a reason, and knows none that the book does not have', async () => {
    const clerk = await server.as('snv.vanthu');
    const post = (items: object[]) =>
      clerk.post('/decisions', { kind: 'revocation', title: 'Hủy bỏ', items });
    const nameless = await post([{ awardId: randomUUID() }, { nominationId: randomUUID(), reason: 'x' }]);
    expect(nameless.body.errors.map(({ pointer }) => pointer)).toEqual([
      '/items/0/reason',
      '/items/1/awardId',
      '/items/1/nominationId',
    ]);
    const unknown = await post([{ awardId: randomUUID(), reason: 'x' }]);
    expect(unknown.body.errors).toEqual([
      { pointer: '/items/0/awardId', message: 'Không tìm thấy trong Sổ vàng.' },
    ]);
  });
});

describe('a correction', () => {
  test('shows the right name everywhere, with a note, and keeps the name that was entered', async () => {
    const [only = ''] = await waitingNominations(server, 1, { name: () => 'A Thút (sai tên)' });
    const award = await issuedAward(server, [only], '30/QĐ-UBND');
    const entered = itemsOf(award)[0]?.goldenBook;
    const clerk = await server.as('snv.vanthu');
    const correct = async (recipientName: string, number: string) => {
      const { id } = expectOk(
        await clerk.post('/decisions', {
          kind: 'correction',
          title: 'Đính chính',
          items: [{ awardId: entered?.awardId, reason: 'Nhầm khi đánh máy', recipientName }],
        }),
      );
      await signDecision(server, id);
      return expectOk(await issueDecision(server, id, number));
    };
    await correct('A Thut', '31/QĐ-UBND');
    const last = await correct('A Thứt', '32/QĐ-UBND');
    const entry = (await clerk.get(`/awards/${entered?.awardId}`)).body;
    expect(entry).toMatchObject({
      recipient: { name: 'A Thứt' },
      enteredName: 'A Thút (sai tên)',
      standing: true,
      corrections: [
        { recipientName: 'A Thut', decision: { number: '31/QĐ-UBND' }, reason: 'Nhầm khi đánh máy' },
        { recipientName: 'A Thứt', decision: { number: '32/QĐ-UBND' } },
      ],
    });
    const shown = (await server.anonymous.get(`/public/awards/${entered?.publicCode}`)).body;
    expect(shown).toMatchObject({
      recipient: { name: 'A Thứt' },
      standing: true,
      correctedBy: { number: '32/QĐ-UBND', date: '2018-01-02' },
    });
    const old = itemsOf((await clerk.get(`/decisions/${award.id}`)).body);
    expect(old).toMatchObject([
      { state: 'awarded', revoked: false, correctedBy: { id: last.id, recipientName: 'A Thứt' } },
    ]);
    expect(await stateOf(`/nominations/${only}`)).toBe('awarded');
  });
});
