import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  nextLimit,
  QUICK_MS,
  SLOW_MS,
  startSync,
  type SyncEffect,
  type SyncInput,
  type SyncState,
  syncStep,
} from '../../shared/sync/engine.ts';
import { MAX_BATCH_EVENTS, type PushResponse } from '../../shared/sync/protocol.ts';

const SEED = Number(process.env['LANTERN_SEED'] ?? Date.now() % 1_000_000_000);
const answer = (acked: number): SyncInput => ({
  type: 'answered',
  response: { v: 1, acked, receipts: [], flagged: [], quarantined: [] } satisfies PushResponse,
});
const input: fc.Arbitrary<SyncInput> = fc.oneof(
  fc.record({ type: fc.constant('durable' as const), seq: fc.nat(1000) }),
  fc.nat(1000).map(answer),
  fc.record({
    type: fc.constant('failed' as const),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
    fault: fc.record({
      code: fc.constantFrom('hub.away', 'hub.busy', 'hub.refused'),
      field: fc.constant('(whole)'),
      message: fc.constant('no'),
    }),
  }),
  fc.constant({ type: 'waited' as const }),
  fc.constant({ type: 'hubBack' as const }),
);

function check(before: SyncState, after: SyncState, effect: SyncEffect): void {
  expect(after.acked).toBeGreaterThanOrEqual(before.acked);
  expect(after.durable).toBeGreaterThanOrEqual(before.durable);
  expect(after.limit).toBeGreaterThanOrEqual(1);
  expect(after.limit).toBeLessThanOrEqual(MAX_BATCH_EVENTS);
  if (effect.do === 'push') {
    expect(effect.from).toBe(after.acked + 1);
    expect(after.phase).toBe('pushing');
    expect(effect.from).toBeLessThanOrEqual(after.durable);
  }
  if (effect.do === 'wait') expect(effect.ms).toBeGreaterThanOrEqual(0);
  // Something unsent is always on its way, or waited for.
  if (after.acked < after.durable) expect(after.phase).not.toBe('idle');
}

it('keeps its invariants whatever comes, in any order', () => {
  console.info(`engine.property: LANTERN_SEED=${SEED}`);
  fc.assert(
    fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
      let [state] = syncStep(startSync(0, 0), { type: 'durable', seq: 5 });
      for (const given of inputs) {
        // The driver answers a push only while one is under way.
        const belongs = (given.type !== 'answered' && given.type !== 'failed') || state.phase === 'pushing';
        if (!belongs) continue;
        const [next, effect] = syncStep(state, given);
        check(state, next, effect);
        state = next;
      }
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

it('sends everything in the end to a hub that answers in the end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.array(fc.boolean(), { maxLength: 40 }),
      (total, outages) => {
        let [state, effect] = syncStep(startSync(0, 0), { type: 'durable', seq: total });
        const failures = [...outages];
        for (let steps = 0; effect.do !== 'nothing'; steps += 1) {
          expect(steps).toBeLessThan(20_000);
          const given: SyncInput =
            effect.do === 'wait'
              ? { type: 'waited' }
              : failures.shift() === true
                ? { type: 'failed', random: 0.5, fault: { code: 'hub.away', field: 'f', message: 'm' } }
                : answer(Math.min(total, effect.from + effect.limit - 1));
          [state, effect] = syncStep(state, given);
        }
        expect(state).toMatchObject({ phase: 'idle', acked: total });
      },
    ),
    { seed: SEED },
  );
});

it('treats an answer that moves nothing as a failure, so that it is not sent again at once for ever', () => {
  const [pushing] = syncStep(startSync(0, 0), { type: 'durable', seq: 3 });
  const [state, effect] = syncStep(pushing, answer(0));
  expect(state).toMatchObject({ phase: 'waiting', why: { code: 'hub.noProgress' } });
  expect(effect.do).toBe('wait');
});

it('comes back from a long outage or a busy hub with whole batches, and narrows a refused one down to its event', () => {
  const after = (code: string): number => {
    let [state] = syncStep(startSync(0, 0), { type: 'durable', seq: 1_000 });
    for (let tries = 0; tries < 1_000; tries += 1) {
      [state] = syncStep(state, {
        type: 'failed',
        random: 0.5,
        fault: { code, field: '(whole)', message: 'no' },
      });
      [state] = syncStep(state, { type: 'waited' });
    }
    return state.limit;
  };
  expect(after('hub.busy')).toBe(100);
  expect(after('hub.revoked')).toBe(100);
  expect(after('hub.away')).toBe(25);
  expect(after('hub.refused')).toBe(1);
});

it('sends larger batches while answers are quick, and smaller ones when they are slow', () => {
  expect(nextLimit(100, { sent: 100, tookMs: QUICK_MS })).toBe(200);
  expect(nextLimit(400, { sent: 400, tookMs: 1 })).toBe(MAX_BATCH_EVENTS);
  expect(nextLimit(100, { sent: 3, tookMs: 1 })).toBe(100);
  expect(nextLimit(100, { sent: 100, tookMs: QUICK_MS + 1 })).toBe(100);
  expect(nextLimit(100, { sent: 100, tookMs: SLOW_MS + 1 })).toBe(50);
  expect(nextLimit(500, { sent: 20, tookMs: SLOW_MS + 1 })).toBe(10);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MAX_BATCH_EVENTS }),
      fc.integer({ min: 0, max: MAX_BATCH_EVENTS }),
      fc.integer({ min: 0, max: 60_000 }),
      (limit, sent, tookMs) => {
        const next = nextLimit(limit, { sent: Math.min(sent, limit), tookMs });
        expect(next).toBeGreaterThanOrEqual(1);
        expect(next).toBeLessThanOrEqual(MAX_BATCH_EVENTS);
      },
    ),
    { seed: SEED },
  );
});
