import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyStream } from '../../hub/verify.ts';
import { type Receipt } from '../../shared/sync/protocol.ts';
import { type TestDesk } from './support/desk.ts';
import { newCall, newStream, notes, sealed } from './support/events.ts';
import { NOON, startHub, storedEvents, taken, type TestHub } from './support/hub.ts';

const SEED = Number(process.env['LANTERN_SEED'] ?? Date.now() % 1_000_000);
const LENGTH = 12;

let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
});
afterAll(() => hub.close());

/** Batches as [first, last], in any order, overlapping and repeated, that together hold every number. */
const schedules = fc
  .array(fc.tuple(fc.integer({ min: 1, max: LENGTH }), fc.integer({ min: 1, max: LENGTH })), {
    maxLength: 12,
  })
  .chain((some) => {
    const batches = some.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    const covered = new Set(
      batches.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i)),
    );
    const missing = Array.from({ length: LENGTH }, (_, i) => i + 1).filter((seq) => !covered.has(seq));
    const all = [...batches, ...missing.map((seq) => [seq, seq] as const)];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

test(`any split, repetition and order of batches ends with the same stream (seed ${SEED})`, async () => {
  console.log(`any-order seed ${SEED} (repeat with LANTERN_SEED=${SEED})`);
  await fc.assert(
    fc.asyncProperty(schedules, fc.subarray([3, 7, 12]), async (batches, junkAt) => {
      const stream = newStream();
      const events = await sealed(notes(LENGTH), { stream, desk: desk.id, at: NOON, call: newCall() });
      const items: unknown[] = events.map((event) =>
        junkAt.includes(event.seq) ? { junk: event.seq } : event,
      );
      const receiptOf = new Map<number, Receipt>();
      const received = new Set<number>();
      let acked = 0;
      for (const [from, to] of batches) {
        hub.clock.at += 1;
        const answer = taken(await hub.push(desk, stream, from, items.slice(from - 1, to)));
        for (let seq = from; seq <= to; seq++) received.add(seq);
        let contiguous = 0;
        while (received.has(contiguous + 1)) contiguous += 1;
        expect(answer.acked).toBe(contiguous);
        expect(answer.acked).toBeGreaterThanOrEqual(acked);
        acked = answer.acked;
        for (let seq = from; seq <= to; seq++) {
          const covering = answer.receipts.filter((receipt) => receipt.from <= seq && seq <= receipt.to);
          expect(covering).toHaveLength(1);
          // The receipt of a number is the one issued the first time, for ever.
          const [receipt] = covering;
          if (receipt !== undefined) expect(receiptOf.get(seq) ?? receipt).toEqual(receipt);
          if (receipt !== undefined) receiptOf.set(seq, receipt);
        }
      }
      expect(acked).toBe(LENGTH);
      const good = events.filter((event) => !junkAt.includes(event.seq));
      expect(await storedEvents(hub.database, stream)).toEqual(good);
      const { faults, quarantined } = await verifyStream(hub.database.pool, stream);
      expect([faults, quarantined]).toEqual([[], junkAt.length]);
      const { rows } = await hub.database.pool.query<{ seq: number }>(
        'SELECT seq FROM events WHERE stream = $1 ORDER BY position',
        [stream],
      );
      expect(rows.map((row) => row.seq)).toEqual(good.map((event) => event.seq));
      const flags = await hub.database.pool.query('SELECT 1 FROM flags WHERE stream = $1', [stream]);
      expect(flags.rowCount).toBe(0);
    }),
    { seed: SEED, numRuns: 60 },
  );
  hub.clock.at = NOON;
});
