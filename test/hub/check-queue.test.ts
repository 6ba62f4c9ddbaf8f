import { expect, test } from 'vitest';
import { createCheckQueue } from '../../hub/intake/check-queue.ts';
import { type CallId } from '../../shared/ids.ts';
import { newCall } from './support/events.ts';

/** Timers that run when the test says so. */
function handTimers() {
  const due = new Set<() => void>();
  return {
    after(_ms: number, run: () => void) {
      due.add(run);
      return () => void due.delete(run);
    },
    fire() {
      for (const run of Array.from(due)) {
        due.delete(run);
        run();
      }
    },
    get waiting() {
      return due.size;
    },
  };
}

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
  expect(timers.waiting).toBe(1);
  expect(checked).toEqual([]);
  timers.fire();
  await made.drain();
  expect(checked).toEqual([call]);
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
