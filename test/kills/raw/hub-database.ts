import { type Pool } from '../../../hub/db/pool.ts';
import { type Kept } from '../verdict/judge.ts';
import { keptOf } from './event.ts';

/** The hub's events in its own order, past the hub. */
export async function readHubRows(pool: Pool): Promise<readonly Kept[]> {
  const { rows } = await pool.query<{ event: string }>('SELECT event FROM events ORDER BY position');
  return rows.map(({ event }) => keptOf(JSON.parse(event)));
}
