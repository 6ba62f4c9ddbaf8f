import { type EarlierAsk } from '../../call/desk.ts';
import { type UtcMs } from '../../../shared/time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const londonParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  hourCycle: 'h23',
});

/**
 * Reads `24/11/2026`, `24/11` (the last such day), `today`, `yesterday`, or six or more characters of a call's number.
 * Nothing when it is neither.
 */
export function readSearch(text: string, now: UtcMs): EarlierAsk | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === 'today' || typed === 'yesterday') {
    // Noon of the day meant: a day is 23 or 25 hours long when clocks change.
    const { year, month, day } = london(now);
    const noon = Date.UTC(year, month - 1, day, 12) - (typed === 'today' ? 0 : DAY);
    const meant = london(noon);
    return dayOf(meant.year, meant.month, meant.day);
  }
  const date = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(typed);
  if (date !== null) {
    const [day, month] = [Number(date[1]), Number(date[2])];
    if (date[3] !== undefined) return dayOf(Number(date[3]), month, day);
    const { year } = london(now);
    const thisYear = dayOf(year, month, day);
    return thisYear === undefined || thisYear.from > now ? dayOf(year - 1, month, day) : thisYear;
  }
  return /^[0-9a-f-]{6,36}$/.test(typed) ? { by: 'number', part: typed } : undefined;
}

function london(at: UtcMs) {
  const found = Object.fromEntries(
    londonParts.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0 } = found;
  return { year, month, day, hour };
}

function dayOf(year: number, month: number, day: number): Extract<EarlierAsk, { by: 'day' }> | undefined {
  const from = midnight(year, month, day);
  if (from === undefined) return undefined;
  const after = london(from + DAY + 12 * HOUR);
  const to = midnight(after.year, after.month, after.day);
  return to === undefined ? undefined : { by: 'day', from, to };
}

/** When the day begins in London: at 00:00 or 23:00 UTC. Nothing for a day that no calendar has. */
function midnight(year: number, month: number, day: number): UtcMs | undefined {
  const utc = Date.UTC(year, month - 1, day);
  return [utc, utc - HOUR].find((at) => {
    const found = london(at);
    return found.year === year && found.month === month && found.day === day && found.hour === 0;
  });
}
