import { type Fault } from '../../shared/bridge/frames.ts';
import { EMPTY_HEAD, type Head } from '../../shared/events/chain.ts';
import { type Envelope, parseEnvelope } from '../../shared/events/event.ts';
import { type StreamId } from '../../shared/ids.ts';
import { type Result } from '../../shared/result.ts';
import { type Receipt } from '../../shared/sync/protocol.ts';
import { type LanternDatabase } from './database.ts';
import { Refused, storeFault } from './faults.ts';
import { planAppend } from './plan-append.ts';
import { callRow, type StreamRow, streamRow } from './rows.ts';
import { byCall, summarise } from './summary.ts';

/** Every write is one strict transaction: it is there whole, or not at all. Nothing resolves before completion. */
export interface Writer {
  /**
   * Puts events of one stream, moves its head and the summaries of their calls. Events that are there already are
   * a success. Faults: store.gap, store.fork, store.full, store.closed and the others of `faultOf`.
   */
  append(events: readonly Envelope[]): Promise<Result<Head, Fault>>;
  /** Keeps receipts together with how far the hub has the stream. `acked` never shrinks here. */
  acknowledge(stream: StreamId, acked: number, receipts: readonly Receipt[]): Promise<Result<void, Fault>>;
  /** Makes this the stream that is written to; all others become earlier ones. */
  makeCurrent(stream: StreamId): Promise<Result<StreamRow, Fault>>;
  /** Keeps an unreadable row as it was and puts the event in its place. */
  repair(event: Envelope): Promise<Result<void, Fault>>;
  /**
   * Keeps another copy's events whose numbers are taken here, and with them, in the same transaction, the same events
   * sealed into a stream of their own, so that they reach the hub.
   */
  setAside(events: readonly Envelope[], resealed: readonly Envelope[]): Promise<Result<void, Fault>>;
  /** The stream goes on after `head`: the numbers up to there that are not here are in no copy on this PC. */
  skipTo(stream: StreamId, head: Head): Promise<Result<void, Fault>>;
}

/** Runs one transaction and turns whatever aborts it into a Fault. */
export type Run = <T>(work: (database: LanternDatabase) => Promise<T>) => Promise<Result<T, Fault>>;

export function createWriter(run: Run): Writer {
  return {
    append: (events) =>
      run((database) =>
        database.transaction('rw', [database.events, database.streams, database.calls], () =>
          appendTo(database, events),
        ),
      ),
    acknowledge: (stream, acked, receipts) =>
      run((database) =>
        database.transaction('rw', [database.streams, database.receipts], async () => {
          const row = streamRow.safeParse(await database.streams.get(stream));
          if (!row.success)
            throw new Refused(storeFault('store.noStream', 'stream', 'is not in this database'));
          await database.receipts.bulkPut(receipts);
          await database.streams.put({ ...row.data, acked: Math.max(row.data.acked, acked) });
        }),
      ),
    makeCurrent: (stream) =>
      run((database) =>
        database.transaction('rw', [database.streams], async () => {
          const rows = (await database.streams.toArray()).flatMap(
            (row) => streamRow.safeParse(row).data ?? [],
          );
          const others = rows.filter((row) => row.stream !== stream && row.role === 'current');
          await database.streams.bulkPut(others.map((row) => ({ ...row, role: 'earlier' as const })));
          const known = rows.find((row) => row.stream === stream) ?? { stream, ...EMPTY_HEAD, acked: 0 };
          const current: StreamRow = { ...known, role: 'current' };
          await database.streams.put(current);
          return current;
        }),
      ),
    repair: (event) =>
      run((database) =>
        database.transaction('rw', [database.events, database.damaged], async () => {
          const row = await database.events.get([event.stream, event.seq]);
          if (row !== undefined) await database.damaged.add({ stream: event.stream, seq: event.seq, row });
          await database.events.put(event);
        }),
      ),
    setAside: (events, resealed) =>
      run((database) => {
        const { aside, streams, calls } = database;
        return database.transaction('rw', [aside, database.events, streams, calls], async () => {
          await aside.bulkPut(events);
          if (resealed.length > 0) await appendTo(database, resealed, 'earlier');
        });
      }),
    skipTo: (stream, { seq, hash }) =>
      run((database) =>
        database.transaction('rw', [database.streams], async () => {
          const row = streamRow.safeParse(await database.streams.get(stream)).data;
          if ((row?.seq ?? 0) >= seq) return;
          await database.streams.put({ acked: 0, role: 'current', ...row, stream, seq, hash });
        }),
      ),
  };
}

async function appendTo(
  database: LanternDatabase,
  events: readonly Envelope[],
  role: StreamRow['role'] = 'current',
): Promise<Head> {
  const first = events[0];
  if (first === undefined) throw new Refused(storeFault('store.empty', 'events', 'must not be empty'));
  const { stream } = first;
  const row = streamRow.safeParse(await database.streams.get(stream)).data;
  const keys = events.map((event): [string, number] => [stream, event.seq]);
  const there = await database.events.bulkGet(keys);
  const stored = new Map(
    there.flatMap((found) => {
      const event = parseEnvelope(found);
      return event.ok ? [[event.value.seq, event.value.hash] as const] : [];
    }),
  );
  const plan = planAppend(row, events, (seq) => stored.get(seq));
  if (!plan.ok) throw new Refused(plan.error);
  const { fresh, head } = plan.value;
  if (fresh.length === 0) return head;
  await database.events.bulkAdd(fresh);
  await database.streams.put({ acked: 0, role, ...row, stream, ...head });
  const groups = byCall(fresh);
  const known = await database.calls.bulkGet([...groups.keys()]);
  const summaries = [...groups.values()].map((group, index) =>
    summarise(callRow.safeParse(known[index]).data, group),
  );
  await database.calls.bulkPut(summaries.filter((summary) => summary !== undefined));
  return head;
}
