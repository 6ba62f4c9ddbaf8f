import { type Clock, type UtcMs } from '../../../shared/time.ts';

/**
 * The latest time this PC has shown, as far as is known: what was kept, what the clock says, and what was kept plus the
 * time that has passed since by a counter that nobody can set.
 */
export interface LatestTime {
  get(): UtcMs;
  /** The issuer has just vouched for the clock: earlier readings that were ahead of it are forgotten. */
  set(now: UtcMs): void;
}

/** `uptime` in ms, from any beginning, never set back. */
export function latestTime(kept: UtcMs, clock: Clock, uptime: () => number): LatestTime {
  let base = Math.max(kept, clock.now());
  let since = uptime();
  return {
    get() {
      base = Math.max(clock.now(), base + Math.floor(uptime() - since));
      since = uptime();
      return base;
    },
    set(now) {
      base = now;
      since = uptime();
    },
  };
}
