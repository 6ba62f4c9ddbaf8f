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
  /** A call is checked when no event has come for this long (ms), in it or in any other call. */
  readonly quietMs: number;
  /** A call that is quiet itself does not wait longer than this for the others (ms). */
  readonly latestMs: number;
  /** A check that failed is not lost: the call stays unchecked in the database until a hub starts. */
  readonly onError: (error: unknown) => void;
}

/**
 * A check replays a whole call, so one takes as long as taking in a batch. While desks bring what they kept through
 * an outage, their receipts come first.
 */
export function createCheckQueue(options: CheckQueueOptions): CheckQueue {
  const { timers, quietMs, latestMs } = options;
  const waiting = new Map<CallId, () => void>();
  let cancelCalm = (): void => undefined;
  let chain: Promise<void> = Promise.resolve();

  function run(call: CallId): void {
    waiting.get(call)?.();
    waiting.delete(call);
    chain = chain.then(() => options.check(call)).catch(options.onError);
  }

  function runAll(): void {
    cancelCalm();
    cancelCalm = () => undefined;
    waiting.forEach((_cancel, call) => run(call));
  }

  return {
    add(call) {
      waiting.get(call)?.();
      waiting.set(
        call,
        timers.after(quietMs + latestMs, () => run(call)),
      );
      cancelCalm();
      cancelCalm = timers.after(quietMs, runAll);
    },
    async drain() {
      runAll();
      await chain;
    },
  };
}
