import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates, type TLSSocket } from 'node:tls';
import { z } from 'zod';
import {
  type Certificate,
  type HubFacts,
  type ProxyFact,
  type Step,
  tlsVersion,
} from '../../../shared/diagnose/facts.ts';
import { causeOf } from '../../../shared/log/cause.ts';
import { type Clock, utcMs } from '../../../shared/time.ts';
import { jsonOf } from '../../../shared/json.ts';
import { type Fetch } from '../../ports/host.ts';
import { chainOf } from './certificates.ts';
import { attempt, NOT_TRIED } from './attempt.ts';

export interface HubProbe {
  readonly url: URL;
  /** The way the desk itself asks. */
  readonly fetch: Fetch;
  readonly proxy: ProxyFact;
  /** The organisation's own authorities, PEM. */
  readonly authorities: readonly string[];
  readonly clock: Clock;
  /** The most that each step may take (ms). */
  readonly limitMs: number;
}

type Reach = Pick<HubFacts, 'dns' | 'tcp' | 'tls' | 'certificates' | 'tlsVersion'>;
type Answer = Pick<HubFacts, 'http' | 'status' | 'isHub' | 'clock'>;

/**
 * Asks for the hub in four steps, each with its own end: name, address, TLS, HTTP. The first three go straight and send
 * nothing; HTTP goes as the desk goes and asks whether the hub is up. Never rejects.
 */
export async function probeHub(probe: HubProbe): Promise<HubFacts> {
  const { url, proxy } = probe;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const [reach, answer] = await Promise.all([reachOf(probe, host), ask(probe)]);
  return {
    scheme: url.protocol === 'https:' ? 'https' : 'http',
    port: portOf(url),
    isHere: host === 'localhost' || host === '::1' || host.startsWith('127.'),
    proxy,
    ...reach,
    ...answer,
  };
}

const portOf = ({ port, protocol }: URL): number =>
  port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);

async function reachOf({ url, authorities, limitMs, clock }: HubProbe, host: string): Promise<Reach> {
  const dns = await attempt(limitMs, () => lookup(host, { all: true }));
  if (dns.step.outcome !== 'well') return { dns: dns.step, tcp: NOT_TRIED, tls: NOT_TRIED, certificates: [] };
  const tcp = await attempt(limitMs, (ended) => openSocket(host, portOf(url), ended));
  tcp.value?.destroy();
  if (tcp.step.outcome !== 'well' || url.protocol !== 'https:')
    return { dns: dns.step, tcp: tcp.step, tls: NOT_TRIED, certificates: [] };
  const tls = await attempt(limitMs, (ended) => openTls(host, portOf(url), authorities, ended));
  const socket = tls.value;
  if (socket === undefined) return { dns: dns.step, tcp: tcp.step, tls: tls.step, certificates: [] };
  const certificates: Certificate[] = chainOf(socket.getPeerX509Certificate(), clock.now());
  const { data: version } = tlsVersion.safeParse(socket.getProtocol());
  const refused = socket.authorized ? undefined : causeOf(verdict(socket));
  socket.destroy();
  const step: Step = refused === undefined ? tls.step : { ...tls.step, outcome: 'failed', cause: refused };
  return {
    dns: dns.step,
    tcp: tcp.step,
    tls: step,
    certificates,
    ...(version === undefined ? {} : { tlsVersion: version }),
  };
}

/** Node keeps the verdict as a code, although its type says an error. */
const verdict = ({ authorizationError }: TLSSocket): unknown =>
  typeof authorizationError === 'string'
    ? Object.assign(new Error('refused'), { code: authorizationError })
    : authorizationError;

function openSocket(host: string, port: number, ended: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port });
    ended.addEventListener('abort', () => socket.destroy());
    socket.once('connect', () => resolve(socket));
    socket.on('error', reject);
  });
}

/** Looks at the certificate whatever it is worth: nothing is sent over this line. */
function openTls(
  host: string,
  port: number,
  authorities: readonly string[],
  ended: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ca: [...getCACertificates('default'), ...getCACertificates('system'), ...authorities],
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
    });
    ended.addEventListener('abort', () => socket.destroy());
    socket.once('secureConnect', () => resolve(socket));
    socket.on('error', reject);
  });
}

const live = z.strictObject({ live: z.literal(true) });

async function ask({ url, fetch, clock, limitMs }: HubProbe): Promise<Answer> {
  const address = new URL(`${url.href.replace(/\/$/, '')}/v1/health/live`).href;
  const from = clock.now();
  const { step, value } = await attempt(limitMs, async (ended) => {
    const response = await fetch(address, { method: 'GET', redirect: 'error', signal: ended });
    const until = clock.now();
    // What does not end, or is no answer of a hub, is not read through.
    return { response, until, text: (await response.text()).slice(0, 1_000) };
  });
  if (value === undefined) return { http: step, isHub: false };
  const { response, until, text } = value;
  const isHub = response.status === 200 && live.safeParse(jsonOf(text)).success;
  const off = clockOf(response.headers.get('date'), from, until);
  return {
    http: step,
    status: response.status,
    isHub,
    ...(isHub && off !== undefined ? { clock: off } : {}),
  };
}

/** HTTP's date is cut to the second: the hub's clock showed half a second more, give or take that and half the way. */
function clockOf(date: string | null, from: number, until: number): HubFacts['clock'] | undefined {
  const said = date === null ? Number.NaN : Date.parse(date);
  if (!utcMs.safeParse(said).success) return undefined;
  return {
    aheadMs: Math.round((from + until) / 2 - (said + 500)),
    withinMs: Math.round(500 + (until - from) / 2),
  };
}
