import { timedOnPaper } from '../call/paper.ts';
import { type Picture } from '../call/picture.ts';
import { type CallEvent } from '../events/event.ts';
import { clockTime, dayText } from './london.ts';

/** Mon 23 Nov: for a time of another day than the one it stands beside. */
export const shortDay = (at: number): string => dayText(at).replace(/ \d{4}$/, '');

/** "19:42"; "02:10 on paper", with its day where that is not the day of entry: the same on screen and in every export. */
export function eventTime(picture: Picture, event: CallEvent): string {
  const timed = timedOnPaper(picture, event);
  if (timed === undefined) return clockTime(event.at);
  const { originalAt } = timed.data;
  const day = dayText(originalAt) === dayText(event.at) ? '' : `${shortDay(originalAt)} `;
  return `${day}${clockTime(originalAt)} on paper`;
}
