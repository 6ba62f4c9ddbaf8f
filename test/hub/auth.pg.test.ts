import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { v4, v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revokeDesk } from '../../hub/db/desk-rows.ts';
import { deskId } from '../../shared/ids.ts';
import { ASSERTION_AUDIENCE } from '../../shared/sync/protocol.ts';
import { acceptedCode, makeDesk, newCode, type TestDesk } from './support/desk.ts';
import { newStream } from './support/events.ts';
import { type Answer, NOON, refused, startHub, type TestHub } from './support/hub.ts';

let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
});
afterAll(() => hub.close());

async function ask(authorization: string | undefined): Promise<Answer> {
  const headers = authorization === undefined ? {} : { authorization };
  const response = await hub.app.inject({ method: 'GET', url: `/v1/streams/${newStream()}`, headers });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

const seconds = Math.floor(NOON / 1000);
const goodClaims = () => ({
  iss: desk.id,
  sub: desk.id,
  aud: ASSERTION_AUDIENCE,
  iat: seconds,
  exp: seconds + 60,
  jti: v4(),
});

describe('a signed assertion', () => {
  test('of an enrolled desk is let in', async () => {
    expect((await ask(`Bearer ${await desk.assertion(NOON)}`)).status).toBe(200);
  });

  test('is let in with a clock 30 s off either way', async () => {
    expect((await ask(`Bearer ${await desk.assertion(NOON - 30_000)}`)).status).toBe(200);
    expect((await ask(`Bearer ${await desk.assertion(NOON + 30_000)}`)).status).toBe(200);
  });

  const junk: [string, () => Promise<string | undefined>, string][] = [
    ['no header', async () => undefined, 'auth.missing'],
    ['another scheme', async () => 'Basic ZGVzazpkZXNr', 'auth.missing'],
    ['an empty token', async () => 'Bearer ', 'auth.missing'],
    ['a token that is not a JWT', async () => 'Bearer aaaa.bbbb.cccc', 'auth.badSignature'],
    [
      'a desk that is not enrolled',
      async () => `Bearer ${await (await makeDesk()).assertion(NOON)}`,
      'auth.unknownDesk',
    ],
    [
      'another key in this desk’s name',
      async () => `Bearer ${await (await makeDesk()).assertion(NOON, { iss: desk.id, sub: desk.id })}`,
      'auth.badSignature',
    ],
    ['an expired one', async () => `Bearer ${await desk.assertion(NOON - 91_000)}`, 'auth.expired'],
    ['one from the future', async () => `Bearer ${await desk.assertion(NOON + 91_000)}`, 'auth.expired'],
    [
      'one that lives too long',
      async () => `Bearer ${await desk.assertion(NOON, { exp: seconds + 3600 })}`,
      'auth.expired',
    ],
    [
      'another audience',
      async () => `Bearer ${await desk.assertion(NOON, { aud: 'other' })}`,
      'auth.wrongAudience',
    ],
    [
      'another subject',
      async () => `Bearer ${await desk.assertion(NOON, { sub: v7() })}`,
      'auth.badSignature',
    ],
    [
      'no token id',
      async () => `Bearer ${await desk.assertion(NOON, { jti: undefined })}`,
      'auth.badSignature',
    ],
    [
      'a token id that is no uuid',
      async () => `Bearer ${await desk.assertion(NOON, { jti: '1' })}`,
      'auth.badSignature',
    ],
    [
      'no expiry',
      async () => `Bearer ${await desk.assertion(NOON, { exp: undefined })}`,
      'auth.badSignature',
    ],
    ['alg none', async () => `Bearer ${new UnsecuredJWT(goodClaims()).encode()}`, 'auth.badSignature'],
    [
      'HS256 with the public key as its secret',
      async () => {
        const secret = Buffer.from(desk.publicKey.x, 'base64url');
        return `Bearer ${await new SignJWT(goodClaims()).setProtectedHeader({ alg: 'HS256' }).sign(secret)}`;
      },
      'auth.badSignature',
    ],
    [
      'another algorithm’s key',
      async () => {
        const { privateKey } = await generateKeyPair('ES256');
        return `Bearer ${await new SignJWT(goodClaims()).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)}`;
      },
      'auth.badSignature',
    ],
    [
      'a changed payload',
      async () => {
        const [header, , signature] = (await desk.assertion(NOON)).split('.');
        const payload = Buffer.from(JSON.stringify({ ...goodClaims(), exp: seconds + 50 })).toString(
          'base64url',
        );
        return `Bearer ${header}.${payload}.${signature}`;
      },
      'auth.badSignature',
    ],
  ];
  test.each(junk)('is refused: %s', async (_name, header, code) => {
    expect(refused(await ask(await header()))).toEqual({ status: 401, code, field: 'Authorization' });
  });

  test('of a revoked desk is refused at once', async () => {
    const gone = await hub.enrolled();
    await revokeDesk(hub.database.pool, gone.id, NOON);
    expect(refused(await ask(`Bearer ${await gone.assertion(NOON)}`)).code).toBe('auth.revoked');
  });

  test('is asked for on every route but health, OpenAPI, enrolment and what receiving teams sign themselves', async () => {
    const paths = Object.entries((hub.app.swagger() as { paths: Record<string, object> }).paths);
    const open: string[] = [];
    for (const [path, methods] of paths) {
      for (const method of Object.keys(methods)) {
        const url = path.replace('{stream}', newStream()).replace('{call}', v7());
        const response = await hub.app.inject({ method: method.toUpperCase() as 'GET', url });
        if (response.statusCode !== 401) open.push(`${method} ${path}`);
      }
    }
    expect(open).toEqual([
      'get /v1/health/live',
      'get /v1/health/ready',
      'get /v1/health/counts',
      'post /v1/desks',
      // Public keys, and answers that carry the receiving team's own signature.
      'get /v1/referrals/keys',
      'post /v1/referrals/{referral}/answer',
    ]);
  });
});

describe('enrolment', () => {
  const post = async (payload: object): Promise<Answer> => {
    const response = await hub.app.inject({ method: 'POST', url: '/v1/desks', payload });
    return { status: response.statusCode, headers: response.headers, body: response.json() };
  };
  const request = (of: TestDesk, code: string) => ({
    v: 1,
    code,
    desk: of.id,
    name: 'Desk 4',
    publicKey: of.publicKey,
  });

  test('answers the same again to the same desk and key, whose first answer was lost', async () => {
    const one = await makeDesk();
    const code = await acceptedCode(hub.database.pool, NOON + 60_000);
    const first = await post(request(one, code));
    expect(first).toMatchObject({ status: 200, body: { desk: one.id, enrolledAt: NOON } });
    hub.clock.at += 3_600_000;
    expect((await post(request(one, code))).body).toEqual(first.body);
    hub.clock.at = NOON;
  });

  test('keeps codes only as hashes', async () => {
    const code = await acceptedCode(hub.database.pool, NOON + 60_000);
    const { rows } = await hub.database.pool.query('SELECT * FROM enrolment_codes');
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  test('refuses a code twice, an unknown, an expired one, and the same desk with another key', async () => {
    const one = await makeDesk();
    const code = await acceptedCode(hub.database.pool, NOON + 60_000);
    await post(request(one, code));
    expect(refused(await post(request(await makeDesk(), code)))).toMatchObject({
      status: 403,
      code: 'enrol.codeUsed',
    });
    const otherKey = { ...request(one, code), publicKey: (await makeDesk()).publicKey };
    expect(refused(await post(otherKey)).code).toBe('enrol.codeUsed');
    expect(refused(await post(request(await makeDesk(), newCode()))).code).toBe('enrol.badCode');
    const old = await acceptedCode(hub.database.pool, NOON);
    expect(refused(await post(request(await makeDesk(), old))).code).toBe('enrol.codeExpired');
  });

  test('does not let a new code take over the id of an enrolled desk', async () => {
    const code = await acceptedCode(hub.database.pool, NOON + 60_000);
    const thief = { ...request(desk, code), publicKey: (await makeDesk()).publicKey };
    expect(refused(await post(thief))).toMatchObject({
      status: 409,
      code: 'enrol.deskExists',
      field: 'desk',
    });
    expect((await ask(`Bearer ${await desk.assertion(NOON)}`)).status).toBe(200);
  });

  test('with one code by two desks at once lets exactly one in', async () => {
    const code = await acceptedCode(hub.database.pool, NOON + 60_000);
    const desks = await Promise.all([makeDesk(), makeDesk(), makeDesk()]);
    const answers = await Promise.all(desks.map((each) => post(request(each, code))));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 403, 403]);
  });

  test('does not enrol a revoked desk again by its old code', async () => {
    const one = await makeDesk();
    const code = await acceptedCode(hub.database.pool, NOON + 60_000);
    await post(request(one, code));
    await revokeDesk(hub.database.pool, one.id, NOON);
    expect(refused(await post(request(one, code)))).toMatchObject({ status: 403, code: 'auth.revoked' });
  });

  test.each([
    ['v', { v: 2 }],
    ['code', { code: 'short' }],
    ['desk', { desk: v4() }],
    ['name', { name: 'nul \0' }],
    ['name', { name: ' ' }],
    ['publicKey.x', { publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'short' } }],
    ['publicKey.crv', { publicKey: { kty: 'OKP', crv: 'P-256', x: 'a'.repeat(43) } }],
    ['publicKey', { publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'a'.repeat(43), d: 'secret' } }],
    ['(whole)', { extra: 1 }],
  ])('names the field that is wrong: %s', async (field, change) => {
    const good = request(await makeDesk(), newCode());
    expect(refused(await post({ ...good, ...change }))).toEqual({
      status: 400,
      code: field === 'v' ? 'request.otherProtocol' : 'request.invalid',
      field,
    });
    expect(deskId.safeParse(good.desk).success).toBe(true);
  });
});
