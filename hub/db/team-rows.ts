import { type CallId, type DeskId } from '../../shared/ids.ts';
import { type Client } from './pool.ts';

type Db = Pick<Client, 'query'>;

export interface StandingRow {
  readonly call: CallId;
  readonly desk: DeskId | null;
  readonly deskName: string | null;
  /** JSON, as `callStanding` reads it. */
  readonly standing: string;
}

/** Calls that are open or owe something, the newest written in first, at most `limit`. */
export async function readStandings(db: Db, limit: number): Promise<StandingRow[]> {
  const { rows } = await db.query<StandingRow>(
    `SELECT call, holder AS desk, desks.name AS "deskName", standing
     FROM calls LEFT JOIN desks ON desks.id = calls.holder
     WHERE standing IS NOT NULL ORDER BY last_position DESC LIMIT $1`,
    [limit],
  );
  return rows;
}

/** What people call a desk. */
export async function readDeskName(db: Db, desk: DeskId): Promise<string | null> {
  const { rows } = await db.query<{ name: string }>('SELECT name FROM desks WHERE id = $1', [desk]);
  return rows[0]?.name ?? null;
}
