import { clockTime } from '../../../shared/exports/london.ts';
import { type UtcMs } from '../../../shared/time.ts';

/** UTC is what is kept; London time exists only here, at the moment of showing or reading (H24). */
const ZONE = 'Europe/London';
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export { clockTime };

/** 14:07 today, otherwise Sat 21 Nov 14:07. */
export function timeText(at: UtcMs, now: UtcMs): string {
  return day.format(at) === day.format(now)
    ? clockTime(at)
    : `${day.format(at).replace(',', '')} ${clockTime(at)}`;
}

const DAY_WORDS = [
  ['yesterday', -DAY],
  ['today', 0],
  ['tomorrow', DAY],
] as const;

/** "today 03:40 (in 2 h 10 min)", "yesterday 23:10 (4 h 5 min ago)", "Sat 28 Nov 09:00 (in 3 days)". */
export function dueText(at: UtcMs, now: UtcMs): string {
  // Noon of the day meant: a day is 23 or 25 hours long when clocks change.
  const word = DAY_WORDS.find(([, ahead]) => day.format(at) === day.format(noonOf(now) + ahead))?.[0];
  const when = `${word ?? day.format(at).replace(',', '')} ${clockTime(at)}`;
  const span = longSpan(Math.abs(at - now));
  if (Math.abs(at - now) < MINUTE) return `${when} (now)`;
  return at > now ? `${when} (in ${span})` : `${when} (${span} ago)`;
}

const noonOf = (now: UtcMs): UtcMs => now - (minuteOfDay(now) - 12 * 60) * MINUTE;
function minuteOfDay(at: UtcMs): number {
  const [hour = '0', minute = '0'] = londonMinute(at).time.split(':');
  return Number(hour) * 60 + Number(minute);
}

const longSpan = (ms: number): string => {
  const days = Math.floor(ms / DAY);
  return days < 2 ? spanText(ms) : `${days} days`;
};

/** mm:ss, from an hour on h:mm:ss. Never negative. */
export function elapsedText(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

/** How long, in words that do not tick by the second: "less than a minute", "11 min", "2 h 5 min". */
export function spanText(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 1) return 'less than a minute';
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

interface LondonMinute {
  readonly date: string;
  readonly time: string;
}

function londonMinute(at: UtcMs): LondonMinute {
  const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return { date: `${part['day']}/${part['month']}`, time: `${part['hour']}:${part['minute']}` };
}

/**
 * Reads a time as a handler types it: `15:30`, `1530` or `9.05` is the next time London clocks show it;
 * `24/11 09:00` is that day within the next year. Nothing when it is no time, or when clocks skip it.
 */
export function readTime(text: string, now: UtcMs): UtcMs | undefined {
  const read = /^(?:(\d{1,2})\/(\d{1,2})\s+)?(\d{1,2})[:.]?(\d{2})$/.exec(text.trim());
  if (read === null) return undefined;
  const [, date, month, hour, minute] = read;
  const time = `${hour?.padStart(2, '0')}:${minute}`;
  const start = Math.floor(now / MINUTE) * MINUTE + MINUTE;
  const wanted = date === undefined ? undefined : `${date.padStart(2, '0')}/${month?.padStart(2, '0')}`;
  if (wanted === undefined) return findMinute(start, start + DAY + 60 * MINUTE, (at) => at.time === time);
  // Half days first, then the minutes around: a day may have 23 or 25 hours.
  for (let at = start; at <= start + 366 * DAY; at += DAY / 2) {
    if (londonMinute(at).date !== wanted) continue;
    const from = Math.max(start, at - DAY);
    return findMinute(from, at + DAY, (found) => found.date === wanted && found.time === time);
  }
  return undefined;
}

function findMinute(from: UtcMs, to: UtcMs, is: (minute: LondonMinute) => boolean): UtcMs | undefined {
  for (let at = from; at <= to; at += MINUTE) if (is(londonMinute(at))) return at;
  return undefined;
}
