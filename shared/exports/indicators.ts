import { mannerNow } from '../call/facts.ts';
import { lastOf, type Picture } from '../call/picture.ts';
import { type Channel } from '../events/vocabulary.ts';
import { type Cell, csv } from './csv/csv.ts';
import { callTimes } from './call-times.ts';
import { londonDate } from './london.ts';

/** One day of one area, as a helpline reports it. Counts of calls; nothing about a person or a handler. */
export interface DayOfArea {
  /** London date of the offer. */
  readonly day: string;
  readonly area: string;
  readonly offered: number;
  /** Given up by the caller before anybody answered. */
  readonly abandoned: number;
  readonly answered: number;
  /** Neither answered nor ended yet: in no other count. */
  readonly waiting: number;
  /** Answered calls whose wait is known. The 95th percentile is of these alone. */
  readonly timed: number;
  /** Nearest rank, in seconds. None when no wait is known. */
  readonly timeToAnswerP95?: number;
}

export const AREA_NOT_KNOWN = 'not known';

/**
 * Calls by London day and area, in that order. A wait is known where a telephone system or a link said how long the
 * caller had waited: what a handler begins by hand has no wait, and is not counted as answered at once.
 */
export function helplineIndicators(
  calls: readonly Picture[],
  areaOf: (picture: Picture) => string | undefined,
): readonly DayOfArea[] {
  const groups = new Map<string, Picture[]>();
  for (const call of calls) {
    const { offeredAt } = callTimes(call);
    if (offeredAt === undefined) continue;
    const key = JSON.stringify([londonDate(offeredAt), areaOf(call) ?? AREA_NOT_KNOWN]);
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => {
      const [day, area] = JSON.parse(key) as [string, string];
      return { day, area, ...counted(group) };
    });
}

function counted(group: readonly Picture[]): Omit<DayOfArea, 'day' | 'area'> {
  const answered = group.filter((call) => callTimes(call).answeredAt !== undefined);
  const abandoned = group.filter(
    (call) => callTimes(call).answeredAt === undefined && lastOf(call, 'call.closed') !== undefined,
  );
  const waits = answered.flatMap((call) => waitOf(call) ?? []).toSorted((a, b) => a - b);
  const p95 = waits[Math.ceil(waits.length * 0.95) - 1];
  return {
    offered: group.length,
    abandoned: abandoned.length,
    answered: answered.length,
    waiting: group.length - answered.length - abandoned.length,
    timed: waits.length,
    ...(p95 === undefined ? {} : { timeToAnswerP95: Math.round(p95 / 1000) }),
  };
}

/** Through somebody who relays or interprets, getting through takes longer for reasons of its own. */
const UNTIMED: readonly Channel[] = ['relay', 'interpreted'];

/** From the caller's beginning to wait until the answer (ms). */
function waitOf(picture: Picture): number | undefined {
  const { offeredAt, answeredAt, waitedMs } = callTimes(picture);
  if (offeredAt === undefined || answeredAt === undefined || waitedMs === undefined) return undefined;
  if (UNTIMED.includes(mannerNow(picture).channel)) return undefined;
  return waitedMs + Math.max(0, answeredAt - offeredAt);
}

/** The same as a file for commissioners. */
export function indicatorsCsv(days: readonly DayOfArea[]): string {
  return csv(
    ['day', 'area', 'offered', 'abandoned', 'answered', 'waiting', 'timed', 'timeToAnswerP95Seconds'],
    days.map(({ timeToAnswerP95, ...day }): Record<keyof typeof day | 'timeToAnswerP95Seconds', Cell> => ({
      ...day,
      timeToAnswerP95Seconds: timeToAnswerP95,
    })),
  );
}
