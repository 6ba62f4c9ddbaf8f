import { type UtcMs } from '../time.ts';
import { type BankHolidays, openAt } from './hours.ts';
import { type OpeningHours } from './hours-schema.ts';

/** What somebody would find at the door. `closing` is open, and shut again before they have been there long enough. */
export type Arrival =
  | { readonly door: 'open'; readonly until?: UtcMs }
  | { readonly door: 'closing'; readonly until: UtcMs }
  | { readonly door: 'closed'; readonly opensAt?: UtcMs }
  | { readonly door: 'notKnown' };

/** The door at the moment of arrival, not now (H7). `stayMs` is how long a visit has to be to be worth the way. */
export function onArrival(
  hours: OpeningHours,
  arrivalAt: UtcMs,
  { stayMs, holidays }: { readonly stayMs: number; readonly holidays: BankHolidays },
): Arrival {
  const found = openAt(hours, arrivalAt, holidays);
  if (found.state === 'notKnown') return { door: 'notKnown' };
  if (found.state === 'closed')
    return { door: 'closed', ...(found.opensAt === undefined ? {} : { opensAt: found.opensAt }) };
  if (found.until === undefined) return { door: 'open' };
  return { door: found.until - arrivalAt < stayMs ? 'closing' : 'open', until: found.until };
}
