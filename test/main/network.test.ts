import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hostFetch, type NetworkOptions } from '../../main/hosts/browser/network.ts';
import { askHub } from '../../main/services/hub/request.ts';
import { issuerClient } from '../../main/services/identity/issuer-client.ts';
import { doorFault } from '../../renderer/screens/leave/door-words.ts';
import { onlyTo } from '../../main/services/hub/only-to.ts';
import { configuredAuthorities } from '../../main/services/network/authorities.ts';
import { readProxy, wayTo } from '../../main/services/network/proxy.ts';
import { troubleOf } from '../../main/services/network/trouble.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { systemClock } from '../../main/services/node-system.ts';
import { proxySetting } from '../../shared/policy/values.ts';
import { testAuthority } from './support/certificates.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';
import { smallProxy, tlsHub } from './support/tls-hub.ts';

const HUB = 'hub.wexshire.test';
const authority = testAuthority();
const stranger = testAuthority('Somebody else');
const NOBODY: NetworkOptions = { proxy: { kind: 'direct' }, authorities: [], variables: {} };

/** One request as the desk makes it: the host's fetch, behind the one allowed origin. */
async function askAt(address: string, options: Partial<NetworkOptions> = {}) {
  const url = new URL(address);
  const fetch = onlyTo([url.origin], hostFetch({ ...NOBODY, ...options }));
  const wire = { url, fetch, clock: systemClock, timeoutMs: 5_000 };
  const answer = z.object({ live: z.literal(true) });
  return (await askHub(wire, { method: 'GET', path: '/v1/health/live', answer })).result;
}
const away = (field: string, words: string): object => ({
  ok: false,
  error: { code: 'hub.away', field, message: expect.stringContaining(words) },
});

describe('a hub with a certificate of the organisation’s own authority', () => {
  test('is trusted with the policy’s file, and not without', async () => {
    const hub = await tlsHub(authority.issue(['127.0.0.1']));
    const address = `https://127.0.0.1:${hub.port}`;
    expect(await askAt(address)).toMatchObject(away('certificate', 'does not trust'));
    expect(await askAt(address, { authorities: [stranger.cert] })).toMatchObject(
      away('certificate', 'does not trust'),
    );
    expect(hub.asked).toEqual([]);
    expect(await askAt(address, { authorities: [authority.cert] })).toEqual({
      ok: true,
      value: { live: true },
    });
    expect(hub.asked).toEqual(['GET /v1/health/live']);
  });

  test('the file is read whole; one that cannot be used is said on screen, and trusts nobody', async () => {
    const folder = await tempFolder();
    const read = async (text: string | undefined) => {
      const path = join(folder, 'authorities.pem');
      if (text !== undefined) await writeFile(path, text);
      return configuredAuthorities(text === undefined ? join(folder, 'none') : path, nodeDisk, recordLog());
    };
    expect(await configuredAuthorities(undefined, nodeDisk, recordLog())).toEqual({
      certificates: [],
      notices: [],
    });
    const both = await read(`Our root\n${authority.cert}\nand another\n${stranger.cert}`);
    expect(both).toMatchObject({ notices: [], certificates: { length: 2 } });
    const notAuthority = authority.issue(['127.0.0.1']).cert;
    const broken = authority.cert.replace(/MII.{8}/, 'MIIAAAAAAAA');
    for (const text of [
      undefined,
      '',
      'no certificate',
      authority.key,
      notAuthority,
      broken,
      `${authority.cert}${notAuthority}`,
    ]) {
      const wrong = await read(text);
      expect(wrong.certificates).toEqual([]);
      expect(wrong.notices).toEqual([expect.stringContaining('The organisation’s certificate file')]);
    }
  });
});

describe('a hub that is not who it should be', () => {
  const trusting = { authorities: [authority.cert] };

  test.each([
    ['out of date', ['127.0.0.1'], new Date(Date.now() - 60_000), 'out of date'],
    ['for another name', ['hub.example.test'], undefined, 'another name'],
    ['for another address', ['127.0.0.2'], undefined, 'another name'],
    ['not valid yet', ['127.0.0.1'], new Date(Date.now() + 60 * 86_400_000), 'out of date'],
  ])('with a certificate that is %s gets nothing, and is said', async (_what, names, until, words) => {
    const hub = await tlsHub(authority.issue(names, until));
    expect(await askAt(`https://127.0.0.1:${hub.port}`, trusting)).toMatchObject(away('certificate', words));
    expect(hub.asked).toEqual([]);
  });

  test.each(['TLSv1', 'TLSv1.1'] as const)('and speaks %s alone gets nothing, and is said', async (only) => {
    const hub = await tlsHub(authority.issue(['127.0.0.1']), { only });
    expect(await askAt(`https://127.0.0.1:${hub.port}`, trusting)).toMatchObject(away('tls', '1.2 or newer'));
    expect(hub.asked).toEqual([]);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('but %s is good', async (only) => {
    const hub = await tlsHub(authority.issue(['127.0.0.1']), { only });
    expect(await askAt(`https://127.0.0.1:${hub.port}`, trusting)).toMatchObject({ ok: true });
  });

  test('is said at the door too, when it is the identity provider', async () => {
    const issuer = await tlsHub(authority.issue(['127.0.0.1'], new Date(Date.now() - 60_000)));
    const fetch = hostFetch({ ...NOBODY, ...trusting });
    const at = new URL(`https://127.0.0.1:${issuer.port}`);
    const client = issuerClient({ issuer: at, clientId: 'x', fetch, clock: systemClock });
    const ask = { redirect: 'http://127.0.0.1:1/callback', again: false, hint: undefined };
    const answer = await client.begin(ask);
    expect(answer).toMatchObject({ error: { code: 'session.issuerAway', field: 'issuer' } });
    const words = answer.ok ? '' : doorFault(answer.error);
    expect(words).toMatch(/^The identity provider shows a certificate that is out of date: .*passphrase/);
    expect(issuer.asked).toEqual([]);
  });

  test('and sends the desk to another origin is not followed', async () => {
    const certified = authority.issue(['127.0.0.1']);
    const elsewhere = await tlsHub(certified);
    const to = `https://127.0.0.1:${elsewhere.port}/v1/health/live`;
    const hub = await tlsHub(certified, { redirect: to });
    expect(await askAt(`https://127.0.0.1:${hub.port}`, trusting)).toMatchObject({ ok: false });
    expect(hub.asked).toHaveLength(1);
    expect(elsewhere.asked).toEqual([]);
  });
});

describe('a proxy', () => {
  const trusting = { authorities: [authority.cert] };

  test('of the policy is used for the hub, and sees its name and nothing of what is said', async () => {
    const hub = await tlsHub(authority.issue([HUB]));
    const proxy = await smallProxy(hub.port);
    const answer = await askAt(`https://${HUB}`, { ...trusting, proxy: readProxy(proxy.address) });
    expect(answer).toEqual({ ok: true, value: { live: true } });
    expect(proxy.asked).toEqual([{ to: `${HUB}:443`, authorization: undefined }]);
    // The name in the certificate is the hub's, not the proxy's.
    const wrong = await tlsHub(authority.issue(['proxy.wexshire.test']));
    const other = await smallProxy(wrong.port);
    expect(await askAt(`https://${HUB}`, { ...trusting, proxy: readProxy(other.address) })).toMatchObject(
      away('certificate', 'another name'),
    );
  });

  test('of the system is used as HTTPS_PROXY says, and not where NO_PROXY or the policy says so', async () => {
    const hub = await tlsHub(authority.issue([HUB]));
    const proxy = await smallProxy(hub.port);
    const variables = { HTTPS_PROXY: proxy.address };
    const system = readProxy('system');
    expect(await askAt(`https://${HUB}`, { ...trusting, proxy: system, variables })).toMatchObject({
      ok: true,
    });
    expect(proxy.asked).toHaveLength(1);
    await askAt(`https://${HUB}`, { proxy: system, variables: { ...variables, NO_PROXY: '.wexshire.test' } });
    await askAt(`https://${HUB}`, { proxy: readProxy('direct'), variables });
    expect(proxy.asked).toHaveLength(1);
  });

  test('that asks for a password is said in a plain sentence, and no password is tried', async () => {
    const proxy = await smallProxy(1, { password: true });
    const answer = await askAt(`https://${HUB}`, { proxy: readProxy(proxy.address) });
    expect(answer).toMatchObject(away('proxy', 'asks for a password'));
    expect(proxy.asked.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  test('that is not there, or cannot reach the hub, is said', async () => {
    expect(await askAt(`https://${HUB}`, { proxy: readProxy('http://127.0.0.1:1') })).toMatchObject(
      away('proxy', 'through the proxy'),
    );
  });

  test('in a PAC file is not gone around: this host sends nothing and says why', async () => {
    const proxy = readProxy('pac:http://pac.wexshire.test/proxy.pac');
    expect(await askAt(`https://${HUB}`, { proxy })).toMatchObject(away('proxy', 'PAC file'));
  });
});

const env = { https_proxy: 'proxy.test:3128', NO_PROXY: 'a.test, .b.test,c.test:8443 *.d.test' };
test.each([
  ['https://hub.test', 'system', {}, 'direct'],
  ['https://hub.test', 'system', env, 'http://proxy.test:3128'],
  ['https://hub.test', 'system', { ALL_PROXY: 'https://p.test' }, 'https://p.test'],
  ['https://hub.test', 'system', { HTTPS_PROXY: '' }, 'direct'],
  ['https://hub.test', 'system', { ...env, NO_PROXY: '*' }, 'direct'],
  ['https://a.test', 'system', env, 'direct'],
  ['https://x.a.test', 'system', env, 'direct'],
  ['https://aa.test', 'system', env, 'http://proxy.test:3128'],
  ['https://x.b.test', 'system', env, 'direct'],
  ['https://c.test', 'system', env, 'http://proxy.test:3128'],
  ['https://c.test:8443', 'system', env, 'direct'],
  ['https://x.d.test', 'system', env, 'direct'],
  ['http://127.0.0.1:7110', 'http://p.test:1', env, 'direct'],
  ['http://[::1]:7110', 'system', env, 'direct'],
  ['http://localhost:7110', 'pac:https://p.test/x.pac', env, 'direct'],
  ['https://127.0.0.1.evil.test', 'http://p.test:1', {}, 'http://p.test:1'],
  ['https://hub.test', 'http://p.test:1', { NO_PROXY: '*' }, 'http://p.test:1'],
])('to %s with %s and %j the way is %s', (address, setting, variables, way) => {
  const found = wayTo(new URL(address), readProxy(setting), variables);
  expect(found.kind === 'proxy' ? found.address : found.kind).toBe(way);
});

test.each([
  'http://user:secret@proxy.test:8080',
  'http://proxy.test/path',
  'socks5://proxy.test',
  'pac:file:///etc/proxy.pac',
  'pac:data:text/plain,x',
  'pac:https://p.test/x.pac?user=1',
  '',
  'none',
])('%j is no proxy setting', (text) => {
  expect(proxySetting.safeParse(text).success).toBe(false);
});

test.each([
  ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate'],
  ['net::ERR_CERT_DATE_INVALID', 'certificate'],
  ['net::ERR_CERT_COMMON_NAME_INVALID', 'certificate'],
  ['net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'tls'],
  ['net::ERR_PROXY_AUTH_REQUESTED', 'proxy'],
  ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy'],
  ['net::ERR_PAC_SCRIPT_FAILED', 'proxy'],
  ['net::ERR_CONNECTION_REFUSED', 'network'],
  ['net::ERR_NAME_NOT_RESOLVED', 'network'],
])('Chromium’s %s is trouble with: %s', (message, kind) => {
  const { kind: found, words } = troubleOf(new Error(message), 'the hub');
  expect(found).toBe(kind);
  expect(words).toContain('the hub');
});
