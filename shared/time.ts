import { z } from 'zod';

/** Milliseconds since 1970 in UTC. Local time (Europe/London) exists only at the moment of display (H24). */
export const utcMs = z.int().min(0).max(8.64e15);
export type UtcMs = z.infer<typeof utcMs>;

/** Wall-clock time. Passed in everywhere, so that decisions run under a virtual clock in tests. */
export interface Clock {
  now(): UtcMs;
}

/** Timers, passed in for the same reason as the clock. `after` returns a function that cancels. */
export interface Timers {
  after(ms: number, run: () => void): () => void;
}
