import { type Fault } from '../../shared/bridge/frames.ts';
import { type Head, seal } from '../../shared/events/chain.ts';
import { type CallEvent, type Envelope } from '../../shared/events/event.ts';
import { type Digest, type StreamId } from '../../shared/ids.ts';
import { type Result } from '../../shared/result.ts';
import { type Timers } from '../../shared/time.ts';
import { createLane, type Lane } from './lane.ts';

/**
 * Writes one stream: each event is sealed in order (number, link, hash), then goes to both copies at the same time,
 * each at its own pace.
 *
 * Invariants:
 * 1. Events are sealed in the order they were added, so the number an event was shown with is the one it is
 *    sealed with.
 * 2. Nothing leaves before the copy in question has confirmed it.
 * 3. `database` and `journal` name confirmed numbers only.
 */
export interface StreamWriter {
  readonly stream: StreamId;
  /** The number the next event gets. */
  nextSeq(): number;
  /** Takes an event that already carries `nextSeq()`; its `prev` and `hash` are filled in when it is sealed. */
  add(event: CallEvent): void;
  readonly database: Lane;
  readonly journal: Lane;
  /** Waits until everything added is sealed and both copies are quiet: all confirmed, or failing. */
  quiet(): Promise<void>;
  /** Stops sealing, then waits until both copies are quiet. */
  hold(): Promise<void>;
  /** Goes on after `hold`. */
  resume(): void;
  /** Ends this writer; answers with the events that the window's database has not confirmed, in order. */
  end(): readonly CallEvent[];
}

type CatchUp = () => Promise<Result<number, Fault>>;

export interface StreamWriterOptions {
  readonly stream: StreamId;
  readonly head: Head;
  /** Confirmed numbers of the two copies; usually the head's. */
  readonly inDatabase: number;
  readonly inJournal: number;
  readonly writeDatabase: (events: readonly Envelope[]) => Promise<Result<unknown, Fault>>;
  readonly writeJournal: (events: readonly Envelope[]) => Promise<Result<unknown, Fault>>;
  /** Set when a copy is behind at the start: brings it up to the head. */
  readonly catchUpDatabase?: CatchUp | undefined;
  readonly catchUpJournal?: CatchUp | undefined;
  readonly digest: Digest;
  readonly timers: Timers;
  readonly random: () => number;
  readonly changed: () => void;
}

export function createStreamWriter(options: StreamWriterOptions): StreamWriter {
  const { stream, digest, timers, random, changed } = options;
  let head = options.head;
  let next = head.seq + 1;
  /** Added and not yet confirmed by the database; the first `sealed` of them are sealed. */
  let kept: CallEvent[] = [];
  let sealed = 0;
  let sealing = false;
  let held = false;
  let ended = false;

  const forgetConfirmed = (): void => {
    const upTo = database.confirmed();
    const done = kept.findIndex(({ seq }) => seq > upTo);
    const count = done === -1 ? kept.length : done;
    kept = kept.slice(count);
    sealed -= count;
    changed();
  };
  const database = createLane({
    confirmed: options.inDatabase,
    write: options.writeDatabase,
    catchUp: options.catchUpDatabase,
    timers,
    random,
    changed: forgetConfirmed,
    slow: "this window's database does not answer",
  });
  const journal = createLane({
    confirmed: options.inJournal,
    write: options.writeJournal,
    catchUp: options.catchUpJournal,
    timers,
    random,
    changed,
    slow: 'the journal on this PC does not answer',
  });

  async function sealAll(): Promise<void> {
    if (sealing) return;
    sealing = true;
    for (let event = kept[sealed]; event !== undefined && !held && !ended; event = kept[sealed]) {
      const whole = await seal(envelopeOf(event), head, digest);
      if (ended) break;
      // Shown already; from now on with its real link and hash.
      Object.assign(event, { prev: whole.prev, hash: whole.hash });
      head = { seq: whole.seq, hash: whole.hash };
      sealed += 1;
      database.offer(whole);
      journal.offer(whole);
    }
    sealing = false;
    for (const resolve of whenSealed.splice(0)) resolve();
  }
  const whenSealed: (() => void)[] = [];

  async function quiet(): Promise<void> {
    if (sealing) await new Promise<void>((resolve) => whenSealed.push(resolve));
    await Promise.all([database.quiet(), journal.quiet()]);
  }

  return {
    stream,
    nextSeq: () => next,
    add(event) {
      next += 1;
      kept.push(event);
      if (!held) void sealAll();
    },
    database,
    journal,
    quiet,
    hold() {
      held = true;
      return quiet();
    },
    resume() {
      held = false;
      void sealAll();
    },
    end() {
      ended = true;
      database.stop();
      journal.stop();
      return kept.filter(({ seq }) => seq > database.confirmed());
    },
  };
}

/** The event's own fields in the shape of the log: `data` is plain JSON by the time it comes here. */
function envelopeOf({
  call,
  at,
  author,
  desk,
  content,
  stream,
  type,
  data,
}: CallEvent): Omit<Envelope, 'seq' | 'prev' | 'hash'> {
  return { stream, call, at, author, desk, content, type, data };
}
