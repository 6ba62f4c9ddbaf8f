import { type Stake } from '../../shared/sync/leaving.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type RunningDesk } from './desk.ts';

export interface IdleWatchPorts {
  readonly now: () => UtcMs;
  /** The policy's minutes; undefined: this desk never locks. Asked at every look, because policy may change. */
  readonly minutes: () => number | undefined;
  /** What stands open at the desk. */
  readonly stake: () => Pick<Stake, 'openCalls' | 'emergencies'>;
  readonly isLocked: () => boolean;
  readonly lock: () => void;
}

/** How often the watch looks, in ms. */
export const LOOK_MS = 5_000;

/**
 * Locks the desk when nobody has used a key or a pointer for the policy's minutes, between calls. While a call is open or
 * an emergency is not confirmed the time does not run: talking is work, and nothing of it is ever hidden.
 */
export function idleWatch({ now, minutes, stake, isLocked, lock }: IdleWatchPorts): {
  /** Somebody is there: a key, a pointer. */
  here(): void;
  look(): void;
} {
  let last = now();
  return {
    here() {
      last = now();
    },
    look() {
      const limit = minutes();
      const { openCalls, emergencies } = stake();
      if (limit === undefined || openCalls > 0 || emergencies > 0 || isLocked()) {
        last = now();
        return;
      }
      // A clock that was set back starts the time afresh: it is no reason to lock never.
      if (now() < last) last = now();
      if (now() - last >= limit * 60_000) lock();
    },
  };
}

/** A call that comes by itself may be over before the next look: the desk is looked at with each new one. Answers how to stop. */
export function lookAtNewCalls(desk: Pick<RunningDesk, 'calls' | 'subscribe'>, look: () => void): () => void {
  let known = desk.calls().length;
  return desk.subscribe(() => {
    const now = desk.calls().length;
    if (now === known) return;
    known = now;
    look();
  });
}
