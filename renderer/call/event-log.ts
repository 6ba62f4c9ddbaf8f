import { type Fault } from '../../shared/bridge/frames.ts';
import { EMPTY_HEAD, type Head } from '../../shared/events/chain.ts';
import { type CallEvent, type Envelope, GENESIS } from '../../shared/events/event.ts';
import { type Digest, type StreamId } from '../../shared/ids.ts';
import { err, type Result } from '../../shared/result.ts';
import { backoffMs } from '../../shared/sync/backoff.ts';
import { type Timers } from '../../shared/time.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type Store } from '../store/store.ts';
import { type Copies } from './copies.ts';
import { FORKED, newStream, type OpenStream } from './open-streams.ts';
import { createStreamWriter, type StreamWriter } from './stream-writer.ts';

/** The log being written: one stream at a time, changed when going on with it would not be truthful. */
export interface EventLog {
  writer(): StreamWriter;
  /** Sets the present stream aside and goes on in a new one. Tries until it succeeds. */
  leaveStream(reason: string): void;
  /** Something may have become possible again: a connection, a disk. */
  retryNow(): void;
  close(): Promise<void>;
}

export interface EventLogOptions {
  readonly first: OpenStream;
  /** It was away at the start: what it has is looked for until it is found, even with nothing to write. */
  readonly journalIsAway: boolean;
  readonly bridge: Bridge;
  readonly store: Store;
  readonly copies: Copies;
  readonly digest: Digest;
  readonly timers: Timers;
  readonly random: () => number;
  /** Confirmed numbers or faults changed. */
  readonly changed: () => void;
  /** Gives unwritten events their place in the new stream. */
  readonly move: (events: readonly CallEvent[], stream: StreamId, firstSeq: number) => readonly CallEvent[];
  /** A stream was left: from now on it is only sent, up to `last`. `next` is the one written now. */
  readonly left: (before: StreamId, last: number, next: StreamId) => void;
  /** Another stream's events came into the database from the journal. */
  readonly found: (stream: StreamId) => void;
  readonly tell: (sentence: string) => void;
}

const HAS_HOLE = "an event of it is missing from this window's database, so the journal cannot follow on";

export function createEventLog(options: EventLogOptions): EventLog {
  const { bridge, store, copies, digest, timers, random, changed, tell } = options;
  let writer = writerFor(options.first, options.journalIsAway);
  let leaving: string | undefined;
  let ended = false;
  let cancelRetry: () => void = () => undefined;

  function writerFor(open: OpenStream, journalIsAway = false): StreamWriter {
    const { stream, head, inDatabase, inJournal } = open;
    return createStreamWriter({
      stream,
      head,
      inDatabase,
      inJournal,
      writeDatabase: (events) => writeDatabase(stream, events),
      writeJournal: (events) => writeJournal(stream, events),
      catchUpDatabase: inDatabase < head.seq ? () => catchUpDatabase(stream, head) : undefined,
      catchUpJournal:
        inJournal < head.seq || journalIsAway ? () => catchUpJournal(stream, head.seq) : undefined,
      digest,
      timers,
      random,
      changed,
    });
  }

  /** Whatever is missing before these events is first brought over from the journal. */
  async function writeDatabase(
    stream: StreamId,
    events: readonly Envelope[],
  ): Promise<Result<unknown, Fault>> {
    const put = await store.writer.append(events);
    if (put.ok) return put;
    if (put.error.code === 'store.fork') leaveStream(FORKED);
    if (put.error.code !== 'store.gap') return put;
    const before = { seq: (events[0]?.seq ?? 1) - 1, hash: events[0]?.prev ?? GENESIS };
    const caughtUp = await catchUpDatabase(stream, before);
    return caughtUp.ok ? store.writer.append(events) : caughtUp;
  }

  async function catchUpDatabase(stream: StreamId, to: Head): Promise<Result<number, Fault>> {
    const rows = await store.reader.streams();
    if (!rows.ok) return rows;
    const { seq, hash } = rows.value.find((row) => row.stream === stream) ?? EMPTY_HEAD;
    return copies.toDatabase(stream, { seq, hash }, to);
  }

  /** A main process that was started again may have an emptier journal, or none of this stream. */
  async function writeJournal(
    stream: StreamId,
    events: readonly Envelope[],
  ): Promise<Result<unknown, Fault>> {
    const append = () => bridge.call('journal.append', { events: [...events] });
    const put = await append();
    if (put.ok) return put;
    if (put.error.code === 'journal.fork') leaveStream(FORKED);
    if (put.error.code !== 'journal.gap' && put.error.code !== 'journal.wrongStream') return put;
    const caughtUp = await catchUpJournal(stream, (events[0]?.seq ?? 1) - 1);
    return caughtUp.ok ? append() : caughtUp;
  }

  async function catchUpJournal(stream: StreamId, upTo: number): Promise<Result<number, Fault>> {
    const opened = await copies.openJournal(stream);
    if (!opened.ok) return opened;
    const { stream: kept, head } = opened.value;
    if (kept === stream) {
      const copied = await copies.toJournal(stream, head.seq, upTo);
      if (!copied.ok && copied.error.code === 'copy.gap') leaveStream(HAS_HOLE);
      return copied;
    }
    // Its events are taken in, and both streams left for a new one: two writers never share a sequence.
    const taken = await takeIn(kept, head);
    if (!taken.ok) return taken;
    leaveStream('the journal on this PC keeps another stream than this window');
    return err({ code: 'journal.wrongStream', field: 'stream', message: 'the journal keeps another stream' });
  }

  async function takeIn(stream: StreamId, head: Head): Promise<Result<unknown, Fault>> {
    const copied = await catchUpDatabase(stream, head);
    if (copied.ok) options.found(stream);
    if (copied.ok || !copied.error.code.startsWith('copy.')) return copied;
    const aside = await copies.setAsideJournal(stream);
    if (aside.ok && aside.value !== undefined) options.found(aside.value);
    return aside;
  }

  function leaveStream(reason: string): void {
    if (leaving !== undefined || ended) return;
    leaving = reason;
    void leave(reason, 1);
  }

  async function leave(reason: string, attempt: number): Promise<void> {
    const old = writer;
    await old.hold();
    if (ended) return;
    const made = await newStream(bridge, reason);
    if (ended) return;
    if (!made.ok) {
      old.resume();
      cancelRetry = timers.after(backoffMs(attempt, random()), () => void leave(reason, attempt + 1));
      return;
    }
    // From here to the last line nothing waits: no event can come between.
    const unwritten = old.end();
    writer = writerFor(made.value);
    for (const event of options.move(unwritten, writer.stream, writer.nextSeq())) writer.add(event);
    leaving = undefined;
    // Before anybody is told and looks: what was acknowledged belongs to the old stream.
    options.left(old.stream, old.database.confirmed(), writer.stream);
    tell(`A new stream was started, because ${reason}. Everything written before is kept.`);
    changed();
  }

  return {
    writer: () => writer,
    leaveStream,
    retryNow() {
      writer.database.retryNow();
      writer.journal.retryNow();
    },
    async close() {
      await writer.quiet();
      ended = true;
      cancelRetry();
      writer.end();
    },
  };
}
