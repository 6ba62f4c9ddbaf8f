import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idleWatch } from '../../renderer/call/idle-watch.ts';
import { stakeOf } from '../../renderer/call/stake.ts';
import { closingSteps } from '../support/closing-steps.ts';
import { createWorld } from './support/world.ts';

const MINUTE = 60_000;

/** A watch over a desk's own stake, on a clock of its own: what `useIdleLock` makes of window and timer. */
function watching(stake: Parameters<typeof idleWatch>[0]['stake'], minutes: number | undefined = 10) {
  const at: { now: number; minutes: number | undefined; locked: boolean; locks: number } = {
    now: 1_000_000,
    minutes,
    locked: false,
    locks: 0,
  };
  const watch = idleWatch({
    now: () => at.now,
    minutes: () => at.minutes,
    stake,
    isLocked: () => at.locked,
    lock() {
      at.locked = true;
      at.locks += 1;
    },
  });
  const pass = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 5_000) {
      at.now += 5_000;
      watch.look();
    }
  };
  return { at, watch, pass };
}
const NOTHING = () => ({ openCalls: 0, emergencies: 0 });

describe('a desk that nobody uses', () => {
  it('locks after the policy’s minutes, not before, and once', () => {
    const { at, pass } = watching(NOTHING);
    pass(10 * MINUTE - 5_000);
    expect(at.locks).toBe(0);
    pass(5_000);
    expect(at.locks).toBe(1);
    pass(60 * MINUTE);
    expect(at.locks).toBe(1);
    // Unlocked again, the time counts from there.
    at.locked = false;
    pass(10 * MINUTE - 5_000);
    expect(at.locks).toBe(1);
    pass(5_000);
    expect(at.locks).toBe(2);
  });

  it('stays open for as long as somebody touches it', () => {
    const { at, watch, pass } = watching(NOTHING);
    for (let times = 0; times < 20; times += 1) {
      pass(9 * MINUTE);
      watch.here();
    }
    expect(at.locks).toBe(0);
  });

  it('follows a policy that changes, and never locks where there are no accounts', () => {
    const { at, pass } = watching(NOTHING);
    pass(3 * MINUTE);
    at.minutes = 2;
    pass(5_000);
    expect(at.locks).toBe(1);
    const demonstration = watching(NOTHING);
    demonstration.at.minutes = undefined;
    demonstration.pass(24 * 60 * MINUTE);
    expect(demonstration.at.locks).toBe(0);
  });

  it('locks after its minutes though the clock of the PC is set back', () => {
    const { at, pass } = watching(NOTHING);
    pass(5 * MINUTE);
    at.now -= 3 * 60 * MINUTE;
    pass(10 * MINUTE + 5_000);
    expect(at.locks).toBe(1);
  });

  it('never locks while a call is open or an emergency is not confirmed, and counts from when that ended', async () => {
    const world = await createWorld();
    const { desk } = await world.start();
    const { at, pass } = watching(() => stakeOf(desk));
    const call = desk.takeCall({ source: 'handler' });
    pass(3 * 60 * MINUTE);
    expect(at.locks).toBe(0);
    // A real call, taken to its end; then another that is an emergency.
    for (const step of closingSteps()) desk.record(call, step);
    expect(stakeOf(desk)).toMatchObject({ openCalls: 0, emergencies: 0 });
    pass(10 * MINUTE - 5_000);
    expect(at.locks).toBe(0);
    const second = desk.takeCall({ source: 'handler' });
    expect(desk.record(second, { type: 'emergency.raised', data: {} })).toMatchObject({ ok: true });
    expect(stakeOf(desk)).toMatchObject({ emergencies: 1 });
    pass(60 * MINUTE);
    expect(at.locks).toBe(0);
    await world.settle();
  });

  it('in any order of touches, calls and minutes: it is never locked with something open, nor before its time', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`idle lock: seed ${seed}`);
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 30 * MINUTE }) }),
        fc.record({ kind: fc.constant('touch' as const), ms: fc.constant(0) }),
        fc.record({ kind: fc.constantFrom('open' as const, 'close' as const), ms: fc.constant(0) }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 20 }), (order, minutes) => {
        let openCalls = 0;
        const { at, watch, pass } = watching(() => ({ openCalls, emergencies: 0 }), minutes);
        let quietSince = at.now;
        for (const { kind, ms } of order) {
          if (kind === 'touch') {
            watch.here();
            quietSince = at.now;
          } else if (kind === 'pass') pass(ms);
          else {
            // As `lookAtNewCalls` does.
            openCalls = kind === 'open' ? 1 : 0;
            watch.look();
          }
          if (openCalls > 0) {
            quietSince = at.now;
            expect(at.locks).toBe(0);
          }
          if (at.locks > 0) return at.now - quietSince >= minutes * MINUTE;
        }
        return true;
      }),
      { seed },
    );
  });
});
