import { type DeskId, type StreamId } from '../../shared/ids.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

/** Why a stream went to another desk. */
export type TransferHow = 'oldKey' | 'administrator';

/** Desks that owned the stream before its owner of now. */
export async function readFormerDesks(db: Db, stream: StreamId): Promise<Set<DeskId>> {
  const { rows } = await db.query<{ desk: DeskId }>(
    'SELECT DISTINCT from_desk AS desk FROM stream_transfers WHERE stream = $1',
    [stream],
  );
  return new Set(rows.map((row) => row.desk));
}

/** The stream's owner, its row locked until COMMIT; undefined for a stream never seen. */
export async function lockOwner(client: Client, stream: StreamId): Promise<DeskId | undefined> {
  const { rows } = await client.query<{ desk: DeskId }>(
    'SELECT desk FROM streams WHERE stream = $1 FOR UPDATE',
    [stream],
  );
  return rows[0]?.desk;
}

/** Gives the stream to another desk, and the calls that the old one has and it began, and writes down why. */
export async function transferStream(
  client: Client,
  move: {
    readonly stream: StreamId;
    readonly from: DeskId;
    readonly to: DeskId;
    readonly at: UtcMs;
    readonly how: TransferHow;
  },
): Promise<void> {
  const { stream, from, to, at, how } = move;
  await client.query(
    'INSERT INTO stream_transfers (stream, from_desk, to_desk, at, how) VALUES ($1, $2, $3, $4, $5)',
    [stream, from, to, at, how],
  );
  await client.query('UPDATE streams SET desk = $2 WHERE stream = $1', [stream, to]);
  await client.query(
    `UPDATE calls SET holder = $3, held_since = $4
     WHERE holder = $2 AND fence = 0 AND call IN (SELECT call FROM events WHERE stream = $1)`,
    [stream, from, to, at],
  );
}
