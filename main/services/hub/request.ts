import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { type z } from 'zod';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { problemOf } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { CODES, refusal } from '../../../shared/sync/protocol.ts';
import { type Clock, type UtcMs } from '../../../shared/time.ts';
import { jsonOf } from '../../../shared/json.ts';
import { type Fetch } from '../../ports/host.ts';
import { fault } from '../faults.ts';
import { troubleOf } from '../network/trouble.ts';
import { type Sign } from './reach.ts';
import { retryAfterMs } from './retry-after.ts';

/** A hub that hangs would hang us for ever: nothing waits longer than this. */
export const REQUEST_TIMEOUT_MS = 10_000;

export interface HubRequest<T> {
  readonly method: 'GET' | 'POST';
  /** Below the hub's address, starting with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, gzipped when that is worth it. */
  readonly body?: unknown;
  readonly answer: z.ZodType<T>;
  /** A 304 is an answer: nothing, which `answer` must take. */
  readonly isUnchangedKnown?: true;
}

/** What came of one request. */
export interface HubAnswer<T> {
  readonly sign: Sign;
  /** The hub's own code for why it refused, when it gave one. */
  readonly problemCode?: string;
  /** The hub's time, when it refused because of ours. */
  readonly hubTime?: UtcMs;
  readonly result: Result<T, Fault>;
}

export interface HubWire {
  readonly url: URL;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}

/**
 * Sends one request once. Never rejects. Faults: hub.away (its `field` is the `TroubleKind`), hub.busy, hub.badAnswer, hub.refused, and those of
 * `REFUSALS` for a desk that must be enrolled.
 */
export async function askHub<T>(wire: HubWire, request: HubRequest<T>): Promise<HubAnswer<T>> {
  let response: Response;
  let text: string;
  try {
    response = await wire.fetch(
      new URL(`.${request.path}`, withSlash(wire.url)).href,
      await initOf(wire, request),
    );
    text = await response.text();
  } catch (error) {
    const { kind, words: why } = troubleOf(error, 'the hub');
    return { sign: { answered: false, why }, result: err(fault('hub.away', kind, why)) };
  }
  const { status } = response;
  const body = jsonOf(text);
  if (status === 429 || status === 503) {
    const wait = retryAfterMs(response.headers.get('retry-after'), wire.clock.now());
    const busy = fault('hub.busy', '(whole)', 'the hub is busy and asks us to wait');
    return { sign: ANSWERED, result: err(wait === undefined ? busy : { ...busy, retryAfterMs: wait }) };
  }
  if (status >= 500) {
    const why = `the hub answered with an error (${status})`;
    return { sign: { answered: false, why }, result: err(fault('hub.away', '(whole)', why)) };
  }
  const isUnchanged = status === 304 && request.isUnchangedKnown === true;
  if (!isUnchanged && (status < 200 || status >= 300)) return refusedBy(status, body);
  const parsed = request.answer.safeParse(body);
  const result = parsed.success ? ok(parsed.data) : err(problemOf('hub.badAnswer', parsed.error));
  return { sign: ANSWERED, result };
}

/** Characters of JSON from which a body is gzipped: about what fits one packet of an Ethernet line. */
const GZIP_FROM = 1_400;

const ANSWERED: Sign = { answered: true };
const zip = promisify(gzip);
/** The quickest level: half the time of the usual one, for a body that is a little larger. */
const QUICK = { level: constants.Z_BEST_SPEED };

/** Without the slash the last part of a hub's path prefix would be replaced, not extended. */
const withSlash = (url: URL): string => (url.href.endsWith('/') ? url.href : `${url.href}/`);

async function initOf(wire: HubWire, { method, headers, body }: HubRequest<unknown>): Promise<RequestInit> {
  const accept = { accept: 'application/json', ...headers };
  const init: RequestInit = {
    method,
    headers: accept,
    // A redirect would take the assertion and the events to another address.
    redirect: 'error',
    signal: AbortSignal.timeout(wire.timeoutMs ?? REQUEST_TIMEOUT_MS),
  };
  if (body === undefined) return init;
  const text = JSON.stringify(body);
  const json = { ...accept, 'content-type': 'application/json' };
  // A small body is one packet either way: packing it would only cost time.
  if (text.length < GZIP_FROM) return { ...init, headers: json, body: text };
  return { ...init, headers: { ...json, 'content-encoding': 'gzip' }, body: await zip(text, QUICK) };
}

/** Refusals with a way out of their own. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  [CODES.unknownDesk, 'hub.notEnrolled'],
  [CODES.revoked, 'hub.revoked'],
  [CODES.enrolmentExpired, 'hub.enrolmentEnded'],
  [CODES.leaseHeld, 'lease.held'],
  [CODES.leaseLost, 'lease.lost'],
  [CODES.leaseNeeded, 'lease.needed'],
  [CODES.personExpired, 'person.needed'],
  [CODES.personNeeded, 'person.needed'],
  [CODES.stepUpNeeded, 'person.stepUpNeeded'],
  [CODES.roleNeeded, 'person.roleNeeded'],
]);

/** The hub's own words where it gave them: its Problem says what to mend. */
function refusedBy(status: number, body: unknown): HubAnswer<never> {
  const parsed = refusal.safeParse(body);
  if (!parsed.success) {
    const unsaid = fault('hub.refused', '(whole)', `the hub refused (${status}) without saying why`);
    return { sign: ANSWERED, result: err(unsaid) };
  }
  const { code, field, message } = parsed.data.error;
  const refused = fault(REFUSALS.get(code) ?? 'hub.refused', field, `${message} (${code})`);
  const { hubTime } = parsed.data;
  return {
    sign: ANSWERED,
    problemCode: code,
    ...(hubTime === undefined ? {} : { hubTime }),
    result: err(refused),
  };
}
