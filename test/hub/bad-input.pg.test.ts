import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDesk } from './support/desk.ts';
import { newCall, newStream, notes, sealed } from './support/events.ts';
import { NOON, startHub, storedEvents, taken, type TestHub } from './support/hub.ts';

let hub: TestHub;
let desk: TestDesk;
let other: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
  other = await hub.enrolled();
});
afterAll(() => hub.close());

interface Counts {
  readonly batches: number;
  readonly refused: Record<string, number>;
  readonly flagged: Record<string, number>;
  readonly quarantined: Record<string, number>;
}
const counted = async (): Promise<Counts> => (await hub.app.inject('/v1/health/counts')).json();

async function send(
  payload: string | Buffer,
  options: { stream?: string; by?: string; gzip?: boolean } = {},
) {
  const { stream = newStream(), by = await desk.assertion(NOON), gzip = false } = options;
  const response = await hub.app.inject({
    method: 'POST',
    url: `/v1/streams/${stream}/events`,
    headers: {
      authorization: `Bearer ${by}`,
      'content-type': 'application/json',
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    },
    payload,
  });
  return response.statusCode;
}
const batch = (events: readonly unknown[], from: number | string = 1, v = 1): string =>
  `{"v":${v},"from":${from},"events":${JSON.stringify(events)}}`;
const oneOf = (stream: ReturnType<typeof newStream>) => sealed(notes(1), { stream, desk: desk.id, at: NOON });

/** Each way to misuse the hub, what it is answered with, and how it is counted. */
const misuses: [string, () => Promise<number>, number, string][] = [
  ['an oversized batch', () => send(batch(Array(501).fill(0))), 413, 'request.tooLarge'],
  ['a gzip bomb', () => send(gzipSync(Buffer.alloc(64 << 20, 32)), { gzip: true }), 413, 'request.tooLarge'],
  [
    'a gzip bomb of many members',
    () => send(Buffer.concat(Array(64).fill(gzipSync(Buffer.alloc(1 << 20, 32)))), { gzip: true }),
    413,
    'request.tooLarge',
  ],
  [
    'another desk’s stream',
    async () => {
      const stream = newStream();
      taken(await hub.push(other, stream, 1, await sealed(notes(1), { stream, desk: other.id, at: NOON })));
      return send(batch(await oneOf(stream), 1), { stream });
    },
    403,
    'stream.notYours',
  ],
  [
    'a future protocol',
    async () => send(batch(await oneOf(newStream()), 1, 2)),
    400,
    'request.otherProtocol',
  ],
  [
    'another desk’s assertion, used again',
    async () => {
      const by = await other.assertion(NOON);
      await hub.app.inject({ url: `/v1/streams/${newStream()}`, headers: { authorization: `Bearer ${by}` } });
      return send(batch([0]), { by });
    },
    401,
    'auth.used',
  ],
  ['a number beyond exactness', () => send(batch([0], '9007199254740993')), 400, 'request.invalid'],
  ['a number beyond everything', () => send(batch([0], '1e999')), 400, 'request.invalid'],
  [
    'keys that reach for prototypes',
    () => send('{"__proto__":{"v":1},"constructor":1}'),
    400,
    'request.otherProtocol',
  ],
  [
    'text that is not Unicode',
    () => send(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])),
    400,
    'request.badJson',
  ],
];

test.each(misuses)(
  '%s is refused by name, counted, and touches nothing else',
  async (_name, misuse, status, code) => {
    // A good stream beside it, half sent.
    const stream = newStream();
    const call = newCall();
    const events = await sealed(notes(4), { stream, desk: desk.id, at: NOON, call });
    taken(await hub.push(desk, stream, 1, events.slice(0, 2)));
    const before = await counted();
    const rows = async () =>
      (await hub.database.pool.query<{ n: number }>('SELECT count(*) AS n FROM events')).rows[0]?.n ?? 0;
    expect(await misuse()).toBe(status);
    const after = await counted();
    expect(after.refused[code]).toBe((before.refused[code] ?? 0) + 1);
    const stored = await rows();
    expect(taken(await hub.push(desk, stream, 3, events.slice(2)))).toMatchObject({
      acked: 4,
      flagged: [],
      quarantined: [],
    });
    expect(await rows()).toBe(stored + 2);
    expect(await storedEvents(hub.database, stream)).toEqual(events);
    expect(({} as Record<string, unknown>)['v']).toBeUndefined();
  },
);

test('a forged hash, a NUL in a key and a lone surrogate are kept as they came, named and counted', async () => {
  const stream = newStream();
  const events = await sealed(notes(4), { stream, desk: desk.id, at: NOON });
  const before = await counted();
  const answer = taken(
    await hub.push(desk, stream, 1, [
      { ...events[0], hash: 'a'.repeat(64) },
      { ...events[1], data: { text: 'half \ud83d' } },
      { ...events[2], data: { text: 'x', 'n\0': 1 } },
      events[3],
    ]),
  );
  expect(answer.acked).toBe(4);
  expect(answer.flagged.map(({ seq, kind }) => [seq, kind])).toEqual([[1, 'wrongHash']]);
  expect(answer.quarantined.map(({ seq, problem }) => [seq, problem.code])).toEqual([
    [2, 'event.malformed'],
    [3, 'event.malformed'],
  ]);
  const after = await counted();
  expect(after.flagged['wrongHash']).toBe((before.flagged['wrongHash'] ?? 0) + 1);
  expect(after.quarantined['event.malformed']).toBe((before.quarantined['event.malformed'] ?? 0) + 2);
  // Codes and numbers, nothing of anybody.
  for (const key of Object.keys({ ...after.refused, ...after.flagged, ...after.quarantined }))
    expect(key).toMatch(/^[a-zA-Z]+(\.[a-zA-Z]+)?$/);
});
