import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlIntakeStore } from '../../hub/db/intake-store.ts';
import { DEFAULT_LIMITS } from '../../hub/deps.ts';
import { nodeDigest } from '../../hub/digest.ts';
import { readItem } from '../../hub/intake/read-item.ts';
import { type IntakeStore } from '../../hub/intake/store.ts';
import { takeIn } from '../../hub/intake/take-in.ts';
import { type PushResponse } from '../../shared/sync/protocol.ts';
import { type DeskId, type StreamId } from '../../shared/ids.ts';
import { type TestDesk } from './support/desk.ts';
import { newStream, notes, sealed } from './support/events.ts';
import { NOON, startHub, storedEvents, taken, type TestHub } from './support/hub.ts';
import { createMemoryStore } from './support/memory-store.ts';

const SEED = Number(process.env['LANTERN_SEED'] ?? Date.now() % 1_000_000);

let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
});
afterAll(() => hub.close());

async function push(
  store: IntakeStore,
  stream: StreamId,
  from: number,
  events: readonly unknown[],
  who: DeskId = desk.id,
): Promise<PushResponse> {
  const items = await Promise.all(events.map((event, i) => readItem(event, stream, from + i, nodeDigest)));
  const sources = (): string[] => events.map((event) => JSON.stringify(event));
  const batch = { stream, desk: who, from, items, sources };
  const result = await takeIn(store, batch, NOON, DEFAULT_LIMITS.clock);
  if (!result.ok) throw new Error(result.error.problem.code);
  return result.value.answer;
}

/** Receipts are numbered by the store as a whole: compared by what they cover. */
const comparable = (answer: PushResponse) => ({
  ...answer,
  receipts: answer.receipts.map(({ n: _n, ...rest }) => rest),
});

const LENGTH = 9;
const steps = fc.array(
  fc.record({
    from: fc.integer({ min: 1, max: LENGTH }),
    count: fc.integer({ min: 1, max: LENGTH }),
    /** What stands in place of one of the batch's items. */
    odd: fc.option(
      fc.record({
        at: fc.integer({ min: 0, max: LENGTH }),
        as: fc.constantFrom('junk', 'otherJunk', 'fork', 'changed'),
      }),
    ),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('the store in memory and the one in PostgreSQL', () => {
  test(`answer every schedule of batches alike (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (schedule) => {
        const stream = newStream();
        const good = await sealed(notes(LENGTH), { stream, desk: desk.id, at: NOON });
        const forks = await sealed(notes(LENGTH, 'another'), { stream, desk: desk.id, at: NOON });
        const stores = [createMemoryStore(), sqlIntakeStore(hub.database.pool)] as const;
        for (const { from, count, odd } of schedule) {
          const batch: unknown[] = good.slice(from - 1, from - 1 + count);
          if (odd !== null && odd.at < batch.length) {
            const seq = from + odd.at;
            const changed = { ...good[seq - 1], data: { text: 'changed' } };
            batch[odd.at] = { junk: 'junk', otherJunk: 7, fork: forks[seq - 1], changed }[odd.as];
          }
          const [inMemory, inSql] = await Promise.all(
            stores.map((store) => push(store, stream, from, batch)),
          );
          if (inMemory === undefined || inSql === undefined) throw new Error('no answer');
          expect(comparable(inSql)).toEqual(comparable(inMemory));
        }
        const kept = stores[0].state.streams.get(stream);
        const events = [...(kept?.events ?? [])].toSorted(([a], [b]) => a - b);
        expect(await storedEvents(hub.database, stream)).toEqual(events.map(([, { item }]) => item.event));
        const { rows } = await hub.database.pool.query<{ placed: boolean }>(
          'SELECT position IS NOT NULL AS placed FROM events WHERE stream = $1 ORDER BY seq',
          [stream],
        );
        expect(rows.map((row) => row.placed)).toEqual(events.map(([, { position }]) => position !== null));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  test('refuse another desk alike, and keep nothing of what it sent', async () => {
    const other = await hub.enrolled();
    for (const store of [createMemoryStore(), sqlIntakeStore(hub.database.pool)]) {
      const stream = newStream();
      const events = await sealed(notes(2), { stream, desk: desk.id, at: NOON });
      await push(store, stream, 1, events.slice(0, 1));
      await expect(push(store, stream, 2, events.slice(1), other.id)).rejects.toThrow('stream.notYours');
      await expect(push(store, stream, 1, events, other.id)).rejects.toThrow('stream.notYours');
      expect((await push(store, stream, 1, events.slice(0, 1))).acked).toBe(1);
    }
  });
});

describe('a receipt', () => {
  test('is never given for a transaction that fails at its COMMIT', async () => {
    const own = await startHub();
    const one = await own.enrolled();
    const stream = newStream();
    const events = await sealed(notes(4), { stream, desk: one.id, at: NOON });
    expect(taken(await own.push(one, stream, 1, events.slice(0, 1))).acked).toBe(1);
    // A check that PostgreSQL makes only at COMMIT, as a broken disk would: after the statement has said it is done.
    await own.database.pool.query(`
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no' USING ERRCODE = '53100'; END $$;
      CREATE CONSTRAINT TRIGGER late AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION fail()`);
    const plain = await own.push(one, stream, 2, events.slice(1));
    const longWay = await own.push(one, stream, 1, events);
    for (const answer of [plain, longWay]) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(await storedEvents(own.database, stream)).toHaveLength(1);
    await own.database.pool.query('DROP TRIGGER late ON events');
    expect(taken(await own.push(one, stream, 2, events.slice(1))).acked).toBe(4);
    await own.close();
  });

  test('is not given twice when a store crashes after COMMIT, and the events are there once', async () => {
    const stream = newStream();
    const events = await sealed(notes(3), { stream, desk: desk.id, at: NOON });
    let crash = true;
    const crashing = createMemoryStore({
      afterCommit: () => {
        if (crash) throw new Error('crash');
      },
    });
    await expect(push(crashing, stream, 1, events)).rejects.toThrow('crash');
    crash = false;
    const again = await push(crashing, stream, 1, events);
    expect(again).toMatchObject({ acked: 3, receipts: [{ n: 1, from: 1, to: 3 }] });
    expect(crashing.state.streams.get(stream)?.events.size).toBe(3);
  });

  test('is not given when a store crashes before COMMIT, and nothing is there', async () => {
    const stream = newStream();
    const events = await sealed(notes(3), { stream, desk: desk.id, at: NOON });
    const crashing = createMemoryStore({
      beforeCommit: () => Promise.reject(new Error('crash')),
    });
    await expect(push(crashing, stream, 1, events)).rejects.toThrow('crash');
    expect(crashing.state.streams.size).toBe(0);
  });
});
