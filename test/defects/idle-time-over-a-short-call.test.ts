import { expect, it } from 'vitest';
import { idleWatch, lookAtNewCalls } from '../../renderer/call/idle-watch.ts';
import { stakeOf } from '../../renderer/call/stake.ts';
import { closingSteps } from '../support/closing-steps.ts';
import { createWorld } from '../renderer/support/world.ts';

// The desk is looked at every five seconds. A call that came and was over between two looks did not end the idle time, and
// a desk could lock the moment after a call.

it('a call that is over before the next look ends the idle time all the same', async () => {
  const world = await createWorld();
  const { desk } = await world.start();
  let now = 0;
  let locks = 0;
  const watch = idleWatch({
    now: () => now,
    minutes: () => 10,
    stake: () => stakeOf(desk),
    isLocked: () => false,
    lock: () => (locks += 1),
  });
  const stop = lookAtNewCalls(desk, () => watch.look());
  now = 9 * 60_000;
  watch.look();
  const call = desk.takeCall({ source: 'telephony', number: '01632 960 123' });
  for (const step of closingSteps()) desk.record(call, step);
  expect(stakeOf(desk).openCalls).toBe(0);
  now = 18 * 60_000;
  watch.look();
  expect(locks).toBe(0);
  now = 19 * 60_000;
  watch.look();
  expect(locks).toBe(1);
  stop();
  await world.settle();
});
