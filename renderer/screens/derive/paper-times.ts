import { dateText, type DayNumber, dayNumber, londonTime, utcOf } from '../../../shared/london.ts';
import { type UtcMs } from '../../../shared/time.ts';

/** Times as they stand on a form: always in the past, and within the form's shift. */
export interface Shift {
  readonly shiftFrom: UtcMs;
  readonly shiftTo: UtcMs;
}

export const PAST_WORDS = 'Write a time as 19:00, or with its day as 24/11 19:00.';

interface Typed {
  readonly minute: number;
  /** Day and month, when they were typed. */
  readonly date?: { readonly day: number; readonly month: number };
}

function typed(text: string): Typed | undefined {
  const read = /^(?:(\d{1,2})\/(\d{1,2})\s+)?(\d{1,2})[:.]?(\d{2})$/.exec(text.trim());
  if (read === null) return undefined;
  const [, day, month, hour = '', minute = ''] = read;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  return {
    minute: Number(hour) * 60 + Number(minute),
    ...(day === undefined || month === undefined ? {} : { date: { day: Number(day), month: Number(month) } }),
  };
}

/** The moment clocks in England showed this minute; none where they skipped it. In October's double hour, the first. */
function momentOf(day: DayNumber, minute: number): UtcMs | undefined {
  const at = utcOf(day, minute, 'first');
  const shown = londonTime(at);
  return shown.day === day && shown.minute === minute ? at : undefined;
}

/** The last such day that is not after `now`'s by more than a day: a day of next year is a slip, not a plan. */
function dayOf({ day, month }: { day: number; month: number }, now: UtcMs): DayNumber | undefined {
  const today = londonTime(now).day;
  const year = Number(dateText(today).slice(0, 4));
  const two = (n: number): string => String(n).padStart(2, '0');
  return [year + 1, year, year - 1]
    .map((of) => dayNumber(`${of}-${two(month)}-${two(day)}`))
    .find((found) => found !== undefined && found <= today + 1);
}

/** `19:00` is the last time clocks showed it; `24/11 19:00` is that day within the last year. */
export function readPast(text: string, now: UtcMs): UtcMs | undefined {
  const read = typed(text);
  if (read === undefined) return undefined;
  if (read.date !== undefined) {
    const day = dayOf(read.date, now);
    return day === undefined ? undefined : momentOf(day, read.minute);
  }
  const today = londonTime(now).day;
  return [today, today - 1]
    .map((day) => momentOf(day, read.minute))
    .find((at) => at !== undefined && at <= now);
}

/** The next time after `from` that clocks show it, or that day's. */
export function readAfter(text: string, from: UtcMs): UtcMs | undefined {
  const read = typed(text);
  if (read === undefined) return undefined;
  const first = londonTime(from).day;
  if (read.date !== undefined) {
    const day = dayOf(read.date, from);
    return day === undefined ? undefined : momentOf(day, read.minute);
  }
  return [first, first + 1, first + 2]
    .map((day) => momentOf(day, read.minute))
    .find((at) => at !== undefined && at > from);
}

/**
 * A time on the form. Without a day it is the one within the shift; where none is, the one nearest to it, so that what is
 * said about it ("before the shift began") is what the eye sees on the paper.
 */
export function readInShift(text: string, { shiftFrom, shiftTo }: Shift): UtcMs | undefined {
  const read = typed(text);
  if (read === undefined) return undefined;
  if (read.date !== undefined) {
    const day = dayOf(read.date, shiftTo);
    return day === undefined ? undefined : momentOf(day, read.minute);
  }
  const first = londonTime(shiftFrom).day;
  const moments = [-1, 0, 1, 2]
    .map((ahead) => momentOf(first + ahead, read.minute))
    .filter((at) => at !== undefined);
  const away = (at: UtcMs): number => Math.max(shiftFrom - at, at - shiftTo, 0);
  return moments.toSorted((a, b) => away(a) - away(b) || a - b)[0];
}
