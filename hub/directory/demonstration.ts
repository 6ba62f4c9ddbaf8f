import { demonstrationDirectory } from '../../shared/directory/demonstration/directory.ts';
import { type UtcMs } from '../../shared/time.ts';
import { readHead } from '../db/directory-rows.ts';
import { type Pool } from '../db/pool.ts';
import { keepDirectory } from './keep.ts';

/** Puts the invented county into a hub that has no directory at all. One that has any keeps it. */
export async function loadDemonstration(pool: Pool, now: UtcMs): Promise<void> {
  if ((await readHead(pool)) !== undefined) return;
  await keepDirectory(pool, demonstrationDirectory(), { how: 'demonstration', now });
}
