import { createHash } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formWith, samples } from '../../support/sampleFiles.ts';
import { startTestServer, type Client, type TestServer } from '../../support/testServer.ts';

let server: TestServer;
let unit: Client;

beforeAll(async () => {
  server = await startTestServer();
  unit = await server.as('dakglei.canbo');
});

afterAll(() => server.close());

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const upload = (content: Buffer, name: string) => unit.post('/files', formWith(content, name));

/** Every content that the server keeps, and what waits to be kept. */
async function stored(): Promise<string[]> {
  const entries = await readdir(join(server.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe('an upload', () => {
  test('is answered with its hash, its type by content, its size and its Vietnamese name', async () => {
    const content = samples.pdf('minh chứng');
    const reply = await upload(content, 'Minh chứng sáng kiến Đăk Glei.pdf');
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      id: expect.any(String),
      sha256: hashOf(content),
      contentType: 'application/pdf',
      size: content.length,
      name: 'Minh chứng sáng kiến Đăk Glei.pdf',
      uploadedAt: expect.any(String),
    });
    expect((await unit.get(`/files/${reply.body.id}`)).body).toEqual(reply.body);
  });

  test('comes back byte for byte, to be saved and not shown, under its own name', async () => {
    const content = samples.docx();
    const { body } = await upload(content, 'báo cáo.docx');
    const answer = await unit.fetch(`/files/${body.id}/content`);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'content-length': String(content.length),
      'content-disposition': `attachment; filename="b?o c?o.docx"; filename*=UTF-8''b%C3%A1o%20c%C3%A1o.docx`,
      'x-content-type-options': 'nosniff',
    });
  });

  test.each([
    ['png', samples.png(), 'image/png'],
    ['jpeg', samples.jpeg(), 'image/jpeg'],
    ['xlsx', samples.xlsx(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('of a %s is accepted', async (ending, content, contentType) => {
    const { status, body } = await upload(content, `tệp.${ending}`);
    expect([status, body['contentType']]).toEqual([201, contentType]);
  });

  test.each([
    ['a program renamed to PDF', samples.exe(), 'báo cáo.pdf'],
    ['text renamed to PDF', samples.text(), 'báo cáo.pdf'],
    ['an empty file', Buffer.alloc(0), 'báo cáo.pdf'],
    ['a zip renamed to docx', samples.zip(), 'báo cáo.docx'],
    ['a Word file with macros', samples.docm(), 'báo cáo.docx'],
    ['a docx that hides a macro', samples.docx([{ name: 'word/vbaProject.bin', content: 'x' }]), 'a.docx'],
    ['half a docx', samples.docx().subarray(0, 150), 'báo cáo.docx'],
  ])('of %s is refused, and leaves nothing', async (_what, content, name) => {
    const before = await stored();
    const { status, body } = await upload(content, name);
    expect([status, body.code]).toEqual([422, 'unsupported-file']);
    expect(body.detail).toContain('PDF');
    expect(await stored()).toEqual(before);
  });

  test.each([
    ['by what it declares', { content: 'x', declares: 3_000_000_000 }, 'giải nén quá lớn'],
    ['when more comes out than it declares', { content: Buffer.alloc(5_000_000), declares: 9 }, 'bị hỏng'],
  ])('of a zip bomb is refused at once %s', async (_how, entry, reason) => {
    const bomb = samples.xlsx([{ name: 'xl/big.xml', ...entry }]);
    const started = performance.now();
    const { status, body } = await upload(bomb, 'bảng.xlsx');
    expect([status, body.code]).toEqual([422, 'unsupported-file']);
    expect(body.detail).toContain(reason);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('of a zip with too many entries is refused', async () => {
    const many = Array.from({ length: 5001 }, (_, index) => ({ name: `x/${index}`, content: '' }));
    const { status, body } = await upload(samples.docx(many), 'a.docx');
    expect([status, body.code]).toEqual([422, 'unsupported-file']);
    expect(body.detail).toContain('giải nén quá lớn');
  });

  test('larger than 20 MB is refused, and leaves nothing', async () => {
    const before = await stored();
    const content = Buffer.concat([samples.pdf(), Buffer.alloc(20 * 1024 * 1024)]);
    const { status, body } = await upload(content, 'lớn.pdf');
    expect([status, body.code, body.detail]).toEqual([413, 'too-large', 'Tệp không được quá 20 MB.']);
    expect(await stored()).toEqual(before);
  });

  test('without a file, in another field, or as JSON is invalid input at /file', async () => {
    const replies = await Promise.all([
      unit.post('/files', new FormData()),
      unit.post('/files', formWith(samples.pdf(), 'a.pdf', 'tep')),
      unit.post('/files', {}),
    ]);
    expect(replies.map(({ status, body }) => [status, body.errors[0]?.pointer])).toEqual([
      [422, '/file'],
      [422, '/file'],
      [422, '/file'],
    ]);
  });

  test('needs a log-in', async () => {
    const reply = await server.anonymous.post('/files', formWith(samples.pdf(), 'a.pdf'));
    expect(reply.status).toBe(401);
  });

  test('with the same key and content is answered once, with another content refused', async () => {
    const send = (content: Buffer) =>
      unit.post('/files', formWith(content, 'a.pdf'), { 'Idempotency-Key': 'upload-1' });
    const first = await send(samples.pdf('một'));
    const again = await send(samples.pdf('một'));
    expect([again.status, again.body]).toEqual([201, first.body]);
    const other = await send(samples.pdf('hai'));
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });
});

describe('the store', () => {
  test('keeps identical content once, under its hash, for two uploads of two names', async () => {
    const content = samples.pdf('một lần');
    const [first, second] = [await upload(content, 'a.pdf'), await upload(content, 'b.pdf')];
    expect(first.body.id).not.toBe(second.body.id);
    const hash = hashOf(content);
    expect((await stored()).filter((path) => path.endsWith(hash))).toEqual([
      join(server.dataDir, 'files', hash.slice(0, 2), hash.slice(2, 4), hash),
    ]);
    expect((await stored()).filter((path) => path.includes('incoming'))).toEqual([]);
  });

  test('never hands out a content that has changed on the disk', async () => {
    const { body } = await upload(samples.pdf('sẽ bị sửa'), 'a.pdf');
    const hash = String(body['sha256']);
    await writeFile(
      join(server.dataDir, 'files', hash.slice(0, 2), hash.slice(2, 4), hash),
      samples.pdf('khác'),
    );
    const answer = await unit.fetch(`/files/${body.id}/content`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('khác');
  });
});

describe('a file that no case refers to', () => {
  test('is there for its uploader alone', async () => {
    const { body } = await upload(samples.pdf('riêng'), 'a.pdf');
    for (const username of ['dakglei.lanhdao', 'dakha.canbo', 'snv.chuyenvien', 'chutich', 'admin']) {
      const other = await server.as(username);
      expect((await other.get(`/files/${body.id}`)).status).toBe(404);
      expect((await other.fetch(`/files/${body.id}/content`)).status).toBe(404);
    }
  });
});
