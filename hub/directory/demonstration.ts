import usualHolidays from '../../shared/directory/bank-holidays.json' with { type: 'json' };
import { importFeed } from '../../shared/directory/import.ts';
import { bankHolidayList } from '../../shared/directory/snapshot.ts';
import { type UtcMs } from '../../shared/time.ts';
import { readHead } from '../db/directory-rows.ts';
import { type Pool } from '../db/pool.ts';
import wexshire from '../demonstration/wexshire-directory.json' with { type: 'json' };
import { keepDirectory } from './keep.ts';

/** Puts the invented county into a hub that has no directory at all. One that has any keeps it. */
export async function loadDemonstration(pool: Pool, now: UtcMs): Promise<void> {
  if ((await readHead(pool)) !== undefined) return;
  const read = importFeed(wexshire, { kinds: {} });
  if (!read.ok || read.value.refused.length > 0) throw new Error('the invented directory is not well-formed');
  const source = { name: 'Wexshire, an invented county', demonstration: true };
  const bankHolidays = bankHolidayList.parse(usualHolidays);
  const next = { source, bankHolidays, services: read.value.services };
  await keepDirectory(pool, next, { how: 'demonstration', now });
}
