import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type BrowserServer, startBrowserServer } from '../../../main/hosts/browser/server.ts';
import { systemClock, systemTimers } from '../../../main/services/node-system.ts';
import { type Transport } from '../../../shared/bridge/transport.ts';
import { must } from './journals.ts';
import { recordLog, type RecordedLog } from './logs.ts';
import { tempFolder } from './temp-folder.ts';

export interface BrowserDesk extends BrowserServer {
  readonly log: RecordedLog;
  /** Addresses printed after the window had gone. */
  readonly printed: string[];
}

export interface BrowserDeskOptions {
  readonly connect?: (transport: Transport) => void;
  readonly secret?: Uint8Array;
  readonly renderer?: string;
  readonly port?: number;
  readonly pingMs?: number;
  readonly goneMs?: number;
  readonly patienceMs?: number;
}

/** The real browser host's server on a free port, with a small folder of static files for a window. */
export async function browserDesk(options: BrowserDeskOptions = {}): Promise<BrowserDesk> {
  const log = recordLog();
  const printed: string[] = [];
  const { port = 0, secret = new Uint8Array(32), connect = () => undefined, ...rest } = options;
  const server = await must(
    startBrowserServer({
      ...rest,
      port,
      secret,
      connect,
      renderer: options.renderer ?? (await smallWindow()),
      gone: (address) => printed.push(address),
      clock: systemClock,
      timers: systemTimers,
      log,
    }),
  );
  onTestFinished(() => server.close());
  return { ...server, log, printed };
}

/** A built window of three files, with a secret beside it. */
export async function smallWindow(): Promise<string> {
  const folder = await tempFolder();
  const renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>Lantern</title>');
  await writeFile(join(renderer, 'assets/index-a1b2c3d4.js'), 'export {};');
  await writeFile(join(renderer, '.env'), 'a secret');
  await writeFile(join(folder, 'secret.key'), 'a secret');
  return renderer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A raw request: the path goes out as written, and any header can be forged. */
export function ask(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    asking.on('error', reject);
    asking.end();
  });
}

/** Opens the desk as a browser does: the printed address, then the cookie it gave. */
export async function letIn(desk: BrowserServer): Promise<string> {
  const { search } = new URL(desk.freshAddress());
  const answer = await ask(desk.origin, `/${search}`);
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export interface Client {
  readonly socket: WebSocket;
  /** Resolves when the socket is open, or with the status the upgrade was refused with. */
  readonly opened: Promise<number>;
  readonly closed: Promise<Closed>;
}

/** A WebSocket to the bridge, as the window opens it. */
export function openSocket(
  desk: BrowserServer,
  cookie: string,
  headers: Record<string, string> = {},
): Client {
  const address = `${desk.origin.replace('http', 'ws')}/bridge`;
  const socket = new WebSocket(address, { headers: { origin: desk.origin, cookie, ...headers } });
  const opened = new Promise<number>((resolve, reject) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
  const closed = new Promise<Closed>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  onTestFinished(() => socket.terminate());
  return { socket, opened, closed };
}
