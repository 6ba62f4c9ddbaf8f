import { type UtcMs } from '../../../shared/time.ts';
import { dueText, readTime } from './times.ts';

/** A typed time as it is understood, or what is wrong with it in words. Empty text is neither. */
export type When =
  { readonly at: UtcMs; readonly reading: string } | { readonly fault: string } | { readonly nothing: true };

const HALF_A_YEAR = 183 * 24 * 60 * 60_000;
const SHAPE = /^(?:\d{1,2}\/\d{1,2}\s+)?\d{1,2}[:.]?\d{2}$/u;

export const TIME_WORDS = 'Write the time as 19:45, or 24/11 09:00 for another day.';

/**
 * A time that is still to come. A bare time is the next time clocks show it, and `reading` says which day that is, so that
 * 15:30 typed at 15:45 is seen to be tomorrow. A day that is over would be next year's: it is refused instead.
 */
export function readWhen(text: string, now: UtcMs): When {
  const typed = text.trim();
  if (typed === '') return { nothing: true };
  if (!SHAPE.test(typed)) return { fault: TIME_WORDS };
  const at = readTime(typed, now);
  if (at === undefined) return { fault: `That time is over, or there is no such time. ${TIME_WORDS}` };
  if (at - now > HALF_A_YEAR) return { fault: 'That day is over. Write a time that is still to come.' };
  return { at, reading: dueText(at, now) };
}
