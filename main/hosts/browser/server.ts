import { existsSync } from 'node:fs';
import { join } from 'node:path';
import cookiePlugin from '@fastify/cookie';
import staticPlugin from '@fastify/static';
import websocketPlugin, { type WebSocket } from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type Transport } from '../../../shared/bridge/transport.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Clock, type Timers } from '../../../shared/time.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { refuse } from '../../services/faults.ts';
import { type Door, guardAll, originOf, sendPage } from './gate.ts';
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
  /** The trainer's console, in the training world alone: a page and a bridge of its own, and its own address. */
  readonly trainer?: Pick<BrowserServerOptions, 'connect' | 'gone'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly pingMs?: number;
  readonly goneMs?: number;
  /** How long a sender may take over a request, in ms. */
  readonly patienceMs?: number;
}

/** Of this PC, where nothing is slow: whoever takes longer over a request is cut off. */
const PATIENCE_MS = 5_000;
const MAX_HEADER_BYTES = 16 * 1024;

export interface BrowserServer {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** An address that lets one browser in, once. It replaces the one before. */
  freshAddress(): string;
  /** The same for the trainer's console. */
  freshTrainerAddress(): string;
  close(): Promise<void>;
}

/**
 * Serves the built window and its bridge on 127.0.0.1 and nowhere else. Fault `desk.portTaken`: another port is
 * never taken instead, because the window's database belongs to this address.
 */
export async function startBrowserServer(
  options: BrowserServerOptions,
): Promise<Result<BrowserServer, Fault>> {
  const { patienceMs = PATIENCE_MS } = options;
  const app = Fastify({
    forceCloseConnections: true,
    requestTimeout: patienceMs,
    http: {
      headersTimeout: patienceMs,
      connectionsCheckingInterval: Math.ceil(patienceMs / 5),
      maxHeaderSize: MAX_HEADER_BYTES,
    },
  });
  const desk = openDoor(options, app, { page: '/', bridge: '/bridge', name: 'desk', ...options });
  const { trainer } = options;
  const consoleDoor =
    trainer === undefined ? undefined : openDoor(options, app, { ...TRAINER_DOOR, ...trainer });
  const doors = [desk, ...(consoleDoor === undefined ? [] : [consoleDoor])];
  await app.register(cookiePlugin);
  await app.register(websocketPlugin, { options: { maxPayload: MAX_FRAME_BYTES } });
  guardAll(app, { ...options, doors });
  for (const door of doors) app.get(door.bridge, { websocket: true }, (socket) => door.serve(socket));
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
    freshAddress: () => desk.freshAddress(),
    freshTrainerAddress: () => consoleDoor?.freshAddress() ?? '',
    async close() {
      for (const door of doors) door.close();
      await app.close();
    },
  });
}

const TRAINER_DOOR = { page: '/trainer.html', bridge: '/bridge/trainer', name: 'trainer' };

interface OpenDoor extends Door {
  freshAddress(): string;
  serve(socket: WebSocket): Promise<void>;
  close(): void;
}

/** A door lets one window in at a time, each time by an address that works once. */
function openDoor(
  options: BrowserServerOptions,
  app: FastifyInstance,
  what: Pick<Door, 'page' | 'bridge'> &
    Pick<BrowserServerOptions, 'connect' | 'gone'> & { readonly name: string },
): OpenDoor {
  const token = oneTimeToken();
  const freshAddress = (): string => `${originOf(app)}${what.page}?token=${token.fresh()}`;
  const client = singleClient({
    timers: options.timers,
    gone: () => what.gone(freshAddress()),
    ...(options.pingMs === undefined ? {} : { pingMs: options.pingMs }),
    ...(options.goneMs === undefined ? {} : { goneMs: options.goneMs }),
  });
  return {
    page: what.page,
    bridge: what.bridge,
    cookie: (port) => `lantern-${what.name}-${port}`,
    useToken: (given) => token.use(given),
    freshAddress,
    close: () => client.close(),
    async serve(socket) {
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
      if (admitted) what.connect(socketTransport(socket, options.log));
    },
  };
}

/** Vite names its assets by their content, so those may be kept; the page itself never is. */
function cacheBy(reply: FastifyReply, path: string): void {
  const isNamedByContent = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+$/.test(path);
  reply.header('cache-control', isNamedByContent ? 'private, max-age=31536000, immutable' : 'no-store');
}
