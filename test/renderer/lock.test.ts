import { expect, it } from 'vitest';
import { realTimers } from '../../renderer/call/browser-ports.ts';
import { lockName, webLocks } from '../../renderer/sync/lock.ts';
import { virtualTime } from './support/virtual-time.ts';

/** Node's own Web Locks: the same rules as the browser's. */
const name = lockName(`test-${process.pid}`);

it('gives the lock to one window, and to the next when the first lets go', async () => {
  const time = virtualTime();
  const windows = webLocks(navigator.locks, time.timers);
  const first = await windows.take(name, 1_500);
  expect(first).toBeDefined();
  const second = windows.take(name, 1_500);
  time.moveTo(time.clock.now() + 1_500);
  expect(await second).toBeUndefined();
  const free = windows.whenFree(name);
  first?.release();
  await free;
  const third = await webLocks(navigator.locks, realTimers).take(name, 1_500);
  expect(third).toBeDefined();
  third?.release();
});

it('waits a moment for a window that is on its way out, as a page that reloads must', async () => {
  const time = virtualTime();
  const windows = webLocks(navigator.locks, time.timers);
  const first = await windows.take(name, 1_500);
  const second = windows.take(name, 1_500);
  time.moveTo(time.clock.now() + 1_000);
  first?.release();
  const taken = await second;
  expect(taken).toBeDefined();
  // Its patience must not end what it now holds.
  time.moveTo(time.clock.now() + 10_000);
  const third = windows.take(name, 100);
  time.moveTo(time.clock.now() + 100);
  expect(await third).toBeUndefined();
  taken?.release();
});
