import { type UtcMs } from './time.ts';

/**
 * Clock time in England from UTC and back, without a formatter: services are searched by the thousand. Summer time
 * runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October (Summer Time Order 2002);
 * `test/shared/london.test.ts` compares every hour of thirty years with the platform's own time-zone data (H24).
 */

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A day of the calendar, as days since 1 January 1970. */
export type DayNumber = number;

/** A moment as clocks in England show it. */
export interface LondonTime {
  readonly day: DayNumber;
  /** Minutes since midnight on the clock, 0 to 1439. */
  readonly minute: number;
}

/** 0 is Sunday, as in Date. */
export const weekday = (day: DayNumber): number => (((day + 4) % 7) + 7) % 7;

/** The day number of `2026-11-25`; undefined when there is no such day. */
export function dayNumber(date: string): DayNumber | undefined {
  const [year = NaN, month = NaN, day = NaN] = date.split('-').map(Number);
  const at = Date.UTC(year, month - 1, day);
  return !Number.isNaN(at) && dateText(at / DAY) === date ? at / DAY : undefined;
}

/** `2026-11-25` */
export const dateText = (day: DayNumber): string => new Date(day * DAY).toISOString().slice(0, 10);

const changes = new Map<number, UtcMs>();
/** 01:00 UTC on the last Sunday of a month with 31 days. */
function changeOf(year: number, month: 2 | 9): UtcMs {
  const key = year * 12 + month;
  const known = changes.get(key);
  if (known !== undefined) return known;
  const last = Date.UTC(year, month, 31);
  const at = last - weekday(last / DAY) * DAY + 60 * MINUTE;
  changes.set(key, at);
  return at;
}

/** Minutes that clocks in England are ahead of UTC: 0 or 60. */
export function londonOffset(at: UtcMs): 0 | 60 {
  if (at < summer.year || at >= summer.nextYear) summer = summerOf(new Date(at).getUTCFullYear());
  return at >= summer.from && at < summer.to ? 60 : 0;
}

/** The year that was asked about last: thousands of moments in a row are of one year. */
let summer = summerOf(1970);
function summerOf(year: number) {
  return {
    year: Date.UTC(year, 0, 1),
    nextYear: Date.UTC(year + 1, 0, 1),
    from: changeOf(year, 2),
    to: changeOf(year, 9),
  };
}

export function londonTime(at: UtcMs): LondonTime {
  const local = at + londonOffset(at) * MINUTE;
  const day = Math.floor(local / DAY);
  return { day, minute: Math.floor((local - day * DAY) / MINUTE) };
}

/**
 * The moment when clocks in England show this time. A minute that clocks show twice (October) is `first` or `last`; one
 * that they skip (March) is the moment the clocks jump. Minutes of 1440 and more belong to the days after.
 */
export function utcOf(day: DayNumber, minute: number, which: 'first' | 'last'): UtcMs {
  const shown = day * DAY + minute * MINUTE;
  const ahead = shown - 60 * MINUTE;
  const [inSummer, inWinter] = [londonOffset(ahead) === 60, londonOffset(shown) === 0];
  if (inSummer && (which === 'first' || !inWinter)) return ahead;
  return inWinter ? shown : changeOf(new Date(shown).getUTCFullYear(), 2);
}
