import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sqlIntakeStore } from '../../hub/db/intake-store.ts';
import { DEFAULT_LIMITS } from '../../hub/deps.ts';
import { nodeDigest } from '../../hub/digest.ts';
import { readItem } from '../../hub/intake/read-item.ts';
import { takeIn } from '../../hub/intake/take-in.ts';
import { verifyStream } from '../../hub/verify.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { newCall, newStream, notes, sealed } from './support/events.ts';
import { NOON, refused, startHub, storedEvents, taken, type TestHub } from './support/hub.ts';
import { type TestDesk } from './support/desk.ts';

let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
});
afterAll(() => hub.close());

const positions = async (stream: string): Promise<(number | null)[]> => {
  const { rows } = await hub.database.pool.query<{ position: number | null }>(
    'SELECT position FROM events WHERE stream = $1 ORDER BY seq',
    [stream],
  );
  return rows.map((row) => row.position);
};

describe('a batch of good events', () => {
  test('is stored byte for byte, acknowledged, and its chain can be verified from the rows', async () => {
    const stream = newStream();
    const events = await sealed(notes(3), { stream, desk: desk.id, at: NOON });
    const answer = taken(await hub.push(desk, stream, 1, events));
    expect(answer).toMatchObject({ acked: 3, flagged: [], quarantined: [] });
    expect(answer.receipts).toMatchObject([{ stream, from: 1, to: 3, hash: events[2]?.hash, at: NOON }]);
    expect(await storedEvents(hub.database, stream)).toEqual(events);
    expect(await verifyStream(hub.database.pool, stream)).toEqual({
      stream,
      events: 3,
      quarantined: 0,
      faults: [],
    });
  });

  test('that continues its stream is one statement, whatever its size: no other round trip, no transaction around it', async () => {
    const pool = hub.database.another();
    const said: string[] = [];
    pool.on('connect', (client) => {
      const query = client.query.bind(client) as (...given: unknown[]) => unknown;
      const heard = (...given: unknown[]): unknown => {
        const [first] = given;
        said.push(typeof first === 'string' ? first : z.object({ text: z.string() }).parse(first).text);
        return query(...given);
      };
      Object.assign(client, { query: heard });
    });
    const stream = newStream();
    const events = await sealed(notes(120), { stream, desk: desk.id, at: NOON });
    const store = sqlIntakeStore(pool);
    const push = async (from: number, to: number) => {
      const items = z.array(z.unknown()).parse(JSON.parse(JSON.stringify(events.slice(from - 1, to))));
      const read = await Promise.all(items.map((item, at) => readItem(item, stream, from + at, nodeDigest)));
      const batch = { stream, desk: desk.id, from, items: read, sources: () => [] };
      return takeIn(store, batch, NOON, DEFAULT_LIMITS.clock);
    };
    expect(await push(1, 20)).toMatchObject({ ok: true, value: { answer: { acked: 20 } } });
    expect(await push(21, 120)).toMatchObject({ ok: true, value: { answer: { acked: 120 } } });
    expect(said).toHaveLength(2);
    expect(
      said.every((text) => text.includes('INSERT INTO events') && text.includes('INSERT INTO receipts')),
    ).toBe(true);
  });

  test('sent again changes nothing and is answered with the receipts of the first time', async () => {
    const stream = newStream();
    const events = await sealed(notes(4), { stream, desk: desk.id, at: NOON });
    const first = taken(await hub.push(desk, stream, 1, events));
    hub.clock.at += 5_000;
    expect(taken(await hub.push(desk, stream, 1, events))).toEqual(first);
    // A part of it, or more than it, gets the same receipt too.
    expect(taken(await hub.push(desk, stream, 2, events.slice(1, 3))).receipts).toEqual(first.receipts);
    const head = { seq: 4, hash: events[3]?.hash ?? '' };
    const more = await sealed(notes(2), { stream, desk: desk.id, at: NOON, head });
    const longer = taken(await hub.push(desk, stream, 3, [...events.slice(2), ...more]));
    expect(longer.acked).toBe(6);
    expect(longer.receipts[0]).toEqual(first.receipts[0]);
    expect(longer.receipts[1]).toMatchObject({ from: 5, to: 6, at: NOON + 5_000 });
    hub.clock.at = NOON;
  });

  test('may hold a NUL, quotes, other alphabets and odd numbers, and is still the same bytes', async () => {
    const stream = newStream();
    const text = 'nul \0 quote " back \\ line \u2028 ünïcödé 👩‍🚒 \u0001';
    const events = await sealed(
      [
        { type: 'note.added', data: { text } },
        {
          type: 'future.thing',
          data: { a: 1e21, b: 0.1, c: -0, d: 5e-324, e: [null, true, { '\0': '\0' }] },
        },
      ],
      { stream, desk: desk.id, at: NOON },
    );
    const answer = taken(await hub.push(desk, stream, 1, JSON.parse(JSON.stringify(events)) as Envelope[]));
    expect(answer).toMatchObject({ acked: 2, quarantined: [], flagged: [{ seq: 2, kind: 'unknownType' }] });
    expect((await storedEvents(hub.database, stream))[0]?.data).toEqual({ text });
    expect((await verifyStream(hub.database.pool, stream)).faults).toEqual([]);
  });

  test('beyond a gap is stored and receipted, and acknowledged when the gap is filled', async () => {
    const stream = newStream();
    const call = newCall();
    const events = await sealed(notes(6), { stream, desk: desk.id, at: NOON, call });
    const beyond = taken(await hub.push(desk, stream, 4, events.slice(3, 5)));
    expect(beyond).toMatchObject({ acked: 0, receipts: [{ from: 4, to: 5 }] });
    expect(await positions(stream)).toEqual([null, null]);
    const page = await hub.get(desk, `/v1/calls/${call}/events`);
    expect(page.body).toEqual({ events: [], next: null });
    expect(taken(await hub.push(desk, stream, 1, events.slice(0, 2))).acked).toBe(2);
    const whole = taken(await hub.push(desk, stream, 3, events.slice(2)));
    expect(whole.acked).toBe(6);
    expect(whole.receipts.map(({ from, to }) => [from, to])).toEqual([
      [3, 3],
      [4, 5],
      [6, 6],
    ]);
    // The hub's order never puts an event before its predecessor.
    const order = await positions(stream);
    expect(order).toEqual(order.toSorted((a, b) => Number(a) - Number(b)));
    expect(order).not.toContain(null);
    expect((await verifyStream(hub.database.pool, stream)).faults).toEqual([]);
  });

  test('tells afterwards which calls have new events, and nothing the second time', async () => {
    const stream = newStream();
    const call = newCall();
    const events = await sealed(notes(2), { stream, desk: desk.id, at: NOON, call });
    hub.changed.length = 0;
    await hub.push(desk, stream, 1, events);
    await hub.push(desk, stream, 1, events);
    expect(hub.changed).toEqual([call]);
  });
});

describe('a doubtful event is stored and flagged', () => {
  test('brokenLink: it does not carry the hash of the one before it', async () => {
    const stream = newStream();
    const [first, second] = await sealed(notes(2), { stream, desk: desk.id, at: NOON });
    const head = { seq: 1, hash: 'f'.repeat(64) };
    const [wrong] = await sealed(notes(1), { stream, desk: desk.id, at: NOON, head });
    const answer = taken(await hub.push(desk, stream, 1, [first, wrong]));
    expect(answer.flagged).toMatchObject([{ seq: 2, kind: 'brokenLink' }]);
    expect(answer.acked).toBe(2);
    expect((await verifyStream(hub.database.pool, stream)).faults).toEqual([{ kind: 'brokenLink', seq: 2 }]);
    expect(second?.seq).toBe(2);
  });

  test('brokenLink: a first event that does not start from nothing', async () => {
    const stream = newStream();
    const head = { seq: 0, hash: 'f'.repeat(64) };
    const events = await sealed(notes(1), { stream, desk: desk.id, at: NOON, head });
    expect(taken(await hub.push(desk, stream, 1, events)).flagged).toMatchObject([
      { seq: 1, kind: 'brokenLink' },
    ]);
  });

  test('brokenLink: found when the gap before a stored event is filled with something else', async () => {
    const stream = newStream();
    const events = await sealed(notes(3), { stream, desk: desk.id, at: NOON });
    const others = await sealed(notes(3, 'another'), { stream, desk: desk.id, at: NOON });
    expect(taken(await hub.push(desk, stream, 3, events.slice(2))).flagged).toEqual([]);
    await hub.push(desk, stream, 1, others.slice(0, 2));
    const { body } = await hub.get(desk, `/v1/streams/${stream}/flags`);
    expect(body).toMatchObject({ items: [{ seq: 3, kind: 'brokenLink' }], next: null });
  });

  test('wrongHash: its contents were changed', async () => {
    const stream = newStream();
    const [event] = await sealed(notes(1), { stream, desk: desk.id, at: NOON });
    const changed = { ...event, data: { text: 'something else' } };
    expect(taken(await hub.push(desk, stream, 1, [changed])).flagged).toMatchObject([
      { seq: 1, kind: 'wrongHash' },
    ]);
    expect((await verifyStream(hub.database.pool, stream)).faults).toEqual([{ kind: 'wrongHash', seq: 1 }]);
  });

  test('clock: more than a day old or more than five minutes ahead, and not at the limits', async () => {
    const day = 24 * 60 * 60_000;
    const cases = [NOON - day, NOON - day - 1, NOON + 5 * 60_000, NOON + 5 * 60_000 + 1];
    for (const [index, at] of cases.entries()) {
      const stream = newStream();
      const events = await sealed(notes(1), { stream, desk: desk.id, at });
      const kinds = taken(await hub.push(desk, stream, 1, events)).flagged.map((flag) => flag.kind);
      expect(kinds, `case ${index}`).toEqual(index % 2 === 0 ? [] : ['clock']);
    }
  });

  test('fork: the first stays, the second is kept in quarantine, and saying it again adds nothing', async () => {
    const stream = newStream();
    const mine = await sealed(notes(2), { stream, desk: desk.id, at: NOON });
    const restored = await sealed(notes(2, 'after an old copy was put back'), {
      stream,
      desk: desk.id,
      at: NOON,
    });
    const first = taken(await hub.push(desk, stream, 1, mine));
    const second = taken(await hub.push(desk, stream, 1, restored));
    expect(second).toMatchObject({ acked: 2, receipts: first.receipts });
    expect(second.flagged.map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'fork'],
      [2, 'fork'],
    ]);
    expect(taken(await hub.push(desk, stream, 1, restored))).toEqual(second);
    expect(await storedEvents(hub.database, stream)).toEqual(mine);
    const { body } = await hub.get(desk, `/v1/streams/${stream}/quarantine`);
    expect(body).toMatchObject({
      items: [{ seq: 1, problem: { code: 'event.fork' } }, { seq: 2 }],
      next: null,
    });
    const { items } = body as { items: { raw: string }[] };
    expect(items.map((item) => JSON.parse(item.raw) as unknown)).toEqual(restored);
  });
});

describe('who owns a stream', () => {
  test('another desk may neither add to it nor read about it', async () => {
    const stream = newStream();
    const other = await hub.enrolled();
    const events = await sealed(notes(2), { stream, desk: desk.id, at: NOON });
    await hub.push(desk, stream, 1, events.slice(0, 1));
    const refusal = { status: 403, code: 'stream.notYours', field: 'stream' };
    expect(refused(await hub.push(other, stream, 2, events.slice(1)))).toEqual(refusal);
    for (const path of ['', '/flags', '/quarantine']) {
      expect(refused(await hub.get(other, `/v1/streams/${stream}${path}`))).toEqual(refusal);
    }
    expect(await storedEvents(hub.database, stream)).toHaveLength(1);
  });

  test('its head is where the hub has it, and nothing for a stream never seen', async () => {
    const stream = newStream();
    const none = await hub.get(desk, `/v1/streams/${stream}`);
    expect(none).toMatchObject({ status: 200, body: { stream, acked: 0, hash: null } });
    const events = await sealed(notes(3), { stream, desk: desk.id, at: NOON });
    await hub.push(desk, stream, 1, events.slice(0, 2));
    const head = await hub.get(desk, `/v1/streams/${stream}`);
    expect(head.body).toEqual({ stream, acked: 2, hash: events[1]?.hash });
  });
});
