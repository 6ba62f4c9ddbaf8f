import { type DayNumber, dayNumber, londonTime, utcOf } from '../london.ts';
import { type UtcMs } from '../time.ts';
import { isOnDay } from './calendar.ts';
import { type OpeningHours, type Period } from './hours-schema.ts';

/**
 * Whether a door is open at a moment (H6, H7, H24). Where clocks are turned back, a service opens at the later and
 * closes at the earlier of the two moments its hours could mean, so that nobody is sent to a locked door.
 */

/** Bank holidays of England by day number: data with a last day for which it is known. */
export interface BankHolidays {
  readonly days: ReadonlySet<DayNumber>;
  /** No holiday after this day is known of. Regular hours on a later day are not known either. */
  readonly knownTo: DayNumber;
}

export type Openness =
  | { readonly state: 'open'; /** None: open without end. */ readonly until?: UtcMs }
  | { readonly state: 'closed'; /** None: not within the next fortnight. */ readonly opensAt?: UtcMs }
  | { readonly state: 'notKnown' };

interface Span {
  readonly from: UtcMs;
  readonly to: UtcMs;
}

const AHEAD = 14;

/** What is true of a service's hours at `at`. A day whose hours are not known is never read as open or as closed. */
export function openAt(hours: OpeningHours, at: UtcMs, holidays: BankHolidays): Openness {
  if (hours.kind === 'always') return { state: 'open' };
  if (hours.kind === 'notKnown') return { state: 'notKnown' };
  const { day } = londonTime(at);
  // A period lasts a day at the most: what began yesterday may still be open.
  const days = [day - 1, day].map((each) => spansOf(hours, each, holidays));
  const open = days.flatMap((spans) => spans ?? []).find((span) => at >= span.from && at < span.to);
  if (open !== undefined) return whileOpen(hours, open, day, holidays);
  if (days.includes(undefined)) return { state: 'notKnown' };
  for (let ahead = day; ahead <= day + AHEAD; ahead += 1) {
    const spans = ahead === day ? days[1] : spansOf(hours, ahead, holidays);
    if (spans === undefined) return { state: 'closed' };
    const next = spans.filter((span) => span.from > at).map((span) => span.from);
    if (next.length > 0) return { state: 'closed', opensAt: Math.min(...next) };
  }
  return { state: 'closed' };
}

type Hours = Extract<OpeningHours, { kind: 'hours' }>;

/** Open through midnight and on: periods that touch are one. */
function whileOpen(hours: Hours, first: Span, day: DayNumber, holidays: BankHolidays): Openness {
  let until = first.to;
  for (let ahead = day - 1; ahead <= day + AHEAD; ahead += 1) {
    for (const span of spansOf(hours, ahead, holidays) ?? [])
      if (span.from <= until && span.to > until) until = span.to;
  }
  return { state: 'open', until };
}

/** What begins on a day, earliest first; undefined when nobody has said what holds on it. */
function spansOf(hours: Hours, day: DayNumber, holidays: BankHolidays): readonly Span[] | undefined {
  const periods = periodsOn(hours, day, holidays);
  return periods
    ?.map(({ opensAt, closesAt }) => {
      const [opens, closes] = [minuteOf(opensAt), minuteOf(closesAt)];
      return {
        from: utcOf(day, opens, 'last'),
        to: utcOf(day, closes > opens ? closes : closes + 1440, 'first'),
      };
    })
    .toSorted((a, b) => a.from - b.from);
}

/** The periods that begin on a day by clocks in England: an exception, else a bank holiday, else regular hours. */
export function periodsOn(
  hours: Hours,
  day: DayNumber,
  holidays: BankHolidays,
): readonly Period[] | undefined {
  const exception = hours.exceptions.findLast(
    ({ from, to }) => day >= (dayNumber(from) ?? Infinity) && day <= (dayNumber(to) ?? -Infinity),
  );
  if (exception !== undefined) return exception.periods;
  if (hours.bankHolidays !== 'asUsual') {
    if (day > holidays.knownTo) return undefined;
    if (holidays.days.has(day)) return hours.bankHolidays === 'closed' ? [] : hours.bankHolidays;
  }
  return hours.regular.filter((rule) => isOnDay(rule, day));
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
