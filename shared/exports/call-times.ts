import { lastOf, eventsOf, type Picture } from '../call/picture.ts';
import { type UtcMs } from '../time.ts';

/** When a call was offered, answered and closed. What is missing has not happened, or not on any of its desks. */
export interface CallTimes {
  readonly offeredAt?: UtcMs;
  readonly answeredAt?: UtcMs;
  readonly closedAt?: UtcMs;
  /** How long the caller had waited when the call came to the desk, where a telephone system said so (ms). */
  readonly waitedMs?: number;
}

/** The first offer and answer count, and the last close. */
export function callTimes(picture: Picture): CallTimes {
  const offered = eventsOf(picture, 'call.offered')[0];
  const answered = eventsOf(picture, 'call.answered')[0];
  const closed = lastOf(picture, 'call.closed');
  return {
    ...(offered === undefined ? {} : { offeredAt: offered.at }),
    ...(answered === undefined ? {} : { answeredAt: answered.at }),
    ...(closed === undefined ? {} : { closedAt: closed.at }),
    ...(offered?.data.waitedMs === undefined ? {} : { waitedMs: offered.data.waitedMs }),
  };
}
