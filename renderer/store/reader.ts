import { type Collection, Dexie } from 'dexie';
import { type Fault } from '../../shared/bridge/frames.ts';
import { EMPTY_HEAD } from '../../shared/events/chain.ts';
import { type Envelope, parseEnvelope } from '../../shared/events/event.ts';
import { type CallId, streamId, type StreamId } from '../../shared/ids.ts';
import { type Problem } from '../../shared/problem.ts';
import { type Result } from '../../shared/result.ts';
import { type Receipt, receipt } from '../../shared/sync/protocol.ts';
import { type LanternDatabase } from './database.ts';
import { type CallRow, callRow, type StreamRow, streamRow } from './rows.ts';
import { type Run } from './writer.ts';

/** A row that is not what this program writes. It stays where it is until it can be repaired. */
export interface BrokenRow {
  readonly stream: StreamId;
  readonly seq: number;
  readonly problem: Problem;
}
export interface EventPage {
  readonly events: readonly Envelope[];
  readonly broken: readonly BrokenRow[];
}

/** Everything read back is parsed as if somebody hostile had written it. */
export interface Reader {
  streams(): Promise<Result<readonly StreamRow[], Fault>>;
  /** Events of a stream after `after`, in order, at most `limit`. */
  batch(stream: StreamId, after: number, limit: number): Promise<Result<EventPage, Fault>>;
  /** All events of a call, of whichever stream, in order of identity. */
  ofCall(call: CallId): Promise<Result<EventPage, Fault>>;
  openCalls(): Promise<Result<readonly CallRow[], Fault>>;
  /** The newest calls by when they began, newest first. */
  newestCalls(limit: number): Promise<Result<readonly CallRow[], Fault>>;
  /** Those of `events` that were set aside already, as "stream/seq/hash". */
  setAside(events: readonly Envelope[]): Promise<Result<ReadonlySet<string>, Fault>>;
  newestReceipt(): Promise<Result<Receipt | undefined, Fault>>;
}

export function createReader(run: Run): Reader {
  return {
    streams: () =>
      run(async (database) => {
        const rows: StreamRow[] = [];
        for (const key of await database.streams.toCollection().primaryKeys()) {
          const row = streamRow.safeParse(await database.streams.get(key));
          rows.push(row.success ? row.data : await streamFromEvents(database, streamId.parse(key)));
        }
        return rows;
      }),
    batch: (stream, after, limit) =>
      run((database) =>
        pageOf(
          database.events
            .where('[stream+seq]')
            .between([stream, after + 1], [stream, Dexie.maxKey])
            .limit(limit),
        ),
      ),
    ofCall: (call) => run((database) => pageOf(database.events.where('call').equals(call))),
    openCalls: () =>
      run(async (database) => readable(await database.calls.where('state').equals('open').toArray())),
    newestCalls: (limit) =>
      run(async (database) => {
        // oxlint-disable-next-line unicorn/no-array-reverse -- a Dexie query, not an array
        const newest = database.calls.orderBy('firstAt').reverse().limit(limit);
        return readable(await newest.toArray());
      }),
    setAside: (events) =>
      run(async (database) => {
        const keys = events.map(({ stream, seq, hash }): [string, number, string] => [stream, seq, hash]);
        const found = await database.aside.where('[stream+seq+hash]').anyOf(keys).primaryKeys();
        return new Set(found.map((key) => key.join('/')));
      }),
    newestReceipt: () =>
      run(async (database) => receipt.safeParse(await database.receipts.orderBy('n').last()).data),
  };
}

const readable = (rows: readonly unknown[]): CallRow[] =>
  rows.flatMap((row) => callRow.safeParse(row).data ?? []);

/** An unreadable stream row is made again from its last event. What the hub has of it is asked of the hub. */
async function streamFromEvents(database: LanternDatabase, stream: StreamId): Promise<StreamRow> {
  const all = database.events.where('[stream+seq]').between([stream, Dexie.minKey], [stream, Dexie.maxKey]);
  const last = parseEnvelope(await all.last());
  const head = last.ok ? { seq: last.value.seq, hash: last.value.hash } : EMPTY_HEAD;
  return { stream, ...head, acked: 0, role: 'earlier' };
}

type Found = Collection<unknown, [string, number], Envelope>;

async function pageOf(found: Found): Promise<EventPage> {
  const rows = await found.toArray();
  const events: Envelope[] = [];
  const wrong: { index: number; problem: Problem }[] = [];
  for (const [index, row] of rows.entries()) {
    const event = parseEnvelope(row);
    if (event.ok) events.push(event.value);
    else wrong.push({ index, problem: event.error });
  }
  if (wrong.length === 0) return { events, broken: [] };
  const keys = await found.primaryKeys();
  const broken = wrong.flatMap(({ index, problem }) => {
    const key = keys[index];
    return key === undefined ? [] : [{ stream: streamId.parse(key[0]), seq: key[1], problem }];
  });
  return { events, broken };
}
