import { SignJWT } from 'jose';
import { v4 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptCode, forgetAssertions, revokeDesk } from '../../hub/db/desk-rows.ts';
import { sha256 } from '../../hub/digest.ts';
import { type StreamId } from '../../shared/ids.ts';
import { CLAIM_AUDIENCE, refusal } from '../../shared/sync/protocol.ts';
import { acceptedCode, makeDesk, newCode, type TestDesk } from './support/desk.ts';
import { newStream, notes, sealed } from './support/events.ts';
import { type Answer, NOON, refused, startHub, taken, type TestHub } from './support/hub.ts';

const HOUR = 3_600_000;
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.close());

async function ask(authorization: string, url = `/v1/streams/${newStream()}`): Promise<Answer> {
  const response = await hub.app.inject({ method: 'GET', url, headers: { authorization } });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}
async function enrol(desk: TestDesk, code: string): Promise<Answer> {
  const payload = { v: 1, code, desk: desk.id, name: 'Desk 4', publicKey: desk.publicKey };
  const response = await hub.app.inject({ method: 'POST', url: '/v1/desks', payload });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}
async function codeFor(terms: Parameters<typeof acceptCode>[3]): Promise<string> {
  const code = newCode();
  await acceptCode(hub.database.pool, sha256(code), NOON + HOUR, terms);
  return code;
}

describe('a desk whose clock is wrong', () => {
  test.each([
    ['a day behind', -24 * HOUR],
    ['a year ahead', 365 * 24 * HOUR],
    ['a minute and a half ahead', 90_000],
  ])('%s is told the hub’s time, signs with that, and its events come in', async (_name, off) => {
    const desk = await hub.enrolled();
    const first = await ask(`Bearer ${await desk.assertion(NOON + off)}`);
    expect(refused(first)).toEqual({ status: 401, code: 'auth.expired', field: 'Authorization' });
    const { hubTime } = refusal.parse(first.body);
    expect(hubTime).toBe(NOON);
    const offset = (hubTime ?? 0) - (NOON + off);
    const stream = newStream();
    // Its events keep its own time; only the signature is made with the corrected one.
    const events = await sealed(notes(1), { stream, desk: desk.id, at: NOON + off });
    const authorization = `Bearer ${await desk.assertion(NOON + off + offset)}`;
    const response = await hub.app.inject({
      method: 'POST',
      url: `/v1/streams/${stream}/events`,
      headers: { authorization },
      payload: { v: 1, from: 1, events, clock: NOON + off },
    });
    expect(response.json()).toMatchObject({ acked: 1, flagged: [{ seq: 1, kind: 'clock' }] });
  });

  test('is not told the time when its key is not right: a stranger learns nothing', async () => {
    const desk = await hub.enrolled();
    const stranger = await makeDesk();
    const answer = await ask(
      `Bearer ${await stranger.assertion(NOON - HOUR, { iss: desk.id, sub: desk.id })}`,
    );
    expect(answer.body).not.toHaveProperty('hubTime');
  });
});

describe('an assertion that was overheard', () => {
  test('works once, at whichever hub', async () => {
    const desk = await hub.enrolled();
    const other = await hub.second();
    const authorization = `Bearer ${await desk.assertion(NOON)}`;
    expect((await ask(authorization)).status).toBe(200);
    expect(refused(await ask(authorization))).toEqual({
      status: 401,
      code: 'auth.used',
      field: 'Authorization',
    });
    const url = `/v1/streams/${newStream()}`;
    const there = await other.app.inject({ method: 'GET', url, headers: { authorization } });
    expect(there.statusCode).toBe(401);
  });

  test('cannot send into the stream of the desk it was taken by, nor be used later', async () => {
    const [desk, thief] = [await hub.enrolled(), await hub.enrolled()];
    const stream = newStream();
    const events = await sealed(notes(1), { stream, desk: thief.id, at: NOON });
    taken(await hub.push(thief, stream, 1, events));
    const overheard = await desk.assertion(NOON);
    expect(refused(await ask(`Bearer ${overheard}`, `/v1/streams/${stream}`)).code).toBe('stream.notYours');
    // Forgotten once it would be refused for its age anyway.
    await forgetAssertions(hub.database.pool, NOON + 120_000);
    hub.clock.at = NOON + 120_000;
    expect(refused(await ask(`Bearer ${overheard}`)).code).toBe('auth.expired');
    hub.clock.at = NOON;
  });
});

describe('the life of an enrolment', () => {
  test('ends on its day, says so, and goes on with a new code and the same key', async () => {
    const desk = await makeDesk();
    expect((await enrol(desk, await codeFor({ enrolsForMs: HOUR }))).status).toBe(200);
    const stream = newStream();
    const events = await sealed(notes(2), { stream, desk: desk.id, at: NOON });
    expect(taken(await hub.push(desk, stream, 1, events.slice(0, 1))).acked).toBe(1);
    hub.clock.at = NOON + HOUR;
    const ended = await hub.push(desk, stream, 2, events.slice(1));
    expect(refused(ended)).toMatchObject({ status: 401, code: 'auth.enrolmentExpired' });
    expect(JSON.stringify(ended.body)).toContain('events wait at the desk');
    expect((await enrol(desk, await acceptedCode(hub.database.pool, NOON + 2 * HOUR))).status).toBe(200);
    expect(taken(await hub.push(desk, stream, 2, events.slice(1))).acked).toBe(2);
    hub.clock.at = NOON;
  });

  test('a revoked desk comes back only by a code made for it, with a new key, and keeps its streams', async () => {
    const desk = await hub.enrolled();
    const stream = newStream();
    const events = await sealed(notes(2), { stream, desk: desk.id, at: NOON });
    taken(await hub.push(desk, stream, 1, events.slice(0, 1)));
    await revokeDesk(hub.database.pool, desk.id, NOON);
    expect(refused(await hub.push(desk, stream, 2, events.slice(1))).code).toBe('auth.revoked');
    expect(refused(await enrol(desk, await acceptedCode(hub.database.pool, NOON + HOUR))).code).toBe(
      'enrol.deskExists',
    );
    const again = { ...(await makeDesk()), id: desk.id };
    const code = await codeFor({ forDesk: desk.id });
    expect(refused(await enrol(await makeDesk(), code)).code).toBe('enrol.otherDesk');
    expect((await enrol(again, code)).status).toBe(200);
    expect(refused(await ask(`Bearer ${await desk.assertion(NOON)}`)).code).toBe('auth.badSignature');
    const { id } = desk;
    const signs: TestDesk = {
      ...again,
      assertion: (now, claims) => again.assertion(now, { iss: id, sub: id, ...claims }),
    };
    expect(taken(await hub.push(signs, stream, 2, events.slice(1))).acked).toBe(2);
  });
});

describe('a desk with a new identity', () => {
  const proofBy = (
    old: TestDesk,
    to: TestDesk,
    stream: StreamId,
    claims = {},
    at = NOON,
  ): Promise<string> => {
    const iat = Math.floor(at / 1000);
    const payload = { iss: old.id, sub: old.id, aud: CLAIM_AUDIENCE, iat, exp: iat + 60, jti: v4() };
    return new SignJWT({ ...payload, to: to.id, stream, ...claims })
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(old.privateKey);
  };
  const claim = (desk: TestDesk, stream: StreamId, proof: string): Promise<Answer> =>
    hub.post(desk, `/v1/streams/${stream}/claim`, { v: 1, proof });

  test('sends its old stream on after proof with the old key, and nothing of it is flagged', async () => {
    const [old, desk] = [await hub.enrolled(), await hub.enrolled()];
    const stream = newStream();
    const events = await sealed(notes(3), { stream, desk: old.id, at: NOON });
    taken(await hub.push(old, stream, 1, events.slice(0, 1)));
    const blocked = await hub.push(desk, stream, 2, events.slice(1));
    expect(refused(blocked)).toEqual({ status: 403, code: 'stream.notYours', field: 'stream' });
    const claimed = await claim(desk, stream, await proofBy(old, desk, stream));
    expect(claimed).toMatchObject({ status: 200, body: { stream, acked: 1, hash: events[0]?.hash } });
    expect(taken(await hub.push(desk, stream, 2, events.slice(1)))).toMatchObject({ acked: 3, flagged: [] });
    // The old identity has given it away; claiming again is the same answer.
    expect(refused(await hub.push(old, stream, 1, events)).code).toBe('stream.notYours');
    expect((await claim(desk, stream, await proofBy(old, desk, stream))).status).toBe(200);
  });

  test('is refused without a good proof', async () => {
    const [old, desk, third] = [await hub.enrolled(), await hub.enrolled(), await hub.enrolled()];
    const stream = newStream();
    taken(await hub.push(old, stream, 1, await sealed(notes(1), { stream, desk: old.id, at: NOON })));
    const proofs = {
      junk: 'no.jwt.here',
      byItself: await proofBy(desk, desk, stream),
      forAnother: await proofBy(old, third, stream),
      otherStream: await proofBy(old, desk, stream, { stream: newStream() }),
      anAssertion: await old.assertion(NOON),
      byAnother: await proofBy({ ...third, id: old.id }, desk, stream),
    };
    for (const [name, proof] of Object.entries(proofs)) {
      expect(refused(await claim(desk, stream, proof)), name).toMatchObject({ code: 'claim.badProof' });
    }
    const late = await claim(desk, stream, await proofBy(old, desk, stream, {}, NOON - HOUR));
    expect(refusal.parse(late.body)).toMatchObject({ error: { code: 'auth.expired' }, hubTime: NOON });
    await revokeDesk(hub.database.pool, old.id, NOON);
    expect(refused(await claim(desk, stream, await proofBy(old, desk, stream))).code).toBe('claim.badProof');
  });
});
