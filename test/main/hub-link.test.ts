import { importJWK, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { openDeskIdentity, type DeskIdentity } from '../../main/services/desk-identity.ts';
import { type HubLink } from '../../main/ports/hub-link.ts';
import { createHubLink } from '../../main/services/hub/link.ts';
import { retryAfterMs } from '../../main/services/hub/retry-after.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { systemClock, systemTimers, uuidSource } from '../../main/services/node-system.ts';
import { type HubState } from '../../shared/bridge/contract.ts';
import { ASSERTION_AUDIENCE, enrolRequest, pushRequest } from '../../shared/sync/protocol.ts';
import { makeEvents, newStreamId } from './support/events.ts';
import { testVault } from '../support/vault.ts';
import { recordLog } from './support/logs.ts';
import { sendJson, smallHub } from './support/small-hub.ts';
import { tempFolder } from './support/temp-folder.ts';

async function makeIdentity(): Promise<DeskIdentity> {
  const folder = await tempFolder();
  return openDeskIdentity({
    folder,
    disk: nodeDisk,
    vault: testVault(),
    oldKeyStores: [],
    ids: uuidSource,
    clock: systemClock,
    log: recordLog(),
  });
}

interface LinkOptions {
  readonly url: URL;
  readonly enrolCode?: string;
  readonly timeoutMs?: number;
  readonly identity?: DeskIdentity;
}
async function makeLink({ url, enrolCode, timeoutMs = 5_000, identity }: LinkOptions): Promise<HubLink> {
  return createHubLink({
    wire: { url, fetch: (address, init) => fetch(address, init), clock: systemClock, timeoutMs },
    timers: systemTimers,
    log: recordLog(),
    identity: identity ?? (await makeIdentity()),
    enrolCode,
    deskName: 'a test',
  });
}

const stream = newStreamId();
const answerHead = { stream, acked: 7, hash: 'a'.repeat(64) };

describe('asking the hub', () => {
  test('sends a gzipped batch with a signed assertion of this desk', async () => {
    const identity = await makeIdentity();
    const push = { v: 1, acked: 2, receipts: [], flagged: [], quarantined: [] };
    const { url, asked } = await smallHub((_asked, response) => sendJson(response, 200, push));
    const events = await makeEvents(stream, 6);
    const link = await makeLink({ url, identity });
    expect(await link.push({ stream, from: 1, events })).toEqual({ ok: true, value: push });
    expect(asked[0]).toMatchObject({ method: 'POST', path: `/v1/streams/${stream}/events` });
    expect(asked[0]?.headers['content-encoding']).toBe('gzip');
    expect(pushRequest.parse(asked[0]?.body)).toEqual({ v: 1, from: 1, events, clock: expect.any(Number) });
    const token = asked[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
    const { payload, protectedHeader } = await jwtVerify(
      token,
      await importJWK(identity.publicKey, 'EdDSA'),
      {
        audience: ASSERTION_AUDIENCE,
        issuer: identity.desk,
        subject: identity.desk,
        algorithms: ['EdDSA'],
      },
    );
    expect(protectedHeader.alg).toBe('EdDSA');
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('keeps a path in front of the hub’s own', async () => {
    const { url, asked } = await smallHub((_asked, response) => sendJson(response, 200, answerHead));
    const link = await makeLink({ url: new URL('/lantern/hub', url) });
    expect(await link.head(stream)).toEqual({ ok: true, value: answerHead });
    expect(asked[0]?.path).toBe(`/lantern/hub/v1/streams/${stream}`);
  });

  test('enrols once when the hub does not know the desk, and asks again', async () => {
    const known = new Set<unknown>();
    const { url, asked } = await smallHub(({ path, body }, response) => {
      if (path === '/v1/desks') {
        known.add(enrolRequest.parse(body).desk);
        return sendJson(response, 200, { desk: enrolRequest.parse(body).desk, enrolledAt: 1 });
      }
      if (known.size > 0) return sendJson(response, 200, answerHead);
      return sendJson(response, 401, {
        error: { code: 'auth.unknownDesk', field: 'desk', message: 'not known' },
      });
    });
    const link = await makeLink({ url, enrolCode: 'a-code-that-works-once' });
    const answers = await Promise.all([link.head(stream), link.head(stream), link.head(stream)]);
    expect(answers).toEqual(Array.from({ length: 3 }, () => ({ ok: true, value: answerHead })));
    expect(asked.filter(({ path }) => path === '/v1/desks')).toHaveLength(1);
  });

  test('without a code an unknown desk is refused in the hub’s words', async () => {
    const error = { code: 'auth.unknownDesk', field: 'desk', message: 'is not enrolled here' };
    const { url, asked } = await smallHub((_asked, response) => sendJson(response, 401, { error }));
    const answer = await (await makeLink({ url })).head(stream);
    expect(answer).toMatchObject({
      error: {
        code: 'hub.notEnrolled',
        field: 'desk',
        message: expect.stringContaining('is not enrolled here'),
      },
    });
    expect(asked).toHaveLength(1);
  });
});

describe('a desk and a hub that do not agree', () => {
  test('a small body is sent as it is', async () => {
    const push = { v: 1, acked: 1, receipts: [], flagged: [], quarantined: [] };
    const { url, asked } = await smallHub((_asked, response) => sendJson(response, 200, push));
    const link = await makeLink({ url });
    await link.push({ stream, from: 1, events: await makeEvents(stream, 1) });
    expect(asked[0]?.headers['content-encoding']).toBeUndefined();
    expect(asked[0]?.body).toMatchObject({ from: 1 });
  });

  test('a wrong clock of this PC is learnt from the hub: signed again at once, and right from then on', async () => {
    const ahead = 3 * 3_600_000;
    const { url, asked } = await smallHub(({ headers }, response) => {
      const token = headers.authorization?.split('.')[1] ?? '';
      const { iat } = JSON.parse(Buffer.from(token, 'base64url').toString()) as { iat: number };
      const hubTime = Date.now() + ahead;
      if (Math.abs(hubTime / 1000 - iat) < 30) return sendJson(response, 200, answerHead);
      const error = { code: 'auth.expired', field: 'Authorization', message: 'sign again' };
      return sendJson(response, 401, { error, hubTime });
    });
    const link = await makeLink({ url });
    expect(await link.head(stream)).toEqual({ ok: true, value: answerHead });
    expect(await link.head(stream)).toEqual({ ok: true, value: answerHead });
    expect(asked).toHaveLength(3);
    expect(Math.abs((link.state().clockOffMs ?? 0) - ahead)).toBeLessThan(60_000);
  });

  test.each([
    ['auth.revoked', 'hub.revoked'],
    ['auth.enrolmentExpired', 'hub.enrolmentEnded'],
  ])('%s is said as %s, and a new code mends it without a restart', async (code, fault) => {
    let enrolled = false;
    const { url } = await smallHub(({ path, body }, response) => {
      if (path === '/v1/desks') {
        enrolled = true;
        return sendJson(response, 200, { desk: enrolRequest.parse(body).desk, enrolledAt: 1 });
      }
      if (enrolled) return sendJson(response, 200, answerHead);
      return sendJson(response, 401, { error: { code, field: 'Authorization', message: 'no more' } });
    });
    const link = await makeLink({ url });
    expect(await link.head(stream)).toMatchObject({ ok: false, error: { code: fault } });
    expect(await link.enrol('a-new-code-from-it')).toEqual({ ok: true, value: {} });
    expect(await link.head(stream)).toEqual({ ok: true, value: answerHead });
  });
});

describe('a hub that misbehaves', () => {
  test.each([
    ['hub.busy', 503, { 'retry-after': '7' }, 7_000],
    ['hub.busy', 429, { 'retry-after': '0' }, 0],
    ['hub.busy', 429, {}, undefined],
    ['hub.busy', 503, { 'retry-after': 'soon' }, undefined],
    ['hub.refused', 400, {}, undefined],
    ['hub.away', 302, { location: '/' }, undefined],
    ['hub.away', 500, {}, undefined],
    ['hub.away', 502, {}, undefined],
  ])('%s for status %i with %j', async (code, status, headers, wait) => {
    const { url } = await smallHub((_asked, response) => sendJson(response, status, { error: 'x' }, headers));
    const answer = await (await makeLink({ url })).head(stream);
    expect(answer).toMatchObject({ ok: false, error: { code } });
    if (!answer.ok) expect(answer.error.retryAfterMs).toBe(wait);
  });

  test.each([
    ['nothing', ''],
    ['a page', '<html></html>'],
    ['a wrong shape', '{"acked":-1}'],
    ['half of it', '{"stream":"'],
  ])('hub.badAnswer for %s', async (_what, body) => {
    const { url } = await smallHub((_asked, response) => void response.writeHead(200).end(body));
    expect(await (await makeLink({ url })).head(stream)).toMatchObject({ error: { code: 'hub.badAnswer' } });
  });

  test('hub.away when it hangs, when it hangs up, and when nothing is there', async () => {
    const hanging = await smallHub(() => undefined);
    const link = await makeLink({ url: hanging.url, timeoutMs: 50 });
    expect(await link.head(stream)).toMatchObject({
      error: { code: 'hub.away', message: 'the hub did not answer in time' },
    });
    const leaving = await smallHub((_asked, response) => void response.destroy());
    expect(await (await makeLink({ url: leaving.url })).head(stream)).toMatchObject({
      error: { code: 'hub.away' },
    });
    const halfway = await smallHub((_asked, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"stream":');
    });
    const slow = await makeLink({ url: halfway.url, timeoutMs: 50 });
    expect(await slow.head(stream)).toMatchObject({ error: { code: 'hub.away' } });
    const nobody = await makeLink({ url: new URL('http://127.0.0.1:1') });
    expect(await nobody.head(stream)).toMatchObject({ error: { code: 'hub.away' } });
    expect(nobody.state()).toMatchObject({ reach: 'away' });
  });
});

describe('the heartbeat', () => {
  test('says away and reachable as it is, and only when that changes', async () => {
    let health: 'well' | 'broken' = 'broken';
    const { url, asked } = await smallHub((_asked, response) =>
      sendJson(response, health === 'well' ? 200 : 500, { live: true }),
    );
    const pending: (() => void)[] = [];
    const link = createHubLink({
      wire: { url, fetch: (address, init) => fetch(address, init), clock: systemClock },
      timers: { after: (_ms, run) => (pending.push(run), () => undefined) },
      log: recordLog(),
      identity: await makeIdentity(),
      deskName: 'a test',
    });
    expect(link.state().reach).toBe('unknown');
    const seen: HubState['reach'][] = [];
    link.start(({ reach }) => seen.push(reach));
    const beat = async (): Promise<void> => {
      const count = asked.length;
      await expect.poll(() => pending.length).toBe(1);
      pending.splice(0)[0]?.();
      await expect.poll(() => asked.length).toBe(count + 1);
    };
    await beat();
    health = 'well';
    await beat();
    await beat();
    health = 'broken';
    await beat();
    await expect.poll(() => pending.length).toBe(1);
    expect(seen).toEqual(['away', 'reachable', 'away']);
    link.stop();
  });

  test('a web server that is no hub is away', async () => {
    const { url } = await smallHub((_asked, response) => sendJson(response, 404, {}));
    const link = await makeLink({ url });
    link.start(() => undefined);
    await expect.poll(() => link.state().reach).toBe('away');
    expect(link.state().why).toContain('other than a Lantern hub');
    link.stop();
  });
});

test.each([
  [null, undefined],
  ['0', 0],
  ['120', 120_000],
  [' 3 ', 3_000],
  ['-5', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
  ['Sun, 22 Nov 2026 00:00:10 GMT', 10_000],
  ['tomorrow', undefined],
])('Retry-After %j is %s ms', (header, wait) => {
  expect(retryAfterMs(header, Date.UTC(2026, 10, 22))).toBe(wait);
});
