import { type Fault } from '../../shared/bridge/frames.ts';
import { type Head } from '../../shared/events/chain.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type StreamId } from '../../shared/ids.ts';
import { err, type Result } from '../../shared/result.ts';
import { openEvent, openHead, sealEvent, sealHead } from './boxed-rows.ts';
import { type LanternDatabase } from './database.ts';
import { Refused, storeFault } from './faults.ts';
import { planAppend } from './plan-append.ts';
import { type EventRow, type StoredStream, storedStream } from './rows.ts';
import { type Sealer } from './sealer.ts';
import { markOf, movedFault, write } from './write.ts';
import { type Run } from './writer.ts';

/** A stream's end as it was read, and a mark by which the row can be known again. */
interface KnownHead {
  readonly head: Head | undefined;
  readonly mark: string;
}

export interface Prepared {
  readonly stream: StreamId;
  readonly fresh: readonly Envelope[];
  readonly rows: readonly EventRow[];
  readonly head: Head;
  readonly end: Pick<StoredStream, 'seq' | 'key' | 'box'> | undefined;
  /** What the stream's row must still be when the transaction runs. */
  readonly mark: string;
}

/** A row that moved under our hands is read again; only another writer could move it for ever, and there is none. */
const TRIES = 3;

/**
 * Puts events of one stream. Everything is opened, decided and closed into boxes before the transaction, which then
 * only makes sure that the stream's row is still the one that was read.
 */
export function createAppend(
  run: Run,
  sealer: Sealer,
): (events: readonly Envelope[]) => Promise<Result<Head, Fault>> {
  const known = new Map<StreamId, KnownHead>();

  return async (events) => {
    for (let left = TRIES; left > 0; left -= 1) {
      const stream = events[0]?.stream;
      const remembered = stream === undefined ? undefined : known.get(stream);
      const prepared = await run((database) => prepare(database, sealer, events, remembered));
      if (!prepared.ok) {
        if (stream === undefined || remembered === undefined) return prepared;
        // What was remembered may be older than the database: look before refusing.
        known.delete(stream);
        continue;
      }
      const { head, end } = prepared.value;
      if (end === undefined) return { ok: true, value: head };
      const written = await run((database) => write(database, prepared.value, end));
      if (written.ok) {
        known.set(prepared.value.stream, { head, mark: written.value });
        return { ok: true, value: head };
      }
      if (written.error !== movedFault) return written;
      known.delete(prepared.value.stream);
    }
    return err(movedFault);
  };
}

/** Opens, decides and closes into boxes. Throws `Refused` when the events do not follow on. */
export async function prepare(
  database: LanternDatabase,
  sealer: Sealer,
  events: readonly Envelope[],
  known?: KnownHead,
): Promise<Prepared> {
  const stream = events[0]?.stream;
  if (stream === undefined) throw new Refused(storeFault('store.empty', 'events', 'must not be empty'));
  const { head: from, mark } = known ?? (await readHead(database, sealer, stream));
  const stored = await hashesOf(database, sealer, stream, events, from);
  const plan = planAppend(from, events, (seq) => stored.get(seq));
  if (!plan.ok) throw new Refused(plan.error);
  const { fresh, head } = plan.value;
  // Side by side: each is a turn of WebCrypto's own thread.
  const [rows, end] = await Promise.all([
    Promise.all(fresh.map((event) => sealEvent(sealer, event))),
    fresh.length === 0 ? undefined : sealHead(sealer, stream, head),
  ]);
  return { stream, fresh, rows, head, end, mark };
}

async function readHead(database: LanternDatabase, sealer: Sealer, stream: StreamId): Promise<KnownHead> {
  const found = await database.streams.get(stream);
  const row = storedStream.safeParse(found).data;
  const head = row === undefined ? undefined : await openHead(sealer, row);
  if (head === 'locked') throw new Refused(lockedFault);
  return { head: head === 'broken' ? undefined : head, mark: markOf(found) };
}

export const lockedFault = storeFault(
  'store.locked',
  'key',
  'it was kept under a key that this PC could not open; nothing was deleted',
);

/** Hashes of those of the events that should be there already. */
async function hashesOf(
  database: LanternDatabase,
  sealer: Sealer,
  stream: StreamId,
  events: readonly Envelope[],
  head: Head | undefined,
): Promise<ReadonlyMap<number, string>> {
  const repeats = events.filter((event) => event.seq <= (head?.seq ?? 0));
  if (repeats.length === 0) return new Map();
  const rows = await database.events.bulkGet(repeats.map(({ seq }): [string, number] => [stream, seq]));
  const opened = await Promise.all(rows.map((row) => openEvent(sealer, row)));
  return new Map(opened.flatMap((one) => (one.kind === 'event' ? [[one.event.seq, one.event.hash]] : [])));
}
