import { timedOnPaper } from '../call/paper.ts';
import { type Picture } from '../call/picture.ts';
import { type CallEvent } from '../events/event.ts';
import { clockTime } from './london.ts';

/** "19:42", or "19:42 on paper" for what a form says: the same on screen, on paper and in every export. */
export function eventTime(picture: Picture, event: CallEvent): string {
  const timed = timedOnPaper(picture, event);
  return timed === undefined ? clockTime(event.at) : `${clockTime(timed.data.originalAt)} on paper`;
}
