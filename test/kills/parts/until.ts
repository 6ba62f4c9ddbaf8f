import { setTimeout as delay } from 'node:timers/promises';

/** Waits, looking every few ms; throws what `why` says when it takes longer than `patienceMs`. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  patienceMs: number,
  why: () => string,
): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await holds()); await delay(10)) {
    if (Date.now() > end) throw new Error(`waited ${patienceMs} ms in vain: ${why()}`);
  }
}
