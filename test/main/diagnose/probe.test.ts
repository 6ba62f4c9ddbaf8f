import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hostFetch } from '../../../main/hosts/browser/network.ts';
import { probeHub } from '../../../main/services/diagnose/probe-hub.ts';
import { systemClock } from '../../../main/services/node-system.ts';
import { type HubFacts, hubFacts } from '../../../shared/diagnose/facts.ts';
import { proxyOfAnswer, withPlace } from '../../../shared/diagnose/proxy.ts';
import { testAuthority } from '../support/certificates.ts';
import { tlsHub } from '../support/tls-hub.ts';
import { freePort } from '../../../hub/db/free-port.ts';

const authority = testAuthority();
const DAY_MS = 86_400_000;

async function probe(
  address: string,
  options: {
    readonly authorities?: readonly string[];
    readonly ahead?: number;
    readonly limitMs?: number;
  } = {},
): Promise<HubFacts> {
  const { authorities = [], ahead = 0, limitMs = 5_000 } = options;
  const found = await probeHub({
    url: new URL(address),
    fetch: hostFetch({ proxy: { kind: 'direct' }, authorities, variables: {} }),
    proxy: { kind: 'none' },
    authorities,
    clock: { now: () => systemClock.now() + ahead },
    limitMs,
  });
  return hubFacts.parse(found);
}

/** A real server on this computer, until the test is over. */
async function serve(body: string, status = 200): Promise<string> {
  const server = createServer((_request, response) => void response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the way to the hub, step by step', () => {
  test('a hub behind a certificate of an own authority: every step well, and the chain with its days', async () => {
    const hub = await tlsHub(authority.issue(['127.0.0.1'], new Date(Date.now() + 10.5 * DAY_MS)));
    const facts = await probe(`https://127.0.0.1:${hub.port}`, { authorities: [authority.cert] });
    for (const step of ['dns', 'tcp', 'tls', 'http'] as const) expect(facts[step].outcome, step).toBe('well');
    expect(facts).toMatchObject({ isHub: true, status: 200, isHere: true, tlsVersion: 'TLSv1.3' });
    expect(facts.certificates[0]).toMatchObject({ issuer: 'Wexshire test authority', daysLeft: 10 });
  });

  test.each([
    ['of an authority that is not trusted', ['127.0.0.1'], undefined, [], 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['out of date', ['127.0.0.1'], -2, [authority.cert], 'CERT_HAS_EXPIRED'],
    ['for another name', ['hub.example.test'], undefined, [authority.cert], 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])(
    'a certificate %s: TLS says why, and HTTP sends nothing',
    async (_what, names, days, authorities, cause) => {
      const until = days === undefined ? undefined : new Date(Date.now() + (days + 0.5) * DAY_MS);
      const hub = await tlsHub(authority.issue(names, until));
      const facts = await probe(`https://127.0.0.1:${hub.port}`, { authorities });
      expect(facts.tls).toMatchObject({ outcome: 'failed', cause });
      expect(facts.http).toMatchObject({ outcome: 'failed', cause });
      expect(facts.isHub).toBe(false);
      expect(hub.asked).toEqual([]);
      if (days !== undefined) expect(facts.certificates[0]?.daysLeft).toBe(days);
    },
  );

  test('TLS 1.1 alone is not agreed to', async () => {
    const hub = await tlsHub(authority.issue(['127.0.0.1']), { only: 'TLSv1.1' });
    const facts = await probe(`https://127.0.0.1:${hub.port}`, { authorities: [authority.cert] });
    expect(facts.tls.outcome).toBe('failed');
    expect(facts.certificates).toEqual([]);
  });

  test('a hub that is stopped', async () => {
    const facts = await probe(`http://127.0.0.1:${await freePort()}`);
    expect(facts.tcp).toMatchObject({ outcome: 'failed', cause: 'ECONNREFUSED' });
    expect(facts.http).toMatchObject({ outcome: 'failed', cause: 'ECONNREFUSED' });
    expect(facts.tls.outcome).toBe('notTried');
  });

  test('a name that nobody knows', async () => {
    const facts = await probe('https://hub.wexshire.invalid', { limitMs: 3_000 });
    expect(facts.dns.outcome).not.toBe('well');
    expect(facts.tcp.outcome).toBe('notTried');
  });

  test('something that takes the line and says nothing: each step ends in its time', async () => {
    const server = createTcp(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const facts = await probe(`https://${address}`, { limitMs: 200 });
    expect(facts.tcp.outcome).toBe('well');
    expect(facts.tls.outcome).toBe('tooLong');
    expect(facts.http.outcome).toBe('tooLong');
  });

  test.each([
    ['<h1>Sign in, Priya Raman</h1>', 200],
    ['{"live":true,"who":"Priya Raman"}', 200],
    ['{"live":true}', 503],
  ])('something that answers %s (%i) is no hub, and no word of it is taken', async (body, status) => {
    const facts = await probe(await serve(body, status));
    expect(facts).toMatchObject({ isHub: false, status });
    expect(JSON.stringify(facts)).not.toContain('Priya');
    expect(facts.clock).toBeUndefined();
  });

  test.each([-3_600_000, 0, 95_000])(
    'a clock that is %i ms ahead is said as exactly as HTTP allows',
    async (ahead) => {
      const { clock } = await probe(await serve('{"live":true}'), { ahead });
      expect(Math.abs((clock?.aheadMs ?? Infinity) - ahead)).toBeLessThanOrEqual((clock?.withinMs ?? 0) + 5);
    },
  );
});

test.each([
  ['DIRECT', { kind: 'none' }],
  ['PROXY proxy.wexshire.test:8080; DIRECT', { kind: 'http', at: 'proxy.wexshire.test:8080' }],
  ['HTTPS proxy.wexshire.test:443', { kind: 'http', at: 'proxy.wexshire.test:443' }],
  ['SOCKS5 10.0.0.1:1080', { kind: 'socks', at: '10.0.0.1:1080' }],
  ['PROXY priya:secret@proxy:1', { kind: 'http' }],
  ['', { kind: 'unknown' }],
])('of the answer %j about a proxy', (answer, expected) => {
  expect(proxyOfAnswer(answer)).toEqual(expected);
  expect(withPlace('http', 'priya:secret@proxy')).toEqual({ kind: 'http' });
});
