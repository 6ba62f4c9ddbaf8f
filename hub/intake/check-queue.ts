import { type CallId } from '../../shared/ids.ts';
import { type Timers } from '../../shared/time.ts';

/** Runs the replay check of calls off the intake's path: each call once it has been quiet for a moment, one by one. */
export interface CheckQueue {
  /** The call has new events. */
  add(call: CallId): void;
  /** Checks everything that waits now, without the wait, and answers when it is done. */
  drain(): Promise<void>;
}

export interface CheckQueueOptions {
  readonly check: (call: CallId) => Promise<void>;
  readonly timers: Timers;
  /** A call is checked when no event has come for this long (ms). */
  readonly quietMs: number;
  /** A check that failed is not lost: the call stays unchecked in the database until a hub starts. */
  readonly onError: (error: unknown) => void;
}

export function createCheckQueue(options: CheckQueueOptions): CheckQueue {
  const waiting = new Map<CallId, () => void>();
  let chain: Promise<void> = Promise.resolve();

  function run(call: CallId): void {
    waiting.get(call)?.();
    waiting.delete(call);
    chain = chain.then(() => options.check(call)).catch(options.onError);
  }

  return {
    add(call) {
      waiting.get(call)?.();
      waiting.set(
        call,
        options.timers.after(options.quietMs, () => run(call)),
      );
    },
    async drain() {
      waiting.forEach((_cancel, call) => run(call));
      await chain;
    },
  };
}
