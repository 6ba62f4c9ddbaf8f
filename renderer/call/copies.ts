import { type Output } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { checkLink, type Head } from '../../shared/events/chain.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type Digest, type StreamId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { mergeCopies } from '../../shared/sync/reconcile.ts';
import { MAX_BATCH_EVENTS } from '../../shared/sync/protocol.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type Store } from '../store/store.ts';
import { cutBatch } from '../sync/batch.ts';

/** Moves events from one copy on this PC to the other, page by page. Faults leave the target shorter, never wrong. */
export interface Copies {
  /** From the journal into the database: events after `from` up to number `upTo`. */
  toDatabase(stream: StreamId, from: Head, upTo: number): Promise<Result<number, Fault>>;
  /** From the database into the journal: events after number `after` up to `upTo`. */
  toJournal(stream: StreamId, after: number, upTo: number): Promise<Result<number, Fault>>;
  /** Keeps in the database, aside, what the journal has and the database has not: for a fork. Answers how many. */
  setAsideJournal(stream: StreamId): Promise<Result<number, Fault>>;
  openJournal(known: StreamId | undefined): Promise<Result<Output<'journal.open'>, Fault>>;
}

const PAGE_BYTES = 512 * 1024;

export function createCopies(bridge: Bridge, store: Store, digest: Digest): Copies {
  async function readJournal(after: number): Promise<Result<readonly Envelope[], Fault>> {
    const read = await bridge.call('journal.read', { after, limit: MAX_BATCH_EVENTS });
    return read.ok ? ok(read.value.events) : read;
  }

  return {
    async toDatabase(stream, from, upTo) {
      let head = from;
      while (head.seq < upTo) {
        const page = await readJournal(head.seq);
        if (!page.ok) return page;
        const events = page.value.filter(({ seq }) => seq <= upTo);
        if (events.length === 0) return err(missing('journal', head.seq + 1));
        for (const event of events) {
          if (event.stream !== stream) return err(missing('journal', head.seq + 1));
          const wrong = await checkLink(head, event, digest);
          if (wrong !== undefined)
            return err({ ...missing('journal', event.seq), code: `copy.${wrong.kind}` });
          head = { seq: event.seq, hash: event.hash };
        }
        const put = await store.writer.append(events);
        if (!put.ok) return put;
      }
      return ok(head.seq);
    },
    async toJournal(stream, after, upTo) {
      let last = after;
      while (last < upTo) {
        const page = await store.reader.batch(stream, last, Math.min(MAX_BATCH_EVENTS, upTo - last));
        if (!page.ok) return page;
        const events = cutBatch(page.value.events, PAGE_BYTES);
        const newest = events.at(-1);
        if (newest === undefined || events[0]?.seq !== last + 1) return err(missing('database', last + 1));
        const put = await bridge.call('journal.append', { events: [...events] });
        if (!put.ok) return put;
        last = newest.seq;
      }
      return ok(last);
    },
    async setAsideJournal(stream) {
      let count = 0;
      for (let after = 0; ;) {
        const journal = await readJournal(after);
        if (!journal.ok) return journal;
        const last = journal.value.at(-1);
        if (last === undefined) return ok(count);
        const own = await store.reader.batch(stream, after, MAX_BATCH_EVENTS);
        if (!own.ok) return own;
        const here = new Set(own.value.events.map(({ seq }) => seq));
        const conflicts = new Set(mergeCopies(own.value.events, journal.value).conflicts);
        const others = journal.value.filter(({ seq }) => conflicts.has(seq) || !here.has(seq));
        const kept = await store.writer.setAside(others);
        if (!kept.ok) return kept;
        count += others.length;
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
