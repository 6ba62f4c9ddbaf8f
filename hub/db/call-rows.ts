import { type CallId } from '../../shared/ids.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

/** Calls with events that have not been replayed, longest waiting first. */
export async function readUnchecked(db: Db, limit: number): Promise<CallId[]> {
  const { rows } = await db.query<{ call: CallId }>(
    'SELECT call FROM calls WHERE last_position > checked_position ORDER BY last_position LIMIT $1',
    [limit],
  );
  return rows.map((row) => row.call);
}

/**
 * The call was replayed as far as `position`, and stands as `standing` says (JSON; null: it needs nobody). Never moves
 * back: of two hubs that look through a call at once, the one that saw more counts.
 */
export async function markChecked(
  db: Db,
  call: CallId,
  position: number,
  standing: string | null,
): Promise<void> {
  await db.query(
    `UPDATE calls SET checked_position = $2, unknown_content = NULL, standing = $3
     WHERE call = $1 AND checked_position <= $2`,
    [call, position, standing],
  );
}

/** Something outside its events changes how a call stands: it is to be looked through again, by whichever hub. */
export async function markChanged(db: Db, call: CallId): Promise<void> {
  await db.query('UPDATE calls SET checked_position = 0 WHERE call = $1', [call]);
}

/** The call cannot be replayed by this hub. It stays unchecked, so that a hub with that content will. */
export async function markUnknownContent(db: Db, call: CallId, version: string): Promise<void> {
  await db.query('UPDATE calls SET unknown_content = $2 WHERE call = $1', [call, version]);
}

export interface CheckState {
  readonly waiting: number;
  readonly unknownContent: number;
}

export async function readCheckState(db: Db): Promise<CheckState> {
  const { rows } = await db.query<CheckState>(
    `SELECT count(*) FILTER (WHERE unknown_content IS NULL) AS waiting,
            count(*) FILTER (WHERE unknown_content IS NOT NULL) AS "unknownContent"
     FROM calls WHERE last_position > checked_position`,
  );
  return rows[0] ?? { waiting: 0, unknownContent: 0 };
}

/** Calls offered from `from` to before `to` (UTC ms), in the order of their offers. */
export async function readOfferedCalls(
  db: Db,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<CallId[]> {
  const { rows } = await db.query<{ call: CallId }>(
    `SELECT call, min(at) AS offered FROM events
     WHERE type = 'call.offered' AND at >= $1 AND at < $2 AND position IS NOT NULL
     GROUP BY call ORDER BY offered, call`,
    [from, to],
  );
  return rows.map(({ call }) => call);
}
