import { type CallEvent } from '../events/event.ts';
import { type EventRef } from '../events/vocabulary.ts';
import { type UtcMs } from '../time.ts';
import { type EventOf, eventsOf, lastOf, type Picture } from './picture.ts';

/**
 * A call that was on paper first (H14). Its events are made now, and their `at` says so; when something happened, and
 * who wrote it on the form, is data beside them (`entry.timed`). Nothing ever gets another time of its own.
 */

type Timed = EventOf<'entry.timed'>;

/** From which form the call was entered; none for a call that was taken here. */
export const paperCall = (picture: Picture): EventOf<'call.fromPaper'> | undefined =>
  lastOf(picture, 'call.fromPaper');

const known = new WeakMap<readonly Timed[], ReadonlyMap<string, Timed>>();
const keyOf = ({ stream, seq }: EventRef): string => `${stream} ${seq}`;

/** What the form says about when this event happened, if somebody wrote that down. */
export function timedOnPaper(picture: Picture, event: EventRef): Timed | undefined {
  const all = eventsOf(picture, 'entry.timed');
  if (all.length === 0) return undefined;
  const index = known.get(all) ?? new Map(all.map((item) => [keyOf(item.data.target), item]));
  known.set(all, index);
  return index.get(keyOf(event));
}

/** When it happened: the form's time for what was on paper, else the moment it was recorded. */
export const whenOf = (picture: Picture, event: CallEvent): UtcMs =>
  timedOnPaper(picture, event)?.data.originalAt ?? event.at;

/** A shift longer than this is a slip of the pen. */
const LONGEST_SHIFT_MS = 24 * 3_600_000;

/** Why a form cannot be from this shift, in sentences; none when it can. */
export function shiftFaults(
  { shiftFrom, shiftTo }: { readonly shiftFrom: UtcMs; readonly shiftTo: UtcMs },
  now: UtcMs,
): readonly string[] {
  return [
    ...(shiftFrom > now ? ['The shift on the form begins in the future. Look at its day and time.'] : []),
    ...(shiftTo <= shiftFrom ? ['The shift on the form ends before it begins.'] : []),
    ...(shiftTo - shiftFrom > LONGEST_SHIFT_MS ? ['The shift on the form is longer than a day.'] : []),
  ];
}

/** Why something cannot have happened then, in sentences: never in the future, never outside the form's shift. */
export function paperTimeFaults(
  at: UtcMs,
  { shiftFrom, shiftTo }: { readonly shiftFrom: UtcMs; readonly shiftTo: UtcMs },
  now: UtcMs,
): readonly string[] {
  return [
    ...(at > now ? ['That time is in the future: it cannot be on a form already.'] : []),
    ...(at < shiftFrom ? ['That time is before the shift on the form began.'] : []),
    ...(at > shiftTo ? ['That time is after the shift on the form ended.'] : []),
  ];
}
