import { type Envelope } from '../../shared/events/event.ts';
import { type CallId, type DeskId, type Sha256Hex, type StreamId } from '../../shared/ids.ts';
import { type Problem } from '../../shared/problem.ts';
import { type Flag, type FlagKind, type Receipt } from '../../shared/sync/protocol.ts';
import { type Client } from './pool.ts';

/** Reading what is stored. A pool and a client in a transaction both do. */
type Reader = Pick<Client, 'query'>;

/** Sequence numbers, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface StreamState {
  readonly desk: DeskId;
  readonly acked: number;
  readonly headHash: Sha256Hex | null;
}

/** Undefined for a stream the hub has never seen. */
export async function readStream(db: Reader, stream: StreamId): Promise<StreamState | undefined> {
  const { rows } = await db.query<StreamState>(
    'SELECT desk, acked, head_hash AS "headHash" FROM streams WHERE stream = $1',
    [stream],
  );
  return rows[0];
}

/** Receipts that cover any number of the range, in the order of the stream. */
export async function readReceipts(db: Reader, stream: StreamId, range: Range): Promise<Receipt[]> {
  const { rows } = await db.query<Receipt>(
    `SELECT n, stream, seq_from AS "from", seq_to AS "to", hash, at FROM receipts
     WHERE stream = $1 AND seq_from <= $3 AND seq_to >= $2 ORDER BY seq_from`,
    [stream, range.from, range.to],
  );
  return rows;
}

export async function readFlags(db: Reader, stream: StreamId, range: Range): Promise<Flag[]> {
  const { rows } = await db.query<{ seq: number; kind: FlagKind; detail: string }>(
    'SELECT seq, kind, detail FROM flags WHERE stream = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq, kind',
    [stream, range.from, range.to],
  );
  return rows;
}

export interface QuarantinedItem {
  readonly n: number;
  readonly seq: number;
  readonly problem: Problem;
  readonly raw: string;
  readonly receivedAt: number;
}

type QuarantineColumns = Omit<QuarantinedItem, 'problem'> & Problem;
const QUARANTINE_COLUMNS = 'n, seq, code, field, message, raw, received_at AS "receivedAt"';
const toQuarantined = ({ code, field, message, ...row }: QuarantineColumns): QuarantinedItem => ({
  ...row,
  problem: { code, field, message },
});

export async function readQuarantine(db: Reader, stream: StreamId, range: Range): Promise<QuarantinedItem[]> {
  const { rows } = await db.query<QuarantineColumns>(
    `SELECT ${QUARANTINE_COLUMNS} FROM quarantine WHERE stream = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq, n`,
    [stream, range.from, range.to],
  );
  return rows.map(toQuarantined);
}

export interface PlacedEvent {
  readonly position: number;
  readonly event: Envelope;
}

/** Events of a call after a position, in the hub's order, at most `limit`. */
export async function readCallEvents(
  db: Reader,
  call: CallId,
  after: number,
  limit: number,
): Promise<PlacedEvent[]> {
  const { rows } = await db.query<{ position: number; event: string }>(
    'SELECT position, event FROM events WHERE call = $1 AND position > $2 ORDER BY position LIMIT $3',
    [call, after, limit],
  );
  // Only events that were parsed are stored as events.
  return rows.map((row) => ({ position: row.position, event: JSON.parse(row.event) as Envelope }));
}

/** Event texts of a stream after a number, in its order, at most `limit`. */
export async function readStreamTexts(
  db: Reader,
  stream: StreamId,
  after: number,
  limit: number,
): Promise<{ seq: number; event: string }[]> {
  const { rows } = await db.query<{ seq: number; event: string }>(
    'SELECT seq, event FROM events WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3',
    [stream, after, limit],
  );
  return rows;
}

/** The highest number a stream has a receipt for, and the ends of receipts whose event has another hash now. */
export async function readPromises(
  db: Reader,
  stream: StreamId,
): Promise<{ promised: number; differing: number[] }> {
  const { rows } = await db.query<{ promised: number; differing: number[] }>(
    `SELECT coalesce(max(seq_to), 0) AS promised,
            coalesce(array_agg(seq_to::float8 ORDER BY seq_to) FILTER (WHERE events.hash <> receipts.hash), '{}')
              AS differing
     FROM receipts LEFT JOIN events ON events.stream = receipts.stream AND events.seq = receipts.seq_to
     WHERE receipts.stream = $1`,
    [stream],
  );
  return rows[0] ?? { promised: 0, differing: [] };
}

export interface Page<T> {
  readonly items: T[];
  readonly next: number | null;
}

/** Flags of events numbered above `after`. A page ends between two events, so it may hold a few more than `limit`. */
export async function pageFlags(
  db: Reader,
  stream: StreamId,
  after: number,
  limit: number,
): Promise<Page<Flag>> {
  const { rows } = await db.query<{ last: number | null; more: boolean }>(
    `SELECT max(seq) AS last, count(*) > $3 AS more FROM (
       SELECT seq FROM flags WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3 + 1) page`,
    [stream, after, limit],
  );
  const { last, more } = rows[0] ?? { last: null, more: false };
  if (last === null) return { items: [], next: null };
  return { items: await readFlags(db, stream, { from: after + 1, to: last }), next: more ? last : null };
}

/** Quarantined items numbered (by `n`) above `after`. */
export async function pageQuarantine(
  db: Reader,
  stream: StreamId,
  after: number,
  limit: number,
): Promise<Page<QuarantinedItem>> {
  const { rows } = await db.query<QuarantineColumns>(
    `SELECT ${QUARANTINE_COLUMNS} FROM quarantine WHERE stream = $1 AND n > $2 ORDER BY n LIMIT $3 + 1`,
    [stream, after, limit],
  );
  const items = rows.slice(0, limit).map(toQuarantined);
  return { items, next: rows.length > limit ? (items.at(-1)?.n ?? null) : null };
}

/** What is in quarantine, without what it says: that may be a caller's words. */
export interface QuarantineLine {
  readonly n: number;
  readonly stream: StreamId;
  readonly seq: number;
  readonly code: string;
  readonly field: string;
  readonly receivedAt: number;
  readonly bytes: number;
}
const LINES = 1_000;

export async function* listQuarantine(db: Reader): AsyncGenerator<QuarantineLine> {
  for (let after = 0; ;) {
    const { rows } = await db.query<QuarantineLine>(
      `SELECT n, stream, seq, code, field, received_at AS "receivedAt", octet_length(raw) AS bytes
       FROM quarantine WHERE n > $1 ORDER BY n LIMIT $2`,
      [after, LINES],
    );
    yield* rows;
    if (rows.length < LINES) return;
    after = rows.at(-1)?.n ?? after;
  }
}

/** Doubts about chains that the hub has flagged, each as "stream seq kind". */
export async function readKnownDoubts(db: Reader): Promise<Set<string>> {
  const { rows } = await db.query<{ stream: StreamId; seq: number; kind: FlagKind }>(
    `SELECT stream, seq, kind FROM flags WHERE kind IN ('brokenLink', 'wrongHash')`,
  );
  return new Set(rows.map(({ stream, seq, kind }) => `${stream} ${seq} ${kind}`));
}

const CALL_PAGE = 1_000;

/** Everything acknowledged for a call, from every desk, in the hub's order. */
export async function readWholeCall(db: Reader, call: CallId): Promise<PlacedEvent[]> {
  const all: PlacedEvent[] = [];
  for (;;) {
    const page = await readCallEvents(db, call, all.at(-1)?.position ?? 0, CALL_PAGE);
    all.push(...page);
    if (page.length < CALL_PAGE) return all;
  }
}
