import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { v4, v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS, accessOf } from '../../hub/people/access.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type CallId, type DeskId, type StreamId } from '../../shared/ids.ts';
import { personRole, type PersonRole } from '../../shared/identity/roles.ts';
import { type TestDesk } from './support/desk.ts';
import { newCall, newStream, notes, sealed } from './support/events.ts';
import { type Answer, NOON, refused, startHub, taken, type TestHub } from './support/hub.ts';
import { CLIENT, hashOf, startIssuer, type TestIssuer } from './support/issuer.ts';

let issuer: TestIssuer;
let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  issuer = await startIssuer();
  hub = await startHub({ people: issuer.check() });
  desk = await hub.enrolled();
});
afterAll(async () => {
  await hub.close();
  await issuer.close();
});

async function makeCall(
  at: DeskId,
  count: number,
): Promise<{ stream: StreamId; call: CallId; events: Envelope[] }> {
  const [stream, call] = [newStream(), newCall()];
  return { stream, call, events: await sealed(notes(count), { stream, call, desk: at, at: NOON }) };
}

interface Ask {
  readonly method?: 'GET' | 'POST';
  readonly url?: string;
  readonly token?: string | undefined;
  readonly from?: TestDesk;
  /** What the assertion says about the token; its own hash when absent. */
  readonly hash?: string | undefined;
  readonly body?: object | undefined;
}

async function ask({
  method = 'GET',
  url = '/v1/calls',
  token,
  from = desk,
  hash,
  body,
}: Ask): Promise<Answer> {
  const pth = hash ?? (token === undefined ? undefined : hashOf(token));
  const authorization = `Bearer ${await from.assertion(hub.clock.at, pth === undefined ? {} : { pth })}`;
  const headers = { authorization, ...(token === undefined ? {} : { 'lantern-person': token }) };
  const response = await hub.app.inject({
    method,
    url,
    headers,
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

const audited = async (
  kind: string,
): Promise<{ desk: string; person: string; call: string; detail: string }[]> =>
  (
    await hub.database.pool.query('SELECT desk, person, call, detail FROM audit WHERE kind = $1 ORDER BY n', [
      kind,
    ])
  ).rows;

describe('a person’s token', () => {
  test('of the issuer lets its person in', async () => {
    expect((await ask({ token: await issuer.token(NOON) })).status).toBe(200);
  });

  test('is written down once for a sign-in and once for each renewal, without a name', async () => {
    const token = await issuer.token(NOON, { sub: 'counted' });
    await ask({ token });
    await ask({ token });
    await ask({ token: await issuer.token(NOON, { sub: 'counted', auth_time: NOON / 1000 - 3600 }) });
    expect((await audited('signedIn')).filter(({ person }) => person === 'counted')).toEqual([
      { desk: desk.id, person: 'counted', call: null, detail: 'adviser' },
    ]);
    expect((await audited('tokenRenewed')).filter(({ person }) => person === 'counted')).toHaveLength(1);
    const { rows } = await hub.database.pool.query('SELECT * FROM audit');
    expect(JSON.stringify(rows)).not.toContain('Ada');
  });

  const seconds = NOON / 1000;
  const unsigned = (): string =>
    new UnsecuredJWT({ sub: 'p1', lantern_roles: ['supervisor'] })
      .setIssuer(issuer.url.origin)
      .setAudience(CLIENT)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 600)
      .encode();
  /** The classic: the issuer's public key, which everybody has, used as an HMAC secret. */
  const confused = async (): Promise<string> => {
    const key = await importJWK(issuer.publicJwk(), 'RS256', { extractable: true });
    if (key instanceof Uint8Array) throw new Error('not a public key');
    const pem = await exportSPKI(key);
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { kid } = issuer.publicJwk();
    const claims = { iss: issuer.url.origin, aud: CLIENT, sub: 'p1', iat: seconds, exp: seconds + 600 };
    const text = `${part({ alg: 'HS256', kid })}.${part({ ...claims, lantern_roles: ['supervisor'] })}`;
    return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
  };
  const otherKey = async (): Promise<string> => {
    const { privateKey } = await generateKeyPair('RS256');
    return new SignJWT({ iss: issuer.url.origin, aud: CLIENT, sub: 'p1', iat: seconds, exp: seconds + 600 })
      .setProtectedHeader({ alg: 'RS256', kid: issuer.publicJwk().kid ?? '' })
      .sign(privateKey);
  };
  const ownKeyInside = async (): Promise<string> => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    return new SignJWT({ iss: issuer.url.origin, aud: CLIENT, sub: 'p1', iat: seconds, exp: seconds + 600 })
      .setProtectedHeader({ alg: 'RS256', jwk })
      .sign(privateKey);
  };
  const changed = async (): Promise<string> => {
    const [head, , signature] = (await issuer.token(NOON)).split('.');
    const claims = { iss: issuer.url.origin, aud: CLIENT, sub: 'p1', lantern_roles: ['supervisor'] };
    const body = Buffer.from(JSON.stringify({ ...claims, iat: seconds, exp: seconds + 600 }));
    return `${head ?? ''}.${body.toString('base64url')}.${signature ?? ''}`;
  };

  const forged: [string, () => Promise<string> | string, string][] = [
    ['no signature (alg none)', unsigned, 'person.badToken'],
    ['an HMAC made with the public key', confused, 'person.badToken'],
    ['another key under the issuer’s key id', otherKey, 'person.badToken'],
    ['a key that it brings itself', ownKeyInside, 'person.badToken'],
    ['claims changed after signing', changed, 'person.badToken'],
    ['another audience', () => issuer.token(NOON, { aud: 'other-client' }), 'person.badToken'],
    [
      'several audiences, asked for by another',
      () => issuer.token(NOON, { aud: [CLIENT, 'x'], azp: 'x' }),
      'person.badToken',
    ],
    ['another issuer', () => issuer.token(NOON, { iss: 'https://issuer.example' }), 'person.badToken'],
    ['an end an hour ago', () => issuer.token(NOON - 3_600_000), 'person.expired'],
    ['no end', () => issuer.token(NOON, { exp: undefined }), 'person.badToken'],
    ['a time of making in the future', () => issuer.token(NOON + 300_000), 'person.badToken'],
    ['no person', () => issuer.token(NOON, { sub: '' }), 'person.badToken'],
    ['a person with a control character', () => issuer.token(NOON, { sub: 'p1\u0000' }), 'person.badToken'],
    ['junk', () => 'aaaa.bbbb.cccc', 'person.badToken'],
    ['more than any token', () => `${'a'.repeat(8_000)}.b.c`, 'person.badToken'],
  ];
  test.each(forged)('with %s is refused', async (_what, make, code) => {
    const answer = await ask({ token: await make() });
    expect(refused(answer)).toMatchObject({ status: 401, code });
    // Nothing of the token comes back or is logged.
    expect(JSON.stringify(answer.body)).not.toMatch(/p1|supervisor|eyJ/);
    expect(hub.logged.join('')).not.toMatch(/eyJ|supervisor/);
  });

  test('is taken with the clocks a minute apart', async () => {
    expect((await ask({ token: await issuer.token(NOON + 55_000) })).status).toBe(200);
    expect((await ask({ token: await issuer.token(NOON - 655_000) })).status).toBe(200);
  });

  test('that the assertion does not speak of is refused: it was put with another desk’s request', async () => {
    const token = await issuer.token(NOON);
    expect(refused(await ask({ token, hash: hashOf('another') })).code).toBe('person.notBound');
  });

  test('stolen and shown by another enrolled desk is refused, and that is written down', async () => {
    const token = await issuer.token(NOON, { sub: 'robbed' });
    expect((await ask({ token })).status).toBe(200);
    const thief = await hub.enrolled();
    expect(refused(await ask({ token, from: thief })).code).toBe('person.otherDesk');
    expect(await audited('tokenOfAnotherDesk')).toEqual([
      { desk: thief.id, person: 'robbed', call: null, detail: '' },
    ]);
  });

  test('is checked with the issuer’s new key once it turns, and unknown keys do not become requests', async () => {
    const own = await startIssuer();
    const check = own.check();
    const let1 = await own.token(NOON);
    expect((await check.check(let1, hashOf(let1), NOON)).ok).toBe(true);
    for (let at = 0; at < 50; at += 1) {
      const token = (await otherKey()).replace(
        /^[^.]+/,
        Buffer.from(`{"alg":"RS256","kid":"${v4()}"}`).toString('base64url'),
      );
      expect((await check.check(token, hashOf(token), NOON)).ok).toBe(false);
    }
    expect(own.asked()).toBeLessThanOrEqual(2);
    await own.turn();
    const later = own.check();
    const let2 = await own.token(NOON);
    expect((await later.check(let2, hashOf(let2), NOON)).ok).toBe(true);
    await own.close();
  });

  test('cannot be checked while the issuer is away: said so, and events are taken all the same', async () => {
    const own = await startIssuer();
    const other = await startHub({ people: own.check() });
    own.setUp(false);
    const at = await other.enrolled();
    const token = await own.token(NOON);
    const headers = {
      authorization: `Bearer ${await at.assertion(NOON, { pth: hashOf(token) })}`,
      'lantern-person': token,
    };
    const read = await other.app.inject({ method: 'GET', url: '/v1/calls', headers });
    expect([read.statusCode, read.headers['retry-after']]).toEqual([503, '10']);
    const { stream, events } = await makeCall(at.id, 2);
    expect(taken(await other.push(at, stream, 1, events)).acked).toBe(2);
    await other.close();
    await own.close();
  });
});

describe('events', () => {
  test('of a desk are taken with no person, an expired one and a forged one, and a stranger’s are flagged', async () => {
    const tokens = [undefined, await issuer.token(NOON - 3_600_000), 'a.b.c'];
    for (const token of tokens) {
      const { stream, events } = await makeCall(desk.id, 2);
      const url = `/v1/streams/${stream}/events`;
      const answer = taken(await ask({ method: 'POST', url, token, body: { v: 1, from: 1, events } }));
      expect(answer.acked).toBe(2);
      expect(answer.flagged.map(({ seq, kind }) => [seq, kind])).toEqual([
        [1, 'author'],
        [2, 'author'],
      ]);
    }
  });

  test('of somebody who has signed in there are not flagged, in their role alone', async () => {
    const { stream, events } = await makeCall(desk.id, 2);
    const { id, role } = events[0]?.author ?? { id: '', role: 'adviser' };
    const own = await hub.enrolled();
    const mine = await makeCall(own.id, 2);
    const token = await issuer.token(NOON, { sub: id, lantern_roles: [role] });
    const url = `/v1/streams/${mine.stream}/events`;
    const body = { v: 1, from: 1, events: mine.events };
    expect(taken(await ask({ method: 'POST', url, from: own, token, body })).flagged).toEqual([]);
    // Signed in over there is not signed in here.
    expect(taken(await hub.push(desk, stream, 1, events)).flagged).toHaveLength(2);
    const third = await hub.enrolled();
    const other = await issuer.token(NOON, { sub: id, lantern_roles: ['clinician'] });
    await ask({ from: third, token: other });
    const late = await makeCall(third.id, 1);
    expect(taken(await hub.push(third, late.stream, 1, late.events)).flagged.map(({ kind }) => kind)).toEqual(
      ['author'],
    );
  });
});

describe('every route', () => {
  const routes = Object.entries(ACCESS).map(([key, access]) => ({ key, access }));
  const address = (pattern: string): string => pattern.replace(/:(stream|call)/g, () => v7());
  const bodies: Readonly<Record<string, object>> = { 'POST /v1/session': { v: 1 } };

  test('has a line that says who may use it, and no line is without its route', () => {
    expect(() => accessOf('GET', '/v1/new')).toThrow('has no line');
    for (const key of Object.keys(ACCESS)) {
      const [method = 'GET', url = ''] = key.split(' ');
      expect([key, hub.app.hasRoute({ method: method as 'GET', url })]).toEqual([key, true]);
    }
  });

  for (const { key, access } of routes) {
    const [method = 'GET', pattern = ''] = key.split(' ');
    const send = (token: string | undefined, from?: TestDesk): Promise<Answer> =>
      ask({
        method: method as 'GET' | 'POST',
        url: address(pattern),
        token,
        ...(from === undefined ? {} : { from }),
        ...(method === 'POST' ? { body: bodies[key] ?? {} } : {}),
      });
    const isLetIn = ({ status, body }: Answer): boolean =>
      status !== 401 && !JSON.stringify(body).includes('person.');

    if (access.kind === 'person') {
      test(`${key} is refused without anybody signed in`, async () => {
        expect(refused(await send(undefined))).toMatchObject({ status: 401, code: 'person.needed' });
      });
      test.each(personRole.options)(`${key} asked by one who is only %s`, async (role: PersonRole) => {
        const answer = await send(await issuer.token(NOON, { sub: `only ${role}`, lantern_roles: [role] }));
        if (access.roles.includes(role)) expect([answer, isLetIn(answer)]).toEqual([answer, true]);
        else expect(refused(answer)).toMatchObject({ status: 403, code: 'person.roleNeeded' });
      });
      test(`${key} asked by somebody whose roles nobody here knows`, async () => {
        const answer = await send(
          await issuer.token(NOON, { lantern_roles: ['admin', 'constructor', '__proto__'] }),
        );
        expect(refused(answer)).toMatchObject({ status: 403, code: 'person.roleNeeded' });
      });
    }
    if (access.kind === 'person' || access.kind === 'desk') {
      test(`${key} is refused to whoever is not an enrolled desk`, async () => {
        const url = address(pattern);
        const response = await hub.app.inject({
          method: method as 'GET' | 'POST',
          url,
          ...(method === 'POST' ? { payload: {} } : {}),
          headers: { 'lantern-person': await issuer.token(NOON, { lantern_roles: ['supervisor'] }) },
        });
        expect(response.statusCode).toBe(401);
      });
    }
    if (access.kind === 'desk') {
      test(`${key} never asks who sits at the desk`, async () => {
        const answer = await send(undefined);
        expect([answer, isLetIn(answer)]).toEqual([answer, true]);
      });
    }
  }
});

describe('what only a supervisor does', () => {
  const body = { v: 1, takeOver: 'supervisor' };
  async function ofAnotherDesk(): Promise<string> {
    const other = await hub.enrolled();
    const { stream, events, call } = await makeCall(other.id, 1);
    await hub.push(other, stream, 1, events);
    return `/v1/calls/${call}/lease`;
  }

  test('is refused to an adviser who says so', async () => {
    const url = await ofAnotherDesk();
    const token = await issuer.token(NOON, { lantern_roles: ['adviser'] });
    expect(refused(await ask({ method: 'POST', url, token, body }))).toMatchObject({
      status: 403,
      code: 'person.roleNeeded',
    });
  });

  test('needs them to have proved who they are just now, and is written down', async () => {
    const url = await ofAnotherDesk();
    const claims = { sub: 'boss', lantern_roles: ['supervisor'] };
    const old = await issuer.token(NOON, { ...claims, auth_time: NOON / 1000 - 3600 });
    expect(refused(await ask({ method: 'POST', url, token: old, body })).code).toBe('person.stepUpNeeded');
    expect((await ask({ method: 'POST', url, token: await issuer.token(NOON, claims), body })).status).toBe(
      200,
    );
    const call = url.split('/')[3];
    expect(await audited('tookOver')).toEqual([
      { desk: desk.id, person: 'boss', call, detail: 'supervisor' },
    ]);
  });
});

describe('the audit', () => {
  test('says who read a call of another desk', async () => {
    const other = await hub.enrolled();
    const { stream, events, call } = await makeCall(other.id, 1);
    await hub.push(other, stream, 1, events);
    const token = await issuer.token(NOON, { sub: 'reader', lantern_roles: ['clinician'] });
    const url = `/v1/calls/${call}/events`;
    expect(refused(await ask({ url, token })).code).toBe('lease.needed');
    await ask({
      method: 'POST',
      url: `/v1/calls/${call}/lease`,
      token,
      body: { v: 1, takeOver: 'handedOn' },
    });
    expect((await ask({ url, token })).status).toBe(200);
    const read = (await audited('readCall')).filter(({ person }) => person === 'reader');
    expect(read).toEqual([{ desk: desk.id, person: 'reader', call, detail: '' }]);
  });

  test('says when the policy at a desk changed, and nothing while it stays', async () => {
    const own = await hub.enrolled();
    const tell = async (policy: string): Promise<Answer> =>
      ask({
        method: 'POST',
        url: '/v1/session',
        from: own,
        token: await issuer.token(NOON, { sub: 'it', lantern_roles: ['it'] }),
        body: { v: 1, policy },
      });
    for (const policy of ['a', 'a', 'b', 'a']) expect((await tell(policy.repeat(64))).status).toBe(200);
    const own1 = (await audited('policyChanged')).filter((line) => line.desk === own.id);
    expect(own1.map(({ detail }) => detail[0])).toEqual(['a', 'b', 'a']);
  });

  test('only grows', async () => {
    const { pool } = hub.database;
    for (const sql of ['DELETE FROM audit', `UPDATE audit SET person = 'x'`, 'TRUNCATE audit'])
      await expect(pool.query(sql)).rejects.toThrow('append-only');
  });
});

test('a hub without an issuer is as open as before, for demonstrations', async () => {
  const open = await startHub();
  const at = await open.enrolled();
  expect((await open.get(at, '/v1/calls')).status).toBe(200);
  const stream = newStream();
  expect((await open.get(at, `/v1/streams/${stream}`)).status).toBe(200);
  await open.close();
});
