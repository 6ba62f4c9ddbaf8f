import { type Output } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { checkLink, type Head } from '../../shared/events/chain.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type Digest, type IdSource, streamId, type StreamId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { mergeCopies } from '../../shared/sync/reconcile.ts';
import { MAX_BATCH_EVENTS } from '../../shared/sync/protocol.ts';
import { isPurged, type PurgedRun, unpurged } from '../../shared/sync/purge.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type Store } from '../store/store.ts';
import { cutBatch, unbroken } from '../sync/batch.ts';
import { createResealer } from './reseal.ts';

/** Moves events from one copy on this PC to the other, page by page. Faults leave the target shorter, never wrong. */
export interface Copies {
  /**
   * From the journal into the database: events after `from` up to `to`, or to the journal's end. Numbers that the
   * journal cannot give are in no copy: they are said and left out, and what follows is kept.
   */
  toDatabase(stream: StreamId, from: Head, to?: Head): Promise<Result<number, Fault>>;
  /** From the database into the journal: events after number `after` up to `upTo`. */
  toJournal(stream: StreamId, after: number, upTo: number): Promise<Result<number, Fault>>;
  /**
   * For a fork: keeps in the database what the journal has and the database has not, as it is (aside) and as a stream
   * of its own, which is sent like any other. Answers that stream, or undefined when there was nothing new.
   */
  setAsideJournal(stream: StreamId): Promise<Result<StreamId | undefined, Fault>>;
  openJournal(known: StreamId | undefined): Promise<Result<Output<'journal.open'>, Fault>>;
}

export interface CopiesPorts {
  readonly bridge: Bridge;
  readonly store: Store;
  readonly digest: Digest;
  readonly ids: IdSource;
  /** A sentence for the person at this desk. */
  readonly tell: (sentence: string) => void;
}

const PAGE_BYTES = 512 * 1024;

export function createCopies({ bridge, store, digest, ids, tell }: CopiesPorts): Copies {
  async function readJournal(stream: StreamId, after: number): Promise<Result<readonly Envelope[], Fault>> {
    const read = await bridge.call('journal.read', { stream, after, limit: MAX_BATCH_EVENTS });
    return read.ok ? ok(read.value.events) : read;
  }

  /** Leaves out the numbers between, which are in neither copy: purged, or lost. */
  async function skip(
    stream: StreamId,
    from: number,
    to: Head,
    runs: readonly PurgedRun[],
  ): Promise<Result<void, Fault>> {
    const skipped = await store.writer.skipTo(stream, to);
    if (!skipped.ok) return skipped;
    for (const [first, last] of unpurged([[from + 1, to.seq]], runs)) {
      const numbers = first === last ? `Event ${last} is` : `Events ${first} to ${last} are`;
      tell(`${numbers} missing from both copies on this PC. Everything before and after is kept.`);
    }
    return skipped;
  }

  /** What the journal has purged of a stream, remembered here as well. */
  async function purgedOf(stream: StreamId): Promise<Result<readonly PurgedRun[], Fault>> {
    const purged = await bridge.call('journal.purged', {});
    if (!purged.ok) return purged;
    const here = purged.value.streams.filter((of) => of.stream === stream);
    if (here.length > 0) {
      const applied = await store.purged.apply(here);
      if (!applied.ok) return applied;
    }
    return ok(here.flatMap(({ runs }) => runs));
  }

  return {
    async toDatabase(stream, from, to) {
      let head = from;
      const end = to?.seq ?? Infinity;
      const purged = await purgedOf(stream);
      if (!purged.ok) return purged;
      const runs = purged.value;
      while (head.seq < end) {
        const page = await readJournal(stream, head.seq);
        if (!page.ok) return page;
        const events = page.value.filter(({ seq }) => seq <= end);
        const [first] = events;
        if (first === undefined) {
          if (to === undefined) break;
          const skipped = await skip(stream, head.seq, to, runs);
          if (!skipped.ok) return skipped;
          head = to;
          break;
        }
        if (first.stream !== stream) return err(missing('journal', head.seq + 1));
        if (first.seq > head.seq + 1) {
          // The hash of the last one lost is known: it is the link of the first one that is there.
          const before = { seq: first.seq - 1, hash: first.prev };
          const skipped = await skip(stream, head.seq, before, runs);
          if (!skipped.ok) return skipped;
          head = before;
        }
        const run = unbroken(head.seq, events);
        for (const event of run) {
          const wrong = await checkLink(head, event, digest);
          if (wrong !== undefined)
            return err({ ...missing('journal', event.seq), code: `copy.${wrong.kind}` });
          head = { seq: event.seq, hash: event.hash };
        }
        const put = await store.writer.append(run);
        if (!put.ok) return put;
      }
      return ok(head.seq);
    },
    async toJournal(stream, after, upTo) {
      let last = after;
      while (last < upTo) {
        const page = await store.reader.batch(stream, last, Math.min(MAX_BATCH_EVENTS, upTo - last));
        if (!page.ok) return page;
        const events = cutBatch(unbroken(last, page.value.events), PAGE_BYTES);
        const newest = events.at(-1);
        if (newest === undefined) return err(missing('database', last + 1));
        const put = await bridge.call('journal.append', { events: [...events] });
        if (!put.ok) return put;
        last = newest.seq;
      }
      return ok(last);
    },
    async setAsideJournal(stream) {
      const resealer = createResealer(streamId.parse(ids.next()), digest);
      // What was purged from here is at the hub. A journal that was put back does not bring it back a second time.
      const purged = await store.purged.runs();
      if (!purged.ok) return purged;
      const runs = purged.value.get(stream) ?? [];
      let kept: StreamId | undefined;
      for (let after = 0; ;) {
        const journal = await readJournal(stream, after);
        if (!journal.ok) return journal;
        const last = journal.value.at(-1);
        if (last === undefined) return ok(kept);
        const own = await store.reader.batch(stream, after, MAX_BATCH_EVENTS);
        if (!own.ok) return own;
        const here = new Set(own.value.events.map(({ seq }) => seq));
        const conflicts = new Set(mergeCopies(own.value.events, journal.value).conflicts);
        const others = journal.value.filter(
          ({ seq }) => conflicts.has(seq) || (!here.has(seq) && !isPurged(runs, seq)),
        );
        const done = await store.reader.setAside(others);
        if (!done.ok) return done;
        // A start that was ended half-way has these already, aside and in a stream of their own.
        const fresh = others.filter(({ seq, hash }) => !done.value.has(`${stream}/${seq}/${hash}`));
        const put = await store.writer.setAside(fresh, await resealer.next(fresh));
        if (!put.ok) return put;
        if (fresh.length > 0) kept = resealer.stream;
        after = last.seq;
      }
    },
    openJournal: (known) => bridge.call('journal.open', known === undefined ? {} : { known }),
  };
}

const missing = (copy: string, seq: number): Fault => ({
  code: 'copy.gap',
  field: 'seq',
  message: `event ${seq} cannot be read from the ${copy} on this PC`,
});
