import { type Timers } from '../../shared/time.ts';

/** One writer per profile: whoever holds the lock. It is let go when the window ends, however it ends. */
export interface WindowLocks {
  /** The lock, or undefined when another window still has it after `patienceMs`. */
  take(name: string, patienceMs: number): Promise<{ release(): void } | undefined>;
  /** Resolves once nobody holds it. It is not kept. */
  whenFree(name: string): Promise<void>;
}

/** Web Locks. A page that reloads may meet its own past for a moment: hence the patience. */
export function webLocks(locks: LockManager, timers: Timers): WindowLocks {
  return {
    take(name, patienceMs) {
      return new Promise((resolve, reject) => {
        const giveUp = new AbortController();
        const cancel = timers.after(patienceMs, () => giveUp.abort());
        locks
          .request(name, { signal: giveUp.signal }, () => {
            cancel();
            return new Promise<void>((release) => resolve({ release: () => release() }));
          })
          .catch((error: unknown) => {
            cancel();
            if (giveUp.signal.aborted) resolve(undefined);
            else reject(error instanceof Error ? error : new Error('the window lock failed'));
          });
      });
    },
    whenFree: (name) => locks.request(name, () => undefined),
  };
}

export const lockName = (profile: string): string => `lantern-writer-${profile}`;
