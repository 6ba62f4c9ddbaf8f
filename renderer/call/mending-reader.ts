import { type Fault } from '../../shared/bridge/frames.ts';
import { type Envelope, hashOf } from '../../shared/events/event.ts';
import { type CallId, type Digest, type Sha256Hex, type StreamId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type SentItem } from '../../shared/sync/protocol.ts';
import { type Bridge } from '../bridge/lasting-bridge.ts';
import { type BrokenRow, type EventPage } from '../store/reader.ts';
import { type Store } from '../store/store.ts';
import { isPurged, purgedHash, type PurgedRun } from '../../shared/sync/purge.ts';
import { unbroken } from '../sync/batch.ts';
import { numbersIn } from './numbers.ts';

/** Reads events, and repairs from the journal those rows that cannot be read. */
export interface MendingReader {
  /**
   * What is to be sent of a stream after `after`, without a hole up to `upTo`. A number that neither copy can give is
   * a `lostItem`, so that nothing behind it waits; it is declared only once both copies have answered.
   */
  toSend(
    stream: StreamId,
    after: number,
    limit: number,
    upTo: number,
  ): Promise<Result<readonly SentItem[], Fault>>;
  /** The hash of an event of ours, if a copy has it. */
  hashAt(stream: StreamId, seq: number): Promise<Result<Sha256Hex | undefined, Fault>>;
  /** What stays broken is left out and said. */
  ofCall(call: CallId): Promise<Result<readonly Envelope[], Fault>>;
}

export function createMendingReader(
  store: Store,
  bridge: Bridge,
  digest: Digest,
  tell: (sentence: string) => void,
): MendingReader {
  async function readJournal(
    stream: StreamId,
    after: number,
    limit: number,
  ): Promise<Result<Envelope[], Fault>> {
    const read = await bridge.call('journal.read', { stream, after, limit });
    if (!read.ok) return read;
    if (read.value.locked.length > 0) return err(locked(read.value.locked[0] ?? after));
    const sound = await Promise.all(
      read.value.events.map(
        async (event) => event.stream === stream && (await hashOf(event, digest)) === event.hash,
      ),
    );
    return ok(read.value.events.filter((_, index) => sound[index]));
  }

  async function purgedOf(stream: StreamId): Promise<readonly PurgedRun[]> {
    const runs = await store.purged.runs();
    return runs.ok ? (runs.value.get(stream) ?? []) : [];
  }

  /** Puts the journal's event, if it has one, in the place of a row that cannot be read. */
  async function mend(row: BrokenRow, event: Envelope | undefined): Promise<void> {
    const repaired = event === undefined ? undefined : await store.writer.repair(event);
    tell(
      repaired?.ok === true
        ? `Event ${row.seq} was damaged in this window's database; it was repaired from the journal.`
        : `Event ${row.seq} is damaged in this window's database and could not be repaired. It is kept as it is.`,
    );
  }

  async function whole(read: Result<EventPage, Fault>): Promise<Result<readonly Envelope[], Fault>> {
    if (!read.ok) return read;
    const { events, broken } = read.value;
    if (broken.length === 0) return ok(events);
    const mended: Envelope[] = [];
    for (const row of broken) {
      const read = await readJournal(row.stream, row.seq - 1, 1);
      const event = read.ok ? read.value.find(({ seq }) => seq === row.seq) : undefined;
      await mend(row, event);
      if (event !== undefined) mended.push(event);
    }
    return ok(
      [...events, ...mended].toSorted((a, b) =>
        a.stream === b.stream ? a.seq - b.seq : a.stream < b.stream ? -1 : 1,
      ),
    );
  }

  async function toSend(
    stream: StreamId,
    after: number,
    limit: number,
    upTo: number,
  ): Promise<Result<readonly SentItem[], Fault>> {
    const last = Math.min(upTo, after + limit);
    const page = await store.reader.batch(stream, after, limit);
    // The database is away: the journal has the same events.
    if (!page.ok) {
      const read = await readJournal(stream, after, limit);
      if (!read.ok) return page;
      return read.value.length > 0 ? read : page;
    }
    const found = new Map(page.value.events.map((event) => [event.seq, event]));
    const numbers = Array.from({ length: Math.max(0, last - after) }, (_, index) => after + 1 + index);
    if (numbers.every((seq) => found.has(seq))) return ok(page.value.events.filter(({ seq }) => seq <= last));
    const journal = await readJournal(stream, after, limit);
    // The journal may have them and cannot be asked: nothing is called lost yet. What comes before is sent.
    if (!journal.ok) {
      const sound = unbroken(after, page.value.events);
      return sound.length > 0 ? ok(sound) : journal;
    }
    const others = new Map(journal.value.map((event) => [event.seq, event]));
    for (const row of page.value.broken) if (row.seq <= last) await mend(row, others.get(row.seq));
    const items = numbers.map(
      (seq): SentItem => found.get(seq) ?? others.get(seq) ?? { lost: true, stream, seq },
    );
    const gone = items.flatMap((item) => ('lost' in item ? [item.seq] : []));
    const runs = gone.length === 0 ? [] : await purgedOf(stream);
    const lost = gone.filter((seq) => !isPurged(runs, seq));
    if (lost.length < gone.length) {
      tell(
        'The hub was put back to a copy older than what was purged from this PC on its receipts. It is told which entries it lacks: whoever looks after it must bring them back from a newer copy.',
      );
    }
    if (lost.length > 0) {
      tell(
        `${numbersIn(lost)} of this desk's log cannot be read from either copy on this PC. The hub is told that it lacks them; everything else is sent.`,
      );
    }
    return ok(items);
  }

  async function hashAt(stream: StreamId, seq: number): Promise<Result<Sha256Hex | undefined, Fault>> {
    const page = await store.reader.batch(stream, seq - 1, 1);
    const own = page.ok ? page.value.events.find((event) => event.seq === seq) : undefined;
    if (own !== undefined) return ok(own.hash);
    const purged = purgedHash(await purgedOf(stream), seq);
    if (purged !== undefined) return ok(purged);
    const other = await readJournal(stream, seq - 1, 1);
    return other.ok ? ok(other.value.find((event) => event.seq === seq)?.hash) : other;
  }

  return { toSend, hashAt, ofCall: async (call) => whole(await store.reader.ofCall(call)) };
}

/** What rests under a key that is not held is not lost: the recovery key may open it. */
const locked = (seq: number): Fault => ({
  code: 'journal.locked',
  field: 'seq',
  message: `event ${seq} is kept under a key that this PC does not hold`,
});
