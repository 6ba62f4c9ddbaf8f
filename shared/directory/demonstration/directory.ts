import usualHolidays from '../bank-holidays.json' with { type: 'json' };
import { type DirectorySnapshot } from '../exchange.ts';
import { importFeed } from '../import.ts';
import { bankHolidayList } from '../snapshot.ts';
import wexshire from './wexshire-directory.json' with { type: 'json' };

/** The invented county as a directory without a version: for a hub that has none, and for practice. Throws on a bug in it. */
export function demonstrationDirectory(): Pick<DirectorySnapshot, 'source' | 'bankHolidays' | 'services'> {
  const read = importFeed(wexshire, { kinds: {} });
  if (!read.ok || read.value.refused.length > 0) throw new Error('the invented directory is not well-formed');
  return {
    source: { name: 'Wexshire, an invented county', demonstration: true },
    bankHolidays: bankHolidayList.parse(usualHolidays),
    services: [...read.value.services],
  };
}
