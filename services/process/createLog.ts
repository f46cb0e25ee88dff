import pino, { type Logger } from 'pino';

/** JSON lines on stdout; cookies, tokens and passwords never in them. */
export function createLog(level: string): Logger {
  return pino({
    level,
    redact: ['req.headers.cookie', 'req.headers.authorization', 'password', '*.password'],
  });
}
