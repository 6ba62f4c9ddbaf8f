import { type Fault } from '../../shared/bridge/frames.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { ok, type Result } from '../../shared/result.ts';
import { backoffMs, type BackoffPlan } from '../../shared/sync/backoff.ts';
import { MAX_BATCH_EVENTS } from '../../shared/sync/protocol.ts';
import { type Timers } from '../../shared/time.ts';
import { cutBatch } from '../sync/batch.ts';

/** The way of one stream's events into one copy. What was offered stays here until that copy has confirmed it. */
export interface Lane {
  offer(event: Envelope): void;
  /** Every event up to here is confirmed. */
  confirmed(): number;
  /** Why the newest try did not succeed, in words, while that is so. */
  fault(): string | undefined;
  /** Tries again now instead of after the wait. */
  retryNow(): void;
  /** Resolves when nothing is waiting, or at the first failure from now on. */
  quiet(): Promise<void>;
  stop(): void;
}

export interface LaneOptions {
  readonly confirmed: number;
  /** Writes events, in order. Asked for one group at a time; asked again for the same group after a Fault. */
  readonly write: (events: readonly Envelope[]) => Promise<Result<unknown, Fault>>;
  /** Brings a copy that is behind up to where the first offered event follows on; answers with its new end. */
  readonly catchUp?: (() => Promise<Result<number, Fault>>) | undefined;
  readonly timers: Timers;
  readonly random: () => number;
  /** Called when `confirmed` or `fault` changed. */
  readonly changed: () => void;
  /** What to say when no answer comes. */
  readonly slow: string;
}

const PLAN: BackoffPlan = { baseMs: 200, ceilingMs: 5_000 };
/** Silence longer than this is said. The write is still waited for: giving up on it would not undo it. */
const SLOW_MS = 5_000;
/** Small enough that a group is written, shown and synced without a noticeable wait. */
const GROUP_BYTES = 512 * 1024;

/** Events that arrive while a group is being written go into the next one together (group commit). */
export function createLane({ write, timers, random, changed, slow, ...options }: LaneOptions): Lane {
  const waiting: Envelope[] = [];
  let confirmed = options.confirmed;
  let { catchUp } = options;
  let fault: string | undefined;
  let attempt = 0;
  let running = false;
  let stopped = false;
  let wake: () => void = () => undefined;
  let whenQuiet: (() => void)[] = [];

  function sayQuiet(): void {
    for (const resolve of whenQuiet) resolve();
    whenQuiet = [];
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    while ((catchUp !== undefined || waiting.length > 0) && !stopped) {
      const written = await watch(catchUp === undefined ? writeGroup : catchUp);
      if (stopped) break;
      if (written.ok) {
        confirmed = Math.max(confirmed, written.value);
        catchUp = undefined;
        while ((waiting[0]?.seq ?? Infinity) <= confirmed) waiting.shift();
        attempt = 0;
        fault = undefined;
        changed();
      } else {
        attempt += 1;
        fault = written.error.message;
        changed();
        sayQuiet();
        await pause();
      }
    }
    running = false;
    sayQuiet();
  }

  /** Answers with the newest number of the group. */
  async function writeGroup(): Promise<Result<number, Fault>> {
    const group = cutBatch(waiting.slice(0, MAX_BATCH_EVENTS), GROUP_BYTES);
    const written = await write(group);
    return written.ok ? ok(group.at(-1)?.seq ?? confirmed) : written;
  }

  async function watch(work: () => Promise<Result<number, Fault>>): Promise<Result<number, Fault>> {
    const cancel = timers.after(SLOW_MS, () => {
      fault = slow;
      changed();
      sayQuiet();
    });
    const written = await work();
    cancel();
    return written;
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timers.after(backoffMs(attempt, random(), 0, PLAN), resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  if (catchUp !== undefined) void run();
  return {
    offer(event) {
      if (stopped) return;
      waiting.push(event);
      void run();
    },
    confirmed: () => confirmed,
    fault: () => fault,
    retryNow: () => wake(),
    quiet: () => (running ? new Promise((resolve) => whenQuiet.push(resolve)) : Promise.resolve()),
    stop() {
      stopped = true;
      wake();
    },
  };
}
