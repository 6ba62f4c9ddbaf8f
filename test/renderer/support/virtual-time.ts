import { type Clock, type Timers } from '../../../shared/time.ts';

/** A clock that moves only when told, and timers that fire on it in order. */
export interface VirtualTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** When the next timer fires (ms), if there is one. */
  nextAt(): number | undefined;
  /** Moves to `at` and runs the timers that are due then. */
  moveTo(at: number): void;
  /** Forgets every timer: the process they belonged to is gone. */
  clear(): void;
}

export function virtualTime(startAt = Date.UTC(2026, 10, 20, 19, 30)): VirtualTime {
  let now = startAt;
  let next = 1;
  const waiting = new Map<number, { at: number; run: () => void }>();
  return {
    clock: { now: () => now },
    timers: {
      after(ms, run) {
        const id = next++;
        waiting.set(id, { at: now + Math.max(0, ms), run });
        return () => waiting.delete(id);
      },
    },
    nextAt: () => [...waiting.values()].map(({ at }) => at).toSorted((a, b) => a - b)[0],
    moveTo(at) {
      now = Math.max(now, at);
      const due = [...waiting].filter(([, timer]) => timer.at <= now).toSorted(([, a], [, b]) => a.at - b.at);
      for (const [id, timer] of due) {
        // One that fired before may have cancelled it.
        if (waiting.delete(id)) timer.run();
      }
    },
    clear: () => waiting.clear(),
  };
}
