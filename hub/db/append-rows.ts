import { type Appended, type IntakeWrite, type Standing } from '../intake/store.ts';
import { inOneStatement, type Pool } from './pool.ts';
import { storable } from './storable.ts';

/**
 * The stream moves to its new end, if it stands where the batch continues it. Who has the calls is seen as it was when
 * the statement began: a lease granted while it runs was granted after it.
 */
const NOBODY_ELSES = 'NOT EXISTS (SELECT FROM calls WHERE call = ANY ($16::uuid[]) AND holder <> $2)';
const MOVE_NEW = `INSERT INTO streams (stream, desk, acked, last_seq, head_hash)
  SELECT $1, $2, $4, $4, $6 WHERE $5::text IS NOT NULL AND ${NOBODY_ELSES}
  ON CONFLICT (stream) DO NOTHING RETURNING stream`;
const MOVE_ON = `UPDATE streams SET acked = $4, last_seq = $4, head_hash = $6
  WHERE stream = $1 AND desk = $2 AND acked = $3 AND last_seq = $3 AND head_hash = $5
    AND ${NOBODY_ELSES} RETURNING stream`;

/**
 * A whole batch in one statement, so in one round trip and one transaction of its own. It does nothing unless the
 * stream moves: that is decided on the newest row, under its lock. The calls' locks are taken before any position is
 * given (CASE looks at its condition first), for the reason said at lockCalls. Lists travel as lines: canonical JSON
 * has no line breaks, and taking lines apart is far cheaper than arrays whose every quotation mark is escaped.
 */
const append = (move: string): string => `
  WITH head AS (${move}),
  batch AS (
    SELECT $3 + n AS seq, call, at, type, hash, event
    FROM unnest(string_to_array($7, E'\\n')::uuid[], string_to_array($8, E'\\n')::bigint[],
                string_to_array($9, E'\\n', ''), string_to_array($10, E'\\n'), string_to_array($11, E'\\n'))
      WITH ORDINALITY AS item (call, at, type, hash, event, n)
    WHERE EXISTS (SELECT FROM head)
  ), locks AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(key) FROM (
      SELECT DISTINCT hashtextextended(call::text, 7110) AS key FROM batch ORDER BY key) keys
  ), stored AS (
    INSERT INTO events (stream, seq, position, call, at, type, hash, event, received_at)
    SELECT $1, seq, CASE WHEN (SELECT count(*) FROM locks) > 0 THEN nextval('event_positions') END,
           call, at, type, hash, event, $12
    FROM batch ORDER BY seq
    RETURNING call, position
  ), placed AS (
    INSERT INTO calls (call, last_position, holder, held_since)
    SELECT call, max(position), $2, $12 FROM stored GROUP BY call
    ON CONFLICT (call) DO UPDATE SET last_position = excluded.last_position
  ), doubted AS (
    INSERT INTO flags (stream, seq, kind, detail, found_at)
    SELECT $1, item.*, $12 FROM unnest($13::bigint[], $14::text[], $15::text[]) AS item
    WHERE EXISTS (SELECT FROM head)
    ON CONFLICT (stream, seq, kind) DO NOTHING
  )
  INSERT INTO receipts (stream, seq_from, seq_to, hash, at) SELECT stream, $3 + 1, $4, $6, $12 FROM head
  RETURNING n AS receipt`;

const APPEND_NEW = { name: 'append-new', text: append(MOVE_NEW) };
const APPEND_ON = { name: 'append-on', text: append(MOVE_ON) };

/** See `IntakeStore.append`. */
export async function appendEvents(
  pool: Pool,
  { stream, events, now, flags }: IntakeWrite,
  at: Standing,
): Promise<Appended | undefined> {
  const lines = (values: readonly (string | number)[]): string => values.join('\n');
  const last = events.at(-1)?.event;
  const statement = {
    ...(at.seq === 0 ? APPEND_NEW : APPEND_ON),
    values: [
      stream,
      at.desk,
      at.seq,
      at.seq + events.length,
      at.hash,
      last?.hash,
      lines(events.map((item) => item.event.call)),
      lines(events.map((item) => item.event.at)),
      // A type the hub knows has no line break; one it does not know is stored as null.
      lines(events.map((item) => (item.known ? item.event.type : ''))),
      lines(events.map((item) => item.event.hash)),
      lines(events.map((item) => item.text)),
      now,
      flags.map((flag) => flag.seq),
      flags.map((flag) => flag.kind),
      flags.map((flag) => storable(flag.detail)),
      [...new Set(events.map((item) => item.event.call))],
    ],
  };
  const { rows } = await inOneStatement(pool, (client) => client.query<Appended>(statement));
  return rows[0];
}
