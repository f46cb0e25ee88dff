// npm run admin:create [-- --username NAME --name "Họ tên" --email ADDRESS]
// Asks on the terminal for what is not given; the password comes from there or from ADMIN_PASSWORD, never from the
// command line, where others could read it.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { connect } from '../../db/connect.ts';
import { environmentSchema } from '../config.ts';
import { InvalidInput, NotAllowedNow } from '../errors.ts';
import { clockWithOffset, newId } from '../ports.ts';
import { createAdministrator } from './createAdministrator.ts';

const USAGE = 'npm run admin:create -- --username NAME --name "Họ tên" --email ADDRESS   (ADMIN_PASSWORD)';

/** The command cannot go on; `message` is for the operator. */
class CannotAsk extends Error {
  override readonly name = 'CannotAsk';
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { username: { type: 'string' }, name: { type: 'string' }, email: { type: 'string' } },
  });
  const { DATABASE_URL: url } = environmentSchema.pick({ DATABASE_URL: true }).parse(process.env);
  if (url === undefined) throw new CannotAsk('DATABASE_URL: chưa khai báo / is not set');
  const wanted = {
    username: values.username ?? (await ask('Tên đăng nhập / Username')),
    displayName: values.name ?? (await ask('Họ và tên / Name')),
    email: values.email ?? (await ask('Thư điện tử / E-mail')),
    password: process.env['ADMIN_PASSWORD'] ?? (await askHidden('Mật khẩu / Password')),
  };
  const db = connect(url, { poolSize: 1 });
  try {
    await createAdministrator(db, { newId, clock: clockWithOffset(() => 0) }, wanted);
    console.log(`Đã tạo quản trị viên / Made the administrator "${wanted.username}".`);
  } finally {
    await db.destroy();
  }
}

function ask(question: string): Promise<string> {
  return answerOn(process.stdout, question);
}

async function askHidden(question: string): Promise<string> {
  process.stdout.write(`${question}: `);
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const answer = await answerOn(nowhere, question);
  process.stdout.write('\n');
  return answer;
}

async function answerOn(output: NodeJS.WritableStream, question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new CannotAsk(`Không có cửa sổ dòng lệnh để hỏi / No terminal to ask on.\n${USAGE}`);
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await terminal.question(`${question}: `);
  } finally {
    terminal.close();
  }
}

/** A refusal as sentences for the operator; anything else is a fault of ours and keeps its stack. */
function explain(error: unknown): unknown {
  if (error instanceof InvalidInput) {
    return error.problems
      .map(({ pointer, message }) => `${pointer}: ${message.vi} / ${message.en}`)
      .join('\n');
  }
  if (error instanceof NotAllowedNow) return `${error.reason.vi} / ${error.reason.en}`;
  return error instanceof CannotAsk ? error.message : error;
}

try {
  await main();
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
