import { type CallId, type DeskId, type Sha256Hex, type StreamId } from '../../shared/ids.ts';
import { type Flag } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type EventItem } from '../intake/read-item.ts';
import { type QuarantineRow, type StreamRow } from '../intake/store.ts';
import { type Client } from './pool.ts';
import { storable } from './storable.ts';

/** The statements of one intake, in the order they are run, all in one transaction. Nothing here decides. */

/**
 * The stream's row, made if it is new, and locked until COMMIT: one intake per stream at a time. It writes even where
 * nothing changes: with a synchronous standby, only a transaction that wrote waits for it at COMMIT, and the receipts
 * of a batch sent again must not be given before the standby has what the first try left behind.
 */
export async function lockStream(client: Client, stream: StreamId, desk: DeskId): Promise<StreamRow> {
  const { rows } = await client.query<StreamRow>(
    `INSERT INTO streams (stream, desk) VALUES ($1, $2)
     ON CONFLICT (stream) DO UPDATE SET desk = streams.desk
     RETURNING desk, acked, last_seq AS "lastSeq"`,
    [stream, desk],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the stream row was neither made nor found');
  return row;
}

/** Events and quarantined numbers from `from` to `to`. */
export async function readHeld(
  client: Client,
  stream: StreamId,
  from: number,
  to: number,
): Promise<{ events: { seq: number; event: string }[]; quarantined: number[] }> {
  const range = [stream, from, to];
  const events = await client.query<{ seq: number; event: string }>(
    'SELECT seq, event FROM events WHERE stream = $1 AND seq BETWEEN $2 AND $3',
    range,
  );
  const quarantined = await client.query<{ seq: number }>(
    'SELECT DISTINCT seq FROM quarantine WHERE stream = $1 AND seq BETWEEN $2 AND $3',
    range,
  );
  return { events: events.rows, quarantined: quarantined.rows.map((row) => row.seq) };
}

/**
 * Takes each call's lock until COMMIT: the calls of this batch, and those of the stream's events that still wait for
 * a position. So positions of one call are committed in their order, and a reader that has seen position p of a call
 * will never be shown a smaller one later. All in one statement and sorted: two intakes cannot wait for each other.
 */
export async function lockCalls(client: Client, stream: StreamId, calls: readonly CallId[]): Promise<void> {
  await client.query(
    `SELECT pg_advisory_xact_lock(key) FROM (
       SELECT DISTINCT hashtextextended(call::text, 7110) AS key FROM (
         SELECT call FROM unnest($2::uuid[]) AS batch (call)
         UNION SELECT call FROM events WHERE stream = $1 AND position IS NULL
       ) calls ORDER BY key
     ) keys`,
    [stream, calls],
  );
}

/** Stores events in one statement. `place`: give them their position in the hub's order now. */
export async function insertEvents(
  client: Client,
  stream: StreamId,
  desk: DeskId,
  items: readonly EventItem[],
  now: UtcMs,
  place: boolean,
): Promise<void> {
  if (items.length === 0) return;
  await client.query(
    `WITH batch AS (
       SELECT * FROM unnest($2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[])
         AS item (seq, call, at, type, hash, event) ORDER BY seq
     ), stored AS (
       INSERT INTO events (stream, seq, position, call, at, type, hash, event, received_at)
       SELECT $1, seq, CASE WHEN $9 THEN nextval('event_positions') END, call, at, type, hash, event, $8 FROM batch
       RETURNING call, position
     )
     INSERT INTO calls (call, last_position, holder, held_since)
     SELECT call, max(position), $10, $8 FROM stored WHERE position IS NOT NULL GROUP BY call
     ON CONFLICT (call) DO UPDATE SET last_position = excluded.last_position`,
    [
      stream,
      items.map((item) => item.seq),
      items.map((item) => item.event.call),
      items.map((item) => item.event.at),
      items.map((item) => (item.known ? item.event.type : null)),
      items.map((item) => item.event.hash),
      items.map((item) => item.text),
      now,
      place,
      desk,
    ],
  );
}

/** Stores what is not an event, as it came. The same thing sent again is there already. */
export async function insertQuarantine(
  client: Client,
  stream: StreamId,
  rows: readonly QuarantineRow[],
  now: UtcMs,
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO quarantine (stream, seq, raw, raw_sha256, code, field, message, received_at)
     SELECT $1, item.*, $8 FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS item
     ON CONFLICT (stream, seq, raw_sha256) DO NOTHING`,
    [
      stream,
      rows.map((row) => row.seq),
      rows.map((row) => row.raw),
      rows.map((row) => row.rawSha256),
      rows.map((row) => storable(row.problem.code)),
      rows.map((row) => storable(row.problem.field)),
      rows.map((row) => storable(row.problem.message)),
      now,
    ],
  );
}

export async function insertFlags(
  client: Pick<Client, 'query'>,
  stream: StreamId,
  flags: readonly Flag[],
  now: UtcMs,
): Promise<void> {
  if (flags.length === 0) return;
  await client.query(
    `INSERT INTO flags (stream, seq, kind, detail, found_at)
     SELECT $1, item.*, $5 FROM unnest($2::bigint[], $3::text[], $4::text[]) AS item
     ON CONFLICT (stream, seq, kind) DO NOTHING`,
    [
      stream,
      flags.map((flag) => flag.seq),
      flags.map((flag) => flag.kind),
      flags.map((flag) => storable(flag.detail)),
      now,
    ],
  );
}

export async function insertReceipts(
  client: Client,
  stream: StreamId,
  runs: readonly { readonly from: number; readonly to: number; readonly hash: Sha256Hex | null }[],
  now: UtcMs,
): Promise<void> {
  if (runs.length === 0) return;
  await client.query(
    `INSERT INTO receipts (stream, seq_from, seq_to, hash, at)
     SELECT $1, item.*, $5 FROM unnest($2::bigint[], $3::bigint[], $4::text[]) AS item`,
    [stream, runs.map((run) => run.from), runs.map((run) => run.to), runs.map((run) => run.hash), now],
  );
}

/** Moves the cumulative number over everything now contiguous, events and quarantine alike. Answers the new one. */
export async function advance(client: Client, stream: StreamId): Promise<number> {
  const { rows } = await client.query<{ acked: number }>(
    `WITH head AS (SELECT acked FROM streams WHERE stream = $1),
     beyond AS (
       SELECT seq FROM events WHERE stream = $1 AND seq > (SELECT acked FROM head)
       UNION SELECT seq FROM quarantine WHERE stream = $1 AND seq > (SELECT acked FROM head)
     ), numbered AS (
       SELECT seq, seq - row_number() OVER (ORDER BY seq) AS before FROM beyond
     ), reached AS (
       SELECT coalesce(max(seq), (SELECT acked FROM head)) AS acked FROM numbered
       WHERE before = (SELECT acked FROM head)
     )
     UPDATE streams SET acked = reached.acked,
       last_seq = greatest(last_seq, reached.acked, (SELECT max(seq) FROM beyond)),
       head_hash = (SELECT hash FROM events WHERE stream = $1 AND seq = reached.acked)
     FROM reached WHERE stream = $1 RETURNING streams.acked`,
    [stream],
  );
  return rows[0]?.acked ?? 0;
}

/** Gives every acknowledged event that still has none its position, in the order of the stream. */
export async function placeEvents(client: Client, stream: StreamId, desk: DeskId, now: UtcMs): Promise<void> {
  await client.query(
    `WITH due AS (
       SELECT events.seq FROM events JOIN streams USING (stream)
       WHERE events.stream = $1 AND position IS NULL AND events.seq <= streams.acked ORDER BY events.seq
     ), numbered AS (SELECT seq, nextval('event_positions') AS position FROM due),
     placed AS (
       UPDATE events SET position = numbered.position FROM numbered
       WHERE events.stream = $1 AND events.seq = numbered.seq RETURNING events.call, events.position
     )
     INSERT INTO calls (call, last_position, holder, held_since)
     SELECT call, max(position), $2, $3 FROM placed GROUP BY call
     ON CONFLICT (call) DO UPDATE SET last_position = excluded.last_position`,
    [stream, desk, now],
  );
}
