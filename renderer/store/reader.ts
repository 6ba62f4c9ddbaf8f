import { type Collection, Dexie } from 'dexie';
import { type Fault } from '../../shared/bridge/frames.ts';
import { EMPTY_HEAD } from '../../shared/events/chain.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { type CallId, streamId, type StreamId } from '../../shared/ids.ts';
import { type Problem } from '../../shared/problem.ts';
import { type Result } from '../../shared/result.ts';
import { type Receipt } from '../../shared/sync/protocol.ts';
import { lockedFault } from './append.ts';
import { openEvent, openHead, openReceipt } from './boxed-rows.ts';
import { type LanternDatabase } from './database.ts';
import { Refused } from './faults.ts';
import { foreignOf } from './foreign.ts';
import { openFork } from './kept-rows.ts';
import { type CallRow, callRow, type EventRow, storedStream, type StreamRow } from './rows.ts';
import { type Sealer } from './sealer.ts';
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

/** Events that are here and cannot be read, because their key could not be opened on this PC. */
export interface Locked {
  readonly streams: number;
  readonly events: number;
}

/** Everything read back is parsed as if somebody hostile had written it. */
export interface Reader {
  /** Streams whose end can be read. */
  streams(): Promise<Result<readonly StreamRow[], Fault>>;
  locked(): Promise<Result<Locked, Fault>>;
  /** Events of a stream after `after`, in order, at most `limit`. Fault `store.locked` when a key is missing. */
  batch(stream: StreamId, after: number, limit: number): Promise<Result<EventPage, Fault>>;
  /**
   * All events of a call, of whichever stream, other desks' included, in no order. Never a part of this desk's own:
   * fault `store.locked`.
   */
  ofCall(call: CallId): Promise<Result<EventPage, Fault>>;
  openCalls(): Promise<Result<readonly CallRow[], Fault>>;
  /** The newest calls by when they began, newest first. */
  newestCalls(limit: number): Promise<Result<readonly CallRow[], Fault>>;
  /** Calls that began in [from, to), newest first. */
  callsBetween(from: number, to: number, limit: number): Promise<Result<readonly CallRow[], Fault>>;
  /** Calls that began in [from, before), oldest first. */
  callsSince(from: number, before: number, limit: number): Promise<Result<readonly CallRow[], Fault>>;
  /** Calls with this in their number, newest first. */
  callsNumbered(part: string, limit: number): Promise<Result<readonly CallRow[], Fault>>;
  /** Those of `events` that were set aside already, as "stream/seq/hash". */
  setAside(events: readonly Envelope[]): Promise<Result<ReadonlySet<string>, Fault>>;
  newestReceipt(): Promise<Result<Receipt | undefined, Fault>>;
}

export function createReader(run: Run, sealer: Sealer): Reader {
  return {
    streams: () =>
      run(async (database) => {
        const rows: StreamRow[] = [];
        for (const key of await database.streams.toCollection().primaryKeys()) {
          const row = await readStream(database, sealer, key);
          if (row !== 'locked') rows.push(row);
        }
        return rows;
      }),
    locked: () =>
      run(async (database) => {
        let streams = 0;
        let events = 0;
        for (const key of await database.streams.toCollection().primaryKeys()) {
          if ((await readStream(database, sealer, key)) !== 'locked') continue;
          streams += 1;
          events += await ofStream(database, key).count();
        }
        return { streams, events };
      }),
    batch: (stream, after, limit) =>
      run((database) =>
        pageOf(
          database.events
            .where('[stream+seq]')
            .between([stream, after + 1], [stream, Dexie.maxKey])
            .limit(limit),
          sealer,
        ),
      ),
    ofCall: (call) =>
      run(async (database) => {
        const { events, broken } = await pageOf(database.events.where('call').equals(call), sealer);
        const foreign = await foreignOf(database, sealer, call);
        return { events: foreign.length === 0 ? events : [...events, ...foreign], broken };
      }),
    openCalls: () =>
      run(async (database) =>
        readable(await database.calls.where('state').anyOf('open', 'reopened').toArray()),
      ),
    newestCalls: (limit) =>
      run(async (database) => {
        // oxlint-disable-next-line unicorn/no-array-reverse -- a Dexie query, not an array
        const newest = database.calls.orderBy('firstAt').reverse().limit(limit);
        return readable(await newest.toArray());
      }),
    callsBetween: (from, to, limit) =>
      run(async (database) => {
        const between = database.calls.where('firstAt').between(from, to);
        // oxlint-disable-next-line unicorn/no-array-reverse -- a Dexie query, not an array
        return readable(await between.reverse().limit(limit).toArray());
      }),
    callsSince: (from, before, limit) =>
      run(async (database) =>
        readable(await database.calls.where('firstAt').between(from, before).limit(limit).toArray()),
      ),
    callsNumbered: (part, limit) =>
      run(async (database) => {
        const keys = await database.calls.toCollection().primaryKeys();
        const found = keys.filter((key) => key.includes(part)).slice(-limit);
        return readable(await database.calls.bulkGet(found)).toSorted((a, b) => b.firstAt - a.firstAt);
      }),
    setAside: (events) =>
      run(async (database) => {
        const keys = events.map(({ stream, seq }): [string, number] => [stream, seq]);
        const rows = await database.forks.where('[stream+seq]').anyOf(keys).toArray();
        const opened = await Promise.all(rows.map((row) => openFork(sealer, row)));
        // Forks of version 1 that are not in boxes yet.
        const old = events.map(({ stream, seq, hash }): [string, number, string] => [stream, seq, hash]);
        const plain = await database.aside.where('[stream+seq+hash]').anyOf(old).primaryKeys();
        const names = opened.flatMap((event) =>
          event === undefined ? [] : [`${event.stream}/${event.seq}/${event.hash}`],
        );
        return new Set([...names, ...plain.map((key) => key.join('/'))]);
      }),
    newestReceipt: () =>
      run(async (database) => openReceipt(sealer, await database.receipts.orderBy('n').last())),
  };
}

const readable = (rows: readonly unknown[]): CallRow[] =>
  rows.flatMap((row) => callRow.safeParse(row).data ?? []);

async function readStream(
  database: LanternDatabase,
  sealer: Sealer,
  stream: string,
): Promise<StreamRow | 'locked'> {
  const row = storedStream.safeParse(await database.streams.get(stream)).data;
  const head = row === undefined ? 'broken' : await openHead(sealer, row);
  if (row === undefined || head === 'broken')
    return streamFromEvents(database, sealer, streamId.parse(stream));
  return head === 'locked' ? head : { stream: row.stream, ...head, acked: row.acked, role: row.role };
}

const ofStream = (database: LanternDatabase, stream: string): Found =>
  database.events.where('[stream+seq]').between([stream, Dexie.minKey], [stream, Dexie.maxKey]);

/** An unreadable stream row is made again from its last event. What the hub has of it is asked of the hub. */
async function streamFromEvents(
  database: LanternDatabase,
  sealer: Sealer,
  stream: StreamId,
): Promise<StreamRow | 'locked'> {
  const last = await openEvent(sealer, await ofStream(database, stream).last());
  if (last.kind === 'locked') return last.kind;
  const head = last.kind === 'event' ? { seq: last.event.seq, hash: last.event.hash } : EMPTY_HEAD;
  return { stream, ...head, acked: 0, role: 'earlier' };
}

type Found = Collection<unknown, [string, number], EventRow>;

async function pageOf(found: Found, sealer: Sealer): Promise<EventPage> {
  const rows = await found.toArray();
  const opened = await Promise.all(rows.map((row) => openEvent(sealer, row)));
  if (opened.some(({ kind }) => kind === 'locked')) throw new Refused(lockedFault);
  const events = opened.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
  if (events.length === rows.length) return { events, broken: [] };
  const keys = await found.primaryKeys();
  const broken = opened.flatMap((one, index) => {
    const key = keys[index];
    if (key === undefined || one.kind !== 'broken') return [];
    return [{ stream: streamId.parse(key[0]), seq: key[1], problem: one.problem }];
  });
  return { events, broken };
}
