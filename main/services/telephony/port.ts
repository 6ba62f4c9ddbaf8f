import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type CallOffer } from '../../../shared/bridge/contract.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { parseTelephonyOffer } from '../../../shared/bridge/telephony.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Clock } from '../../../shared/time.ts';
import { jsonOf } from '../../../shared/json.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { refuse } from '../faults.ts';

export interface TelephonyPort {
  readonly port: number;
  close(): Promise<void>;
}

export interface TelephonyPortOptions {
  /** 0 takes any free port: for tests. */
  readonly port: number;
  /** The profile folder: the token is `telephony.token` in it. */
  readonly folder: string;
  readonly offer: (offer: CallOffer) => void;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
}

const MAX_BODY = 1_024;
/** More calls than this in a minute are not calls. */
const MAX_A_MINUTE = 20;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Where a telephone system on this PC says that a call is there: `POST /v1/calls` on 127.0.0.1 with the token of a file
 * that only this user may read. It offers a call and nothing else; README.md here is what its maker needs.
 * Fault `telephony.cannotListen`: the desk goes on without it.
 */
export async function openTelephonyPort(
  options: TelephonyPortOptions,
): Promise<Result<TelephonyPort, Fault>> {
  const { folder, disk, log } = options;
  const expected = digest(`Bearer ${await tokenOf(join(folder, 'telephony.token'), disk)}`);
  const server = createServer({
    headersTimeout: 5_000,
    requestTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
  });
  server.maxConnections = 8;
  const recent: number[] = [];

  const isTooOften = (): boolean => {
    const now = options.clock.now();
    while ((recent[0] ?? now) <= now - 60_000) recent.shift();
    recent.push(now);
    return recent.length > MAX_A_MINUTE;
  };

  async function answer(request: IncomingMessage, origin: string): Promise<number> {
    const { method, url, headers } = request;
    // Host against DNS rebinding; a browser's page always says its Origin, and a telephone system is no page.
    if (`http://${headers.host ?? ''}` !== origin) return 421;
    if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return 403;
    if (url !== '/v1/calls') return 404;
    if (method !== 'POST') return 405;
    if (!timingSafeEqual(digest(headers.authorization ?? ''), expected)) return 401;
    if (headers['content-type']?.split(';')[0]?.trim() !== 'application/json') return 415;
    if (isTooOften()) return 429;
    const text = await bodyOf(request);
    if (text === undefined) return 413;
    const offer = parseTelephonyOffer(jsonOf(text));
    if (!offer.ok) {
      log.warn(offer.error);
      return 400;
    }
    options.offer(offer.value);
    return 202;
  }

  server.on('request', (request, response) => {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    answer(request, origin).then(
      (status) => send(response, status),
      (error: unknown) => {
        log.warn({ code: 'telephony.broken', message: 'a request broke off', cause: causeOf(error) });
        response.destroy();
      },
    );
  });
  if (!(await listen(server, options.port)))
    return refuse('telephony.cannotListen', 'telephonyPort', `${options.port} is taken by another program`);
  return ok({
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Of equal length whatever was given. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Made at the first start and kept, so that the telephone system is set up once. The disk makes it 0600. */
async function tokenOf(path: string, disk: Disk): Promise<string> {
  const kept = Buffer.from((await disk.read(path)) ?? [])
    .toString('utf8')
    .trim();
  if (TOKEN.test(kept)) return kept;
  const token = randomBytes(32).toString('base64url');
  await disk.replace(path, Buffer.from(`${token}\n`));
  return token;
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number): void {
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', connection: 'close' };
  response.writeHead(status, headers).end();
}

function listen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
}
