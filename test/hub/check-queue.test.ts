import { expect, test } from 'vitest';
import { createCheckQueue } from '../../hub/intake/check-queue.ts';
import { type CallId } from '../../shared/ids.ts';
import { newCall } from './support/events.ts';

/** Timers that run when the test moves the time. */
function handTimers() {
  let now = 0;
  const due = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    after(ms: number, run: () => void) {
      const timer = { at: now + ms, run };
      due.add(timer);
      return () => void due.delete(timer);
    },
    pass(ms: number) {
      now += ms;
      for (const timer of [...due].filter(({ at }) => at <= now)) if (due.delete(timer)) timer.run();
    },
    get waiting() {
      return due.size;
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function queue() {
  const timers = handTimers();
  const checked: CallId[] = [];
  const errors: unknown[] = [];
  const failing = new Set<CallId>();
  const made = createCheckQueue({
    check: async (call) => {
      if (failing.has(call)) throw new Error('cannot');
      checked.push(call);
    },
    timers,
    quietMs: 100,
    latestMs: 1_000,
    onError: (error) => errors.push(error),
  });
  return { made, timers, checked, errors, failing };
}

test('a call with many events in a row is checked once, after them', async () => {
  const { made, timers, checked } = queue();
  const call = newCall();
  made.add(call);
  made.add(call);
  made.add(call);
  timers.pass(99);
  await settled();
  expect(checked).toEqual([]);
  timers.pass(1);
  await settled();
  expect(checked).toEqual([call]);
  expect(timers.waiting).toBe(0);
});

test('while other calls go on arriving a quiet call waits for its check, but not for ever', async () => {
  const { made, timers, checked } = queue();
  const [quiet, busy] = [newCall(), newCall()];
  made.add(quiet);
  for (let ms = 0; ms < 1_050; ms += 50) {
    made.add(busy);
    timers.pass(50);
  }
  await settled();
  expect(checked).toEqual([]);
  made.add(busy);
  timers.pass(50);
  await settled();
  expect(checked).toEqual([quiet]);
  timers.pass(50);
  await settled();
  expect(checked).toEqual([quiet, busy]);
});

test('draining checks what still waits, without the wait, and leaves no timer behind', async () => {
  const { made, timers, checked } = queue();
  const calls = [newCall(), newCall()];
  for (const call of calls) made.add(call);
  await made.drain();
  expect(checked).toEqual(calls);
  expect(timers.waiting).toBe(0);
});

test('a check that fails is reported and does not stop the others', async () => {
  const { made, checked, errors, failing } = queue();
  const [bad, good] = [newCall(), newCall()];
  failing.add(bad);
  made.add(bad);
  made.add(good);
  await made.drain();
  expect(errors).toHaveLength(1);
  expect(checked).toEqual([good]);
});
