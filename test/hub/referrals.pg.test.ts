import { type AddressInfo } from 'node:net';
import { v4, v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertReceiver } from '../../hub/db/receiver-rows.ts';
import { deliverDue } from '../../hub/referrals/deliver.ts';
import { createHubKeys } from '../../hub/referrals/keys.ts';
import { type DeskReferral, referralsPage } from '../../shared/referral/exchange.ts';
import { publicKeyJwk } from '../../shared/sync/protocol.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { type TestDesk } from './support/desk.ts';
import { handOver, type Sent, sentRefOf } from './support/handed-over.ts';
import { startHub, type TestHub } from './support/hub.ts';

let hub: TestHub;
let desk: TestDesk;
let receiver: Receiver;
const system = v7();
const page = v7();

beforeAll(async () => {
  hub = await startHub();
  // Tokens live for a minute by a real clock: the hub's stands where ours does.
  hub.clock.at = Date.now();
  desk = await hub.enrolled();
  receiver = await startReceiver();
  await hub.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = hub.app.server.address() as AddressInfo;
  receiver.known(system, `http://127.0.0.1:${port}`);
  const row = { ods: null, addedAt: hub.clock.at };
  const { endpoint, publicKey } = receiver;
  await insertReceiver(hub.database.pool, {
    ...row,
    id: system,
    name: 'Northmoor crisis team',
    how: 'system',
    endpoint,
    publicKey: publicKeyJwk.parse(publicKey),
  });
  await insertReceiver(hub.database.pool, {
    ...row,
    id: page,
    name: 'The <b>Haven</b>',
    how: 'page',
    endpoint: null,
    publicKey: null,
  });
});
afterAll(async () => {
  await hub.close();
  await receiver.close();
});

const handedOver = (to: string): Promise<Sent> => handOver(hub, desk, to);
const sentRef = (sent: Sent) => sentRefOf(hub, sent);
const deliver = (): Promise<number> =>
  deliverDue({
    pool: hub.database.pool,
    keys: createHubKeys(hub.database.pool, () => hub.clock.at),
    fetch,
    now: () => hub.clock.at,
    newId: v4,
  });
async function toldOf({ call }: Sent): Promise<DeskReferral | undefined> {
  const { referrals } = referralsPage.parse((await hub.get(desk, '/v1/referrals')).body);
  return referrals.find((one) => one.call === call);
}
const taking = (more: object = {}) => ({
  answer: 'acknowledged',
  by: 'Kit Lane, night nurse',
  at: hub.clock.at,
  ...more,
});

describe('a team with a system', () => {
  test('gets the hand-over signed, once in effect, and its answer is kept and told to the desk that has the call', async () => {
    const sent = await handedOver(system);
    expect(await toldOf(sent)).toMatchObject({ state: 'waiting', answer: null, link: null });
    await deliver();
    const [got] = receiver.received().slice(-1);
    expect(receiver.refused()).toEqual([]);
    expect(got?.bundle).toMatchObject({ resourceType: 'Bundle', type: 'message' });
    const told = await toldOf(sent);
    // Delivered is not "has them".
    expect(told).toMatchObject({ id: got?.referral, state: 'delivered', answer: null });

    const id = got?.referral ?? '';
    const first = await receiver.answer(id, taking({ reference: 'NC-7' }));
    expect(first).toMatchObject({ status: 200, body: { referral: id, receivedAt: hub.clock.at } });
    hub.clock.at += 1_000;
    const same = { ...taking({ reference: 'NC-7' }), at: hub.clock.at - 1_000 };
    expect(await receiver.answer(id, same)).toEqual(first);
    expect(await receiver.answer(id, { ...same, by: 'Somebody else' })).toMatchObject({
      status: 409,
      body: { error: { code: 'referral.answered' } },
    });
    expect(await toldOf(sent)).toMatchObject({
      answer: { via: 'system', answer: { answer: 'acknowledged', by: 'Kit Lane, night nurse' } },
    });

    // Once the call's own log holds it, no desk is told any more, and nothing of the person is kept beside the log.
    const through = { via: 'system' as const, referral: id, at: hub.clock.at };
    await sent.goesOn([
      { type: 'handover.acknowledged', data: { handover: await sentRef(sent), by: 'Kit Lane', through } },
    ]);
    expect(await toldOf(sent)).toBeUndefined();
    const { rows } = await hub.database.pool.query('SELECT message, card FROM referrals WHERE id = $1', [id]);
    expect(rows).toEqual([{ message: null, card: null }]);
  });

  test('that is away gets it later, the desk is told why, and looking through the call again sends nothing twice', async () => {
    const sent = await handedOver(system);
    receiver.answerWith(503);
    await deliver();
    expect(await toldOf(sent)).toMatchObject({ state: 'waiting', tries: 1, trouble: /cannot take it now/ });
    expect(await deliver()).toBe(0);
    receiver.answerWith(undefined);
    hub.clock.at += 5_000;
    await sent.goesOn([{ type: 'note.added', data: { text: 'They ring when it is there.' } }]);
    expect(await deliver()).toBe(1);
    const told = await toldOf(sent);
    expect(told).toMatchObject({ state: 'delivered', tries: 2 });
    expect(receiver.received().find(({ referral }) => referral === told?.id)?.times).toBe(1);
  });

  test('that says the message is wrong is not asked again, and the desk is told to ring', async () => {
    const sent = await handedOver(system);
    receiver.answerWith(422);
    await deliver();
    receiver.answerWith(undefined);
    hub.clock.at += 600_000;
    expect(await deliver()).toBe(0);
    hub.clock.at -= 600_000;
    expect(await toldOf(sent)).toMatchObject({ state: 'failed', trouble: /refused it \(422\)/ });
  });

  test('declines with a code of the national list, and with no other', async () => {
    const sent = await handedOver(system);
    await deliver();
    const id = (await toldOf(sent))?.id ?? '';
    const no = { answer: 'declined', by: 'Lee', at: hub.clock.at, reason: 'Nobody to send tonight.' };
    expect(await receiver.answer(id, { ...no, code: '77' })).toMatchObject({
      status: 400,
      body: { error: { field: 'answer.code' } },
    });
    expect(await receiver.answer(id, { ...no, by: ' ', code: '22' })).toMatchObject({ status: 400 });
    expect(await receiver.answer(id, { ...no, code: '22', at: hub.clock.at + 3_600_000 })).toMatchObject({
      status: 400,
      body: { error: { code: 'answer.time' } },
    });
    expect(await receiver.answer(id, { ...no, code: '22' })).toMatchObject({ status: 200 });
    expect(await toldOf(sent)).toMatchObject({ answer: { answer: { code: '22' } } });
  });

  test('is refused with a token that is foreign, old, used, or for another answer', async () => {
    const sent = await handedOver(system);
    await deliver();
    const id = (await toldOf(sent))?.id ?? '';
    const body = JSON.stringify({ v: 1, answer: taking() });
    const post = async (token: string, payload = body, referral = id) => {
      const response = await hub.app.inject({
        method: 'POST',
        url: `/v1/referrals/${referral}/answer`,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        payload,
      });
      return [response.statusCode, response.json<{ error?: { code: string } }>().error?.code];
    };
    expect(await post('x.y.z')).toEqual([401, 'auth.badSignature']);
    expect(await post(await desk.assertion(hub.clock.at))).toEqual([401, 'auth.badSignature']);
    const stranger = await startReceiver();
    stranger.known(system, '');
    expect(await post(await stranger.token(id, body))).toEqual([401, 'auth.badSignature']);
    await stranger.close();
    const iat = Math.floor(hub.clock.at / 1000) - 600;
    expect(await post(await receiver.token(id, body, { iat, exp: iat + 60 }))).toEqual([401, 'auth.expired']);
    const changed = body.replace('Kit', 'Max');
    expect(await post(await receiver.token(id, body), changed)).toEqual([401, 'auth.otherAnswer']);
    expect(await post(await receiver.token(v7(), body))).toEqual([401, 'auth.otherAnswer']);
    const other = v7();
    expect(await post(await receiver.token(other, body), body, other)).toEqual([404, 'referral.none']);
    const token = await receiver.token(id, body);
    expect(await post(token)).toEqual([200, undefined]);
    expect(await post(token)).toEqual([401, 'auth.used']);
  });

  test('gets nothing once the route was taken back, and cannot take the person any more', async () => {
    const sent = await handedOver(system);
    const id = (await toldOf(sent))?.id ?? '';
    await sent.goesOn([{ type: 'route.withdrawn', data: { reason: 'They want to go to the haven.' } }]);
    expect(await deliver()).toBe(0);
    expect(await toldOf(sent)).toMatchObject({ state: 'withdrawn' });
    expect(await receiver.answer(id, taking())).toMatchObject({
      status: 409,
      body: { error: { code: 'referral.withdrawn' } },
    });
  });

  test('is told nothing of a hand-over that its desk answered by phone before the hub had it', async () => {
    const sent = await handedOver(system);
    await hub.database.pool.query('DELETE FROM referrals WHERE call = $1', [sent.call]);
    await sent.goesOn([
      { type: 'handover.acknowledged', data: { handover: await sentRef(sent), by: 'Kit' } },
    ]);
    expect(await deliver()).toBe(0);
    expect(await toldOf(sent)).toBeUndefined();
  });

  test('is another desk’s business only once that desk has the call', async () => {
    const sent = await handedOver(system);
    const another = await hub.enrolled();
    const { referrals } = referralsPage.parse((await hub.get(another, '/v1/referrals')).body);
    expect(referrals).toEqual([]);
    await hub.post(another, `/v1/calls/${sent.call}/lease`, { v: 1, takeOver: 'handedOn' });
    const after = referralsPage.parse((await hub.get(another, '/v1/referrals')).body);
    expect(after.referrals.map(({ call }) => call)).toEqual([sent.call]);
    expect(await toldOf(sent)).toBeUndefined();
  });
});

describe('a team without a system', () => {
  const form = (link: string, what: string, fields: Record<string, string>) =>
    hub.app.inject({
      method: 'POST',
      url: `${link}${what}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });

  test('opens its link by name, and nothing of the person is shown before; acknowledged once, it is shown no more', async () => {
    const sent = await handedOver(page);
    const link = (await toldOf(sent))?.link ?? '';
    expect(link).toMatch(/^\/receive\//);
    const cover = await hub.app.inject(link);
    expect(cover.statusCode).toBe(200);
    expect(cover.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(String(cover.headers['content-security-policy'])).toContain("default-src 'none'");
    expect(String(cover.headers['content-security-policy'])).toContain("require-trusted-types-for 'script'");
    expect(cover.body).toContain('The &lt;b&gt;Haven&lt;/b&gt;');
    expect(cover.body).not.toContain('Priya');
    expect(cover.body).not.toContain('<script');
    // A mail program followed the link: nobody has opened anything.
    expect(await toldOf(sent)).toMatchObject({ state: 'linked', opened: null });

    expect((await form(link, '/open', { by: ' ' })).body).toContain('Write your name.');
    const opened = await form(link, '/open', { by: 'Jo <Bell>, haven lead' });
    expect(opened.body).toContain('Priya');
    expect(opened.body).toContain('Jo &lt;Bell&gt;, haven lead');
    expect(await toldOf(sent)).toMatchObject({ opened: { by: 'Jo <Bell>, haven lead' }, answer: null });

    const nameless = await form(link, '/acknowledge', { by: '' });
    expect(nameless.statusCode).toBe(400);
    expect(nameless.body).toContain('href="#acknowledge-by"');
    const done = await form(link, '/acknowledge', { by: 'Jo Bell' });
    expect([done.statusCode, done.headers['location']]).toEqual([303, link]);
    const after = await hub.app.inject(link);
    expect(after.body).toContain('Jo Bell');
    expect(after.body).not.toContain('Priya');
    // A second press changes nothing.
    await form(link, '/acknowledge', { by: 'Somebody else' });
    expect(await toldOf(sent)).toMatchObject({
      link: null,
      answer: { via: 'page', answer: { answer: 'acknowledged', by: 'Jo Bell' } },
    });

    // Who has the person may have to give them back: with a reason, and then nothing is left to press.
    expect(after.body).toContain('We cannot take them after all');
    const reasonless = await form(link, '/decline', { by: 'Jo Bell', code: '' });
    expect([reasonless.statusCode, reasonless.body.includes('Choose the reason.')]).toEqual([400, true]);
    expect(reasonless.body).not.toContain('Priya');
    expect((await form(link, '/decline', { by: 'Jo Bell', code: '22' })).statusCode).toBe(303);
    expect(await toldOf(sent)).toMatchObject({ answer: { answer: { answer: 'declined', code: '22' } } });
    expect((await hub.app.inject(link)).body).not.toContain('<form');
  });

  test('declines with a reason that has to be chosen', async () => {
    const sent = await handedOver(page);
    const link = (await toldOf(sent))?.link ?? '';
    expect((await form(link, '/decline', { by: 'Jo', code: '' })).body).toContain('Choose the reason.');
    expect((await form(link, '/decline', { by: 'Jo', code: '22', reason: 'Full' })).statusCode).toBe(303);
    expect((await toldOf(sent))?.answer?.answer).toMatchObject({
      answer: 'declined',
      code: '22',
      reason: 'Full',
    });
  });

  test('with a link that is cut, changed, ended or of another hub is told what to do, and shown nothing', async () => {
    const sent = await handedOver(page);
    const link = (await toldOf(sent))?.link ?? '';
    for (const bad of [
      link.slice(0, -3),
      `${link.slice(0, -3)}AAA`,
      '/receive/x',
      `/receive/${'a'.repeat(900)}`,
    ]) {
      const answer = await hub.app.inject(bad);
      expect(answer.statusCode).toBe(404);
      expect(answer.body).toContain('ring the service');
    }
    const before = hub.clock.at;
    hub.clock.at += 73 * 3_600_000;
    const late = await hub.app.inject(link);
    expect(late.statusCode).toBe(410);
    expect((await form(link, '/open', { by: 'Jo' })).body).not.toContain('Priya');
    hub.clock.at = before;
  });

  test.each([
    ['JSON', 'application/json', '{"by":1}', 400],
    ['a body too large', 'application/x-www-form-urlencoded', `by=${'x'.repeat(20_000)}`, 400],
    ['another media type', 'text/plain', 'by=Jo', 400],
  ])('gets a page in words for %s', async (_name, type, payload, status) => {
    const answer = await hub.app.inject({
      method: 'POST',
      url: '/receive/x/open',
      headers: { 'content-type': type },
      payload,
    });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
  });
});
