import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../hub/deps.ts';
import { verifyStream } from '../../hub/verify.ts';
import { type TestDesk } from './support/desk.ts';
import { newCall, newStream, notes, sealed } from './support/events.ts';
import { NOON, refused, startHub, storedEvents, taken, type TestHub } from './support/hub.ts';

let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
});
afterAll(() => hub.close());

describe('two hub processes on one database', () => {
  test('that get the same batch at once store it once, and both answer with the same receipts', async () => {
    const other = await hub.second();
    for (let round = 0; round < 10; round++) {
      const stream = newStream();
      const events = await sealed(notes(20), { stream, desk: desk.id, at: NOON });
      const batch = [...events, 'junk'];
      const answers = await Promise.all([
        hub.push(desk, stream, 1, batch),
        other.push(desk, stream, 1, batch),
        hub.push(desk, stream, 1, batch),
        other.push(desk, stream, 1, batch),
      ]);
      const [first, ...rest] = answers.map(taken);
      expect(first).toMatchObject({ acked: 21, receipts: [{ from: 1, to: 21 }] });
      for (const answer of rest) expect(answer).toEqual(first);
      expect(await storedEvents(hub.database, stream)).toEqual(events);
    }
  });

  test('take in one call from two desks at once without ever showing a later event before an earlier one', async () => {
    const other = await hub.second();
    const desks = [desk, await hub.enrolled()] as const;
    const call = newCall();
    const calls = [call, newCall(), newCall()];
    const streams = [newStream(), newStream()] as const;
    // Each batch touches several calls, in opposite orders: locks taken as they come would wait for each other.
    const batches = await Promise.all(
      streams.map(async (stream, index) => {
        const order = index === 0 ? calls : calls.toReversed();
        const all = [];
        let head = { seq: 0, hash: '0'.repeat(64) };
        for (let n = 0; n < 30; n++) {
          const who = desks[index]?.id ?? desk.id;
          const made = await sealed(notes(1), {
            stream,
            desk: who,
            at: NOON,
            call: order[n % 3] ?? call,
            head,
          });
          head = { seq: made[0]?.seq ?? 0, hash: made[0]?.hash ?? '' };
          all.push(...made);
        }
        return all;
      }),
    );
    const seen: number[] = [];
    let sending = true;
    const reader = (async () => {
      while (sending) {
        const { body } = await hub.get(desk, `/v1/calls/${call}/events?after=${seen.at(-1) ?? 0}`);
        seen.push(...(body as { events: { position: number }[] }).events.map((item) => item.position));
      }
    })();
    await Promise.all(
      batches.map(async (events, index) => {
        for (let at = 0; at < events.length; at += 3) {
          const from = index === 0 ? hub : other;
          taken(
            await from.push(
              desks[index] ?? desk,
              streams[index] ?? newStream(),
              at + 1,
              events.slice(at, at + 3),
            ),
          );
        }
      }),
    );
    sending = false;
    await reader;
    const { body } = await hub.get(desk, `/v1/calls/${call}/events`);
    const all = (body as { events: { position: number }[] }).events.map((item) => item.position);
    expect(all).toHaveLength(20);
    // A reader that follows by position has missed nothing that was there when it looked last.
    expect(seen).toEqual(all.slice(0, seen.length));
    for (const stream of streams) expect((await verifyStream(hub.database.pool, stream)).faults).toEqual([]);
  });
});

describe('more batches at once than the hub takes', () => {
  test('are asked to come back, and are taken in when they do', async () => {
    const small = await startHub({
      limits: { ...DEFAULT_LIMITS, intakesAtOnce: 2, intakesWaiting: 2, intakesPerDesk: 50 },
    });
    const one = await small.enrolled();
    const streams = Array.from({ length: 12 }, newStream);
    const batches = await Promise.all(
      streams.map((stream) => sealed(notes(50), { stream, desk: one.id, at: NOON })),
    );
    const answers = await Promise.all(
      streams.map((stream, i) => small.push(one, stream, 1, batches[i] ?? [])),
    );
    const busy = answers.filter((answer) => answer.status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.length).toBeLessThan(streams.length);
    for (const answer of busy) {
      expect(refused(answer).code).toBe('hub.busy');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    // Every place was given back.
    for (const [i, stream] of streams.entries()) {
      expect(taken(await small.push(one, stream, 1, batches[i] ?? [])).acked).toBe(50);
    }
    await small.close();
  });

  test('that break off while sending give their place back', async () => {
    const small = await startHub({ limits: { ...DEFAULT_LIMITS, intakesAtOnce: 1, intakesWaiting: 0 } });
    const one = await small.enrolled();
    const address = await small.app.listen({ host: '127.0.0.1', port: 0 });
    const stream = newStream();
    const events = await sealed(notes(1), { stream, desk: one.id, at: NOON });

    const authorization = `Bearer ${await one.assertion(NOON)}`;
    const halfRequest =
      `POST /v1/streams/${stream}/events HTTP/1.1\r\nHost: hub\r\nAuthorization: ${authorization}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"v":1,';
    // It holds the only place until it breaks off. (Begun again should our own push have been there first.)
    for (let held = false; !held;) {
      const socket = connect(Number(new URL(address).port), '127.0.0.1');
      socket.write(halfRequest);
      await setTimeout(50);
      held = (await small.push(one, stream, 1, events)).status === 503;
      socket.destroy();
    }
    let answer = await small.push(one, stream, 1, events);
    while (answer.status === 503) {
      await setTimeout(10);
      answer = await small.push(one, stream, 1, events);
    }
    expect(taken(answer).acked).toBe(1);
    await small.close();
  });
});
