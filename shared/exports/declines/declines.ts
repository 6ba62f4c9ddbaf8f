import { declineOf } from '../../call/referral.ts';
import { eventsOf, type Picture } from '../../call/picture.ts';
import { reasonTitle } from '../../referral/decline-reasons.ts';
import { csv } from '../csv/csv.ts';
import { AREA_NOT_KNOWN } from '../indicators.ts';
import { londonDate } from '../london.ts';

/** How often a receiver said no for one reason on one day (London). Counts of refusals: nothing about anybody. */
export interface DeclineCount {
  readonly day: string;
  readonly area: string;
  readonly route: string;
  readonly receiver: string;
  /** The national code; none in calls from before codes were asked for. */
  readonly code: string | undefined;
  readonly times: number;
}

/** Every refusal in these calls, counted for commissioners: the newest word on each hand-over, by the day it was said. */
export function declineCounts(
  calls: readonly Picture[],
  areaOf: (picture: Picture) => string | undefined,
): readonly DeclineCount[] {
  const counts = new Map<string, DeclineCount>();
  for (const picture of calls) {
    for (const sent of eventsOf(picture, 'handover.sent')) {
      const no = declineOf(picture, sent);
      if (no === undefined) continue;
      const row = {
        day: londonDate(no.at),
        area: areaOf(picture) ?? AREA_NOT_KNOWN,
        route: sent.data.route,
        receiver: sent.data.to,
        code: no.data.code,
      };
      const key = JSON.stringify(Object.values(row).map((value) => value ?? null));
      counts.set(key, { ...row, times: (counts.get(key)?.times ?? 0) + 1 });
    }
  }
  return [...counts.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const COLUMNS = ['day', 'area', 'route', 'receiver', 'code', 'reason', 'times'] as const;

/** The same as a file. A receiver's name is as somebody typed it. */
export const declinesCsv = (counts: readonly DeclineCount[]): string =>
  csv(
    COLUMNS,
    counts.map((row) => ({
      ...row,
      reason: row.code === undefined ? 'no code recorded' : reasonTitle(row.code),
    })),
  );
