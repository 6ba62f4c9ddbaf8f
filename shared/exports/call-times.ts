import { closingOf } from '../call/facts.ts';
import { whenOf } from '../call/paper.ts';
import { eventsOf, type Picture } from '../call/picture.ts';
import { type UtcMs } from '../time.ts';

/** When a call was offered, answered and closed. What is missing has not happened, or not on any of its desks. */
export interface CallTimes {
  readonly offeredAt?: UtcMs;
  readonly answeredAt?: UtcMs;
  readonly closedAt?: UtcMs;
  /** How long the caller had waited when the call came to the desk, where a telephone system said so (ms). */
  readonly waitedMs?: number;
}

/** The first offer and answer count, and the close that holds now. Of a call from paper, the form's times. */
export function callTimes(picture: Picture): CallTimes {
  const offered = eventsOf(picture, 'call.offered')[0];
  const answered = eventsOf(picture, 'call.answered')[0];
  const closed = closingOf(picture);
  return {
    ...(offered === undefined ? {} : { offeredAt: whenOf(picture, offered) }),
    ...(answered === undefined ? {} : { answeredAt: whenOf(picture, answered) }),
    ...(closed === undefined ? {} : { closedAt: whenOf(picture, closed) }),
    ...(offered?.data.waitedMs === undefined ? {} : { waitedMs: offered.data.waitedMs }),
  };
}
