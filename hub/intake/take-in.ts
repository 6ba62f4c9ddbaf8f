import { type Envelope } from '../../shared/events/event.ts';
import { type CallId, type DeskId, type StreamId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { PROTOCOL_VERSION, type PushResponse } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import * as rows from '../db/intake-rows.ts';
import { type Client, inTransaction, type Pool } from '../db/pool.ts';
import { readFlags, readQuarantine, readReceipts } from '../db/stream-rows.ts';
import { sha256 } from '../digest.ts';
import { refusing, type Refusing } from '../refused.ts';
import { type ClockLimits, decide, type Held } from './decide.ts';
import { type EventItem, type Item } from './read-item.ts';

/** A batch that has been read: its items in order, the first being number `from`. */
export interface Batch {
  readonly stream: StreamId;
  readonly desk: DeskId;
  readonly from: number;
  readonly items: readonly Item[];
  /** Source text of every item. Called only when something must be quarantined. */
  readonly sources: () => readonly string[];
}

export interface Taken {
  readonly answer: PushResponse;
  /** Calls that have new events. */
  readonly calls: readonly CallId[];
}

/**
 * Stores a batch and answers after COMMIT: what is in the answer is on the database's disk. The same batch again
 * changes nothing and answers with the receipts of the first time. Refuses only a stream that another desk owns.
 */
export function takeIn(
  pool: Pool,
  batch: Batch,
  now: UtcMs,
  clock: ClockLimits,
): Promise<Result<Taken, Refusing>> {
  return inTransaction(pool, async (client) => {
    const { stream, from, items } = batch;
    const row = await rows.lockStream(client, stream, batch.desk);
    if (row.desk !== batch.desk) {
      return err(refusing(403, 'stream.notYours', 'stream', 'belongs to another desk'));
    }
    const to = from + items.length - 1;
    const decision = decide(items, await holding(client, stream, from, to), now, clock);

    // In the plain case everything follows on, and each event gets its place in the hub's order as it is stored.
    const followsOn = from <= row.acked + 1 && row.lastSeq <= row.acked;
    await rows.lockCalls(client, stream, decision.events);
    await rows.insertEvents(client, stream, decision.events, now, followsOn);
    await rows.insertQuarantine(client, stream, withSources(batch, decision.quarantine), now);
    await rows.insertFlags(client, stream, decision.flags, now);
    await rows.insertReceipts(client, stream, decision.fresh, now);
    const acked = decision.fresh.length === 0 ? row.acked : await rows.advance(client, stream);
    if (!followsOn) await rows.placeEvents(client, stream);

    const range = { from, to };
    const answer: PushResponse = {
      v: PROTOCOL_VERSION,
      acked,
      receipts: await readReceipts(client, stream, range),
      flagged: await readFlags(client, stream, range),
      quarantined: (await readQuarantine(client, stream, range)).map(({ seq, problem }) => ({
        seq,
        problem,
      })),
    };
    return ok({ answer, calls: callsOf(decision.events) });
  });
}

async function holding(client: Client, stream: StreamId, from: number, to: number): Promise<Held> {
  const held = await rows.readHeld(client, stream, from - 1, to + 1);
  const events = held.events.map(({ seq, event }) => {
    // Our own canonical text of an event that was parsed before it was stored.
    const { hash, prev } = JSON.parse(event) as Envelope;
    return [seq, { hash, prev, text: event }] as const;
  });
  return { events: new Map(events), quarantined: new Set(held.quarantined) };
}

function withSources(
  batch: Batch,
  items: readonly { seq: number; problem: rows.QuarantineRow['problem'] }[],
) {
  if (items.length === 0) return [];
  const sources = batch.sources();
  return items.map(({ seq, problem }): rows.QuarantineRow => {
    const raw = sources[seq - batch.from];
    if (raw === undefined) throw new Error('an item of the batch has no source text');
    return { seq, problem, raw, rawSha256: sha256(raw) };
  });
}

const callsOf = (events: readonly EventItem[]): CallId[] => [
  ...new Set(events.map((item) => item.event.call)),
];
