import { type UtcMs } from '../time.ts';

/**
 * London time for people who read; UTC is what is kept (H24). In the hour that comes twice each October the zone is
 * said, because the clock alone would not tell which of the two is meant.
 */
const ZONE = 'Europe/London';
const HOUR = 3_600_000;
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const OCTOBER = 9;

/** 14:07; within the hour that comes twice, 01:07 BST or 01:07 GMT. */
export function clockTime(at: UtcMs): string {
  const time = clock.format(at);
  if (new Date(at).getUTCMonth() !== OCTOBER) return time;
  const twice = clock.format(at + HOUR) === time || clock.format(at - HOUR) === time;
  return twice ? `${time} ${zoneOf(at)}` : time;
}

/** Fri 20 Nov 2026 */
export const dayText = (at: UtcMs): string => day.format(at).replace(',', '');

/** Fri 20 Nov 2026 19:30 GMT: for paper, which is read on another day and by others. */
export const dayAndTime = (at: UtcMs): string => `${dayText(at)} ${clock.format(at)} ${zoneOf(at)}`;

/** The same moment twice, for machines: UTC, and London with its offset. */
export interface Moment {
  readonly utc: string;
  readonly london: string;
}
export function moment(at: UtcMs): Moment {
  const read = readParts(at);
  const local = `${read['year']}-${read['month']}-${read['day']}T${read['hour']}:${read['minute']}:${read['second']}`;
  const minutes = offsetMinutes(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    utc: new Date(at).toISOString(),
    london: `${local}+${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
  };
}

/** 2026-11-20 and 19:30:00, as London calendars and clocks show them. */
export function londonDate(at: UtcMs): string {
  return moment(at).london.slice(0, 10);
}
export function londonTime(at: UtcMs): string {
  return moment(at).london.slice(11, 19);
}

const zoneOf = (at: UtcMs): 'BST' | 'GMT' => (offsetMinutes(at) === 0 ? 'GMT' : 'BST');

function offsetMinutes(at: UtcMs): number {
  const { year, month, day: date, hour, minute, second } = readParts(at);
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(date),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return Math.round((local - Math.floor(at / 1000) * 1000) / 60_000);
}

function readParts(at: UtcMs): Readonly<Record<string, string>> {
  return Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
}
