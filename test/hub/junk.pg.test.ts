import { gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../hub/deps.ts';
import { verifyStream } from '../../hub/verify.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type TestDesk } from './support/desk.ts';
import { newStream, notes, sealed } from './support/events.ts';
import { type Answer, NOON, refused, startHub, storedEvents, taken, type TestHub } from './support/hub.ts';

let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
});
afterAll(() => hub.close());

async function post(
  stream: string,
  payload: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const authorization = `Bearer ${await desk.assertion(NOON)}`;
  const response = await hub.app.inject({
    method: 'POST',
    url: `/v1/streams/${stream}/events`,
    headers: { authorization, 'content-type': 'application/json', ...headers },
    payload,
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

async function one(stream: string): Promise<Envelope> {
  const [event] = await sealed(notes(1), { stream: stream as Envelope['stream'], desk: desk.id, at: NOON });
  return event as Envelope;
}

describe('an item that is not an event', () => {
  const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const change = (event: Envelope, changes: object): string => JSON.stringify({ ...event, ...changes });
  const junk: [string, (event: Envelope) => string, string][] = [
    ['null', () => 'null', '(whole)'],
    ['a number too large', () => '1e400', '(whole)'],
    ['a text', () => '"just words"', '(whole)'],
    ['nothing in it', () => '{}', 'stream'],
    ['an array as deep as the batch may be', () => deep(200_000), '(whole)'],
    ['a wrong type of field', (event) => change(event, { at: 'noon' }), 'at'],
    ['a field too many', (event) => change(event, { score: 7 }), '(whole)'],
    ['another stream’s event', (event) => change(event, { stream: v7() }), 'stream'],
    ['another number', (event) => change(event, { seq: 2 }), 'seq'],
    ['a hash that is none', (event) => change(event, { hash: 'abc' }), 'hash'],
    ['a known type with wrong data', (event) => change(event, { data: { text: '' } }), 'data.text'],
    ['a lone surrogate', (event) => change(event, { data: { text: 'half \ud83d' } }), '(whole)'],
    [
      'a key that JavaScript treats specially',
      (event) => change(event, { type: 'future.thing' }).replace('"data":{', '"data":{"__proto__":{"a":1},'),
      'data',
    ],
    ['a NUL in a key', (event) => change(event, { data: { text: 'a', 'n\0l': 1 } }), 'data'],
  ];

  test.each(junk)('goes to quarantine as it came and blocks nothing: %s', async (_name, make, field) => {
    const stream = newStream();
    const raw = make(await one(stream));
    const [, second] = await sealed(notes(2), { stream, desk: desk.id, at: NOON });
    const batch = `{ "v": 1, "from": 1, "events": [ ${raw} , ${JSON.stringify(second)}]}`;
    const answer = taken(await post(stream, batch));
    expect(answer).toMatchObject({
      acked: 2,
      flagged: [],
      receipts: [{ from: 1, to: 2, hash: second?.hash }],
    });
    expect(answer.quarantined).toMatchObject([{ seq: 1, problem: { code: 'event.malformed' } }]);
    expect(answer.quarantined[0]?.problem.field).toBe(field);
    expect(await storedEvents(hub.database, stream)).toEqual([second]);
    const seen = await hub.get(desk, `/v1/streams/${stream}/quarantine`);
    expect(seen.body).toMatchObject({ items: [{ seq: 1, raw, receivedAt: NOON }] });
    // Again: the same answer, and nothing doubled.
    expect(taken(await post(stream, batch))).toEqual(answer);
    expect((await hub.get(desk, `/v1/streams/${stream}/quarantine`)).body).toEqual(seen.body);
    expect(await verifyStream(hub.database.pool, stream)).toMatchObject({
      events: 1,
      quarantined: 1,
      faults: [],
    });
  });

  test('gives a receipt without a hash when it is the last of its batch', async () => {
    const stream = newStream();
    const answer = taken(await hub.push(desk, stream, 1, [await one(stream), 'junk']));
    expect(answer).toMatchObject({ acked: 2, receipts: [{ from: 1, to: 2, hash: null }] });
    const head = await hub.get(desk, `/v1/streams/${stream}`);
    expect(head.body).toEqual({ stream, acked: 2, hash: null });
  });

  test('under a number that has an event is kept beside it and flagged as a fork', async () => {
    const stream = newStream();
    const event = await one(stream);
    await hub.push(desk, stream, 1, [event]);
    const answer = taken(await hub.push(desk, stream, 1, [{ what: 'else' }]));
    expect(answer).toMatchObject({
      acked: 1,
      flagged: [{ seq: 1, kind: 'fork' }],
      quarantined: [{ seq: 1 }],
    });
    expect(await storedEvents(hub.database, stream)).toEqual([event]);
  });

  test('does not keep out an event that comes under its number later', async () => {
    const stream = newStream();
    const event = await one(stream);
    const first = taken(await hub.push(desk, stream, 1, ['junk']));
    const answer = taken(await hub.push(desk, stream, 1, [event]));
    expect(answer).toMatchObject({ acked: 1, receipts: first.receipts, flagged: [{ kind: 'fork' }] });
    expect(await storedEvents(hub.database, stream)).toEqual([event]);
  });
});

describe('a request that is not one', () => {
  test.each([
    ['not JSON', '{"v":1,', 400, 'request.badJson', '(whole)'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400, 'request.badJson', '(whole)'],
    ['an empty body', '', 400, 'request.badJson', '(whole)'],
    ['an array', '[]', 400, 'request.invalid', '(whole)'],
    ['a future protocol', '{"v":2,"from":1,"events":[1]}', 400, 'request.otherProtocol', 'v'],
    ['no protocol', '{"from":1,"events":[1]}', 400, 'request.otherProtocol', 'v'],
    ['no events', '{"v":1,"from":1,"events":[]}', 400, 'request.invalid', 'events'],
    ['number 0', '{"v":1,"from":0,"events":[1]}', 400, 'request.invalid', 'from'],
    [
      'a number beyond exactness',
      '{"v":1,"from":9007199254740991,"events":[1]}',
      400,
      'request.invalid',
      'from',
    ],
    ['a field too many', '{"v":1,"from":1,"events":[1],"x":1}', 400, 'request.invalid', '(whole)'],
    [
      '501 events',
      JSON.stringify({ v: 1, from: 1, events: Array(501).fill(1) }),
      413,
      'request.tooLarge',
      'events',
    ],
  ])('is refused whole: %s', async (_name, payload, status, code, field) => {
    const stream = newStream();
    expect(refused(await post(stream, payload))).toEqual({ status, code, field });
    expect((await hub.get(desk, `/v1/streams/${stream}`)).body).toMatchObject({ acked: 0 });
  });

  test('is refused when it is too large, plain or unpacked, and a gzip bomb stays small', async () => {
    const stream = newStream();
    const large = Buffer.alloc(DEFAULT_LIMITS.maxBodyBytes + 1, ' ');
    const tooLarge = { status: 413, code: 'request.tooLarge', field: '(whole)' };
    expect(refused(await post(stream, large))).toEqual(tooLarge);
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    expect(refused(await post(stream, bomb, { 'content-encoding': 'gzip' }))).toEqual(tooLarge);
  });

  test('is refused with gzip that is none, another encoding, or another type', async () => {
    const stream = newStream();
    expect(refused(await post(stream, '{}', { 'content-encoding': 'gzip' }))).toMatchObject({
      status: 400,
      code: 'request.badGzip',
    });
    expect(refused(await post(stream, '{}', { 'content-encoding': 'br' }))).toEqual({
      status: 415,
      code: 'request.badEncoding',
      field: 'Content-Encoding',
    });
    expect(refused(await post(stream, '{}', { 'content-type': 'text/plain' }))).toEqual({
      status: 415,
      code: 'request.badMediaType',
      field: 'Content-Type',
    });
  });

  test('is taken in when it is good and gzipped', async () => {
    const stream = newStream();
    const payload = gzipSync(JSON.stringify({ v: 1, from: 1, events: [await one(stream)] }));
    expect(taken(await post(stream, payload, { 'content-encoding': 'gzip' })).acked).toBe(1);
  });

  test('is refused at an address that is none, or with ids that are none', async () => {
    expect(refused(await hub.get(desk, '/v1/nothing'))).toEqual({
      status: 404,
      code: 'request.unknownRoute',
      field: 'url',
    });
    expect(refused(await hub.get(desk, '/v1/streams/1'))).toMatchObject({ status: 400, field: 'stream' });
    expect(refused(await hub.get(desk, `/v1/streams/${crypto.randomUUID()}`))).toMatchObject({
      field: 'stream',
    });
    expect(refused(await hub.get(desk, `/v1/calls/${v7()}/events?after=-1`))).toMatchObject({
      field: 'after',
    });
    expect(refused(await hub.get(desk, `/v1/calls/${v7()}/events?limit=1000`))).toMatchObject({
      field: 'limit',
    });
    expect(refused(await hub.get(desk, '/v1/streams/%00'))).toMatchObject({ status: 400 });
  });
});

test('nothing that was sent appears in the log', async () => {
  const stream = newStream();
  const secret = 'Priya said she is at 12 Larch Road';
  const events = await sealed(notes(1, secret), { stream, desk: desk.id, at: NOON });
  const token = await desk.assertion(NOON);
  hub.logged.length = 0;
  await hub.push(desk, stream, 1, [...events, { secret }]);
  await post(stream, `{"v":1,"from":1,"${secret}":1}`);
  await post(stream, `not json ${secret}`);
  await hub.get(desk, `/v1/calls/${encodeURIComponent(secret)}/events?after=${encodeURIComponent(secret)}`);
  await hub.get(desk, `/v1/${encodeURIComponent(secret)}`);
  const log = hub.logged.join('');
  expect(log).toContain('/v1/streams/:stream/events');
  for (const part of ['Priya', 'Larch', secret, stream, token.slice(0, 20)]) expect(log).not.toContain(part);
});

test('a bug in the hub is answered without its message or place, and logged without its message', async () => {
  const secret = 'Priya said she is at 12 Larch Road';
  const broken = await startHub({ digest: () => Promise.reject(new Error(secret)) });
  const one = await broken.enrolled();
  const stream = newStream();
  const answer = await broken.push(
    one,
    stream,
    1,
    await sealed(notes(1), { stream, desk: one.id, at: NOON }),
  );
  expect(refused(answer)).toMatchObject({ status: 500, code: 'hub.internal' });
  const log = broken.logged.join('');
  expect(log).toContain('junk.pg.test.ts');
  for (const text of [log, JSON.stringify(answer.body)]) expect(text).not.toContain('Larch');
  expect(JSON.stringify(answer.body)).not.toContain('.ts');
  await broken.close();
});
