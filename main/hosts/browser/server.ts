import { existsSync } from 'node:fs';
import { join } from 'node:path';
import cookiePlugin from '@fastify/cookie';
import staticPlugin from '@fastify/static';
import websocketPlugin from '@fastify/websocket';
import Fastify, { type FastifyReply } from 'fastify';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type Transport } from '../../../shared/bridge/transport.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Clock, type Timers } from '../../../shared/time.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { refuse } from '../../services/faults.ts';
import { guardAll, originOf, sendPage } from './gate.ts';
import { oneTimeToken } from './one-time-token.ts';
import { notBuiltPage, refusedPage } from './pages.ts';
import { singleClient } from './single-client.ts';
import { MAX_FRAME_BYTES, socketTransport } from './transport.ts';

export interface BrowserServerOptions {
  /** 0 takes any free port: for tests. */
  readonly port: number;
  /** The folder of the built window. */
  readonly renderer: string;
  /** Signs the session cookie. */
  readonly secret: Uint8Array;
  /** Called with each window that is let in. */
  readonly connect: (transport: Transport) => void;
  /** Called when the window has been gone for a few seconds, with an address that opens the desk again. */
  readonly gone: (address: string) => void;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly pingMs?: number;
  readonly goneMs?: number;
}

export interface BrowserServer {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** An address that lets one browser in, once. It replaces the one before. */
  freshAddress(): string;
  close(): Promise<void>;
}

/**
 * Serves the built window and its bridge on 127.0.0.1 and nowhere else. Fault `desk.portTaken`: another port is
 * never taken instead, because the window's database belongs to this address.
 */
export async function startBrowserServer(
  options: BrowserServerOptions,
): Promise<Result<BrowserServer, Fault>> {
  const app = Fastify({ forceCloseConnections: true, requestTimeout: 10_000 });
  const token = oneTimeToken();
  const freshAddress = (): string => `${originOf(app)}/?token=${token.fresh()}`;
  const client = singleClient({
    timers: options.timers,
    gone: () => options.gone(freshAddress()),
    ...(options.pingMs === undefined ? {} : { pingMs: options.pingMs }),
    ...(options.goneMs === undefined ? {} : { goneMs: options.goneMs }),
  });
  await app.register(cookiePlugin);
  await app.register(websocketPlugin, { options: { maxPayload: MAX_FRAME_BYTES } });
  guardAll(app, { ...options, useToken: (given) => token.use(given) });

  app.get('/bridge', { websocket: true }, async (socket) => {
    socket.on('error', (error) => {
      options.log.warn({
        code: 'bridge.socketError',
        message: 'a window’s socket failed',
        cause: causeOf(error),
      });
    });
    // Messages that come before the window is admitted wait in the socket, not in us.
    socket.pause();
    const admitted = await client.admit(socket);
    socket.resume();
    if (admitted) options.connect(socketTransport(socket, options.log));
  });
  app.get('/bridge/', (_request, reply) => sendPage(reply, 403, refusedPage));
  if (existsSync(join(options.renderer, 'index.html'))) {
    await app.register(staticPlugin, { root: options.renderer, dotfiles: 'deny', setHeaders: cacheBy });
  } else {
    app.get('/', (_request, reply) => sendPage(reply, 503, notBuiltPage));
  }

  try {
    await app.listen({ host: '127.0.0.1', port: options.port });
  } catch (error) {
    await app.close();
    if (causeOf(error) !== 'EADDRINUSE')
      return refuse('desk.cannotListen', 'LANTERN_DESK_PORT', causeOf(error));
    const message = `${options.port} is taken by another program: close it, or start with another port`;
    return refuse('desk.portTaken', 'LANTERN_DESK_PORT', message);
  }
  return ok({
    origin: originOf(app),
    freshAddress,
    async close() {
      client.close();
      await app.close();
    },
  });
}

/** Vite names its assets by their content, so those may be kept; the page itself never is. */
function cacheBy(reply: FastifyReply, path: string): void {
  const isNamedByContent = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+$/.test(path);
  reply.header('cache-control', isNamedByContent ? 'private, max-age=31536000, immutable' : 'no-store');
}
