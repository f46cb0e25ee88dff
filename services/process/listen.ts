import type { Express } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Listening {
  port: number;
  /** Takes no more requests, answers those under way for at most `DRAIN_MS`, then closes every connection. */
  close(): Promise<void>;
}

/** Nobody can be served at HOST and PORT; the message is for the operator. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  constructor(port: number, host: string, cause: NodeJS.ErrnoException) {
    const [vi, en] =
      cause.code === 'EADDRINUSE'
        ? [
            `Cổng ${port} đã có chương trình khác dùng. Hãy dừng chương trình đó, hoặc đặt PORT khác.`,
            `Port ${port} is taken by another program. Stop that program, or set another PORT.`,
          ]
        : [
            `Không phục vụ được ở ${host}, cổng ${port} (HOST, PORT).`,
            `Cannot listen on ${host}, port ${port} (HOST, PORT): ${cause.message}`,
          ];
    super(`${vi}\n${en}`, { cause });
  }
}

const DRAIN_MS = 5_000;

/** Serves the app. Throws CannotListen, for example when the address is taken. */
export function listen(app: Express, port: number, host: string): Promise<Listening> {
  const server = createServer(app);
  const closeQuiet = followConnections(server);
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new CannotListen(port, host, error));
    });
    server.listen(port, host, () => {
      resolve({ port: (server.address() as AddressInfo).port, close: () => close(server, closeQuiet) });
    });
  });
}

async function close(server: Server, closeQuiet: () => void): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  closeQuiet();
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await closed;
  clearTimeout(late);
}

/**
 * Knows which connections have a request under way. Node counts one that never sent anything as busy, and browsers
 * open such ones in advance: waiting for them would keep us from ending. Answers what closes all quiet ones, now and
 * as they become quiet.
 */
function followConnections(server: Server): () => void {
  const underWay = new Map<Socket, number>();
  let closing = false;
  const closeIfQuiet = (socket: Socket) => {
    if (closing && (underWay.get(socket) ?? 0) === 0) socket.destroySoon();
  };
  server.on('connection', (socket) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once('close', () => {
      if (!underWay.has(socket)) return;
      underWay.set(socket, (underWay.get(socket) ?? 1) - 1);
      closeIfQuiet(socket);
    });
  });
  return () => {
    closing = true;
    for (const socket of underWay.keys()) closeIfQuiet(socket);
  };
}
