import { type Clock, type Timers } from '../../../shared/time.ts';
import { type Life } from './life.ts';

/** One time line for the whole system. It moves only when told; wall clocks may differ from it. */
export interface VirtualClock {
  now(): number;
  /** Timers that end with the process they belong to. */
  timersOf(life: Pick<Life, 'alive'>): Timers;
  /** A wall clock that is `offset()` ms from the time line: what a clock jump moves. */
  wall(offset: () => number): Clock;
  /** Moves to the earliest timer not later than `limit` and runs it. False when there is none. */
  turn(limit: number): boolean;
  moveTo(at: number): void;
}

interface Waiting {
  readonly at: number;
  readonly run: () => void;
  readonly life: Pick<Life, 'alive'>;
}

export function virtualClock(startAt = Date.UTC(2026, 10, 20, 19, 30)): VirtualClock {
  let now = startAt;
  let next = 1;
  const waiting = new Map<number, Waiting>();

  function earliest(): [number, Waiting] | undefined {
    let found: [number, Waiting] | undefined;
    for (const [id, timer] of waiting) {
      if (!timer.life.alive()) waiting.delete(id);
      else if (found === undefined || timer.at < found[1].at) found = [id, timer];
    }
    return found;
  }

  return {
    now: () => now,
    timersOf: (life) => ({
      after(ms, run) {
        if (!life.alive()) return () => undefined;
        const id = next++;
        waiting.set(id, { at: now + Math.max(0, ms), run, life });
        return () => waiting.delete(id);
      },
    }),
    wall: (offset) => ({ now: () => now + offset() }),
    turn(limit) {
      const due = earliest();
      if (due === undefined || due[1].at > limit) return false;
      const [id, timer] = due;
      waiting.delete(id);
      now = Math.max(now, timer.at);
      timer.run();
      return true;
    },
    moveTo(at) {
      now = Math.max(now, at);
    },
  };
}
