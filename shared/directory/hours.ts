import { type DayNumber, dayNumber, londonTime, utcOf } from '../london.ts';
import { type UtcMs } from '../time.ts';
import { type DayRule, dayRule } from './calendar.ts';
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

/** Minutes since midnight; past midnight they go on. */
interface Minutes {
  readonly opens: number;
  readonly closes: number;
}
interface Span {
  readonly from: UtcMs;
  readonly to: UtcMs;
}
/** Hours made ready to be asked of many moments: numbers only. */
interface Compiled {
  readonly rules: readonly (DayRule & Minutes)[];
  readonly exceptions: readonly { from: DayNumber; to: DayNumber; periods: readonly Minutes[] }[];
  readonly bankHolidays: 'asUsual' | 'notKnown' | readonly Minutes[];
  /** What begins on days that were asked about, by the holidays that were asked with. */
  known: { readonly holidays: BankHolidays; readonly days: Map<DayNumber, readonly Span[] | undefined> };
}

const AHEAD = 14;

/** What is true of a service's hours at `at`. A day whose hours are not known is never read as open or as closed. */
export function openAt(hours: OpeningHours, at: UtcMs, holidays: BankHolidays): Openness {
  if (hours.kind === 'always') return { state: 'open' };
  if (hours.kind === 'notKnown') return { state: 'notKnown' };
  const compiled = compile(hours);
  const { day } = londonTime(at);
  // A period lasts a day at the most: what began yesterday may still be open.
  const before = spansOf(compiled, day - 1, holidays);
  const today = spansOf(compiled, day, holidays);
  const isOpen = (span: Span): boolean => at >= span.from && at < span.to;
  const open = before?.find(isOpen) ?? today?.find(isOpen);
  if (open !== undefined) return whileOpen(compiled, open, day, holidays);
  if (before === undefined || today === undefined) return { state: 'notKnown' };
  for (let ahead = day; ahead <= day + AHEAD; ahead += 1) {
    const spans = spansOf(compiled, ahead, holidays);
    // What comes before hours that nobody knows cannot be called the next opening.
    if (spans === undefined) return { state: 'closed' };
    const next = spans.find((span) => span.from > at);
    if (next !== undefined) return { state: 'closed', opensAt: next.from };
  }
  return { state: 'closed' };
}

/** Open through midnight and on: periods that touch are one. */
function whileOpen(hours: Compiled, first: Span, day: DayNumber, holidays: BankHolidays): Openness {
  let until = first.to;
  for (let ahead = day - 1; ahead <= day + AHEAD; ahead += 1) {
    for (const span of spansOf(hours, ahead, holidays) ?? [])
      if (span.from <= until && span.to > until) until = span.to;
    // Nothing that begins later than tomorrow can touch what has ended by then.
    if (until < utcOf(ahead + 1, 0, 'first')) break;
  }
  return { state: 'open', until };
}

/** Searches are about a handful of days: more than these are not kept. */
const DAYS_KEPT = 64;

/** What begins on a day, earliest first; undefined when nobody has said what holds on it. Worked out once for a day. */
function spansOf(hours: Compiled, day: DayNumber, holidays: BankHolidays): readonly Span[] | undefined {
  if (hours.known.holidays !== holidays || hours.known.days.size >= DAYS_KEPT)
    hours.known = { holidays, days: new Map() };
  const { days } = hours.known;
  const known = days.get(day);
  if (known !== undefined || days.has(day)) return known;
  const spans = spansBeginning(hours, day, holidays);
  days.set(day, spans);
  return spans;
}

function spansBeginning(
  hours: Compiled,
  day: DayNumber,
  holidays: BankHolidays,
): readonly Span[] | undefined {
  return minutesOn(hours, day, holidays)
    ?.map(({ opens, closes }) => ({ from: utcOf(day, opens, 'last'), to: utcOf(day, closes, 'first') }))
    .toSorted((a, b) => a.from - b.from);
}

/** The hours that begin on a day by clocks in England: an exception, else a bank holiday, else regular hours. */
function minutesOn(hours: Compiled, day: DayNumber, holidays: BankHolidays): readonly Minutes[] | undefined {
  const exception = hours.exceptions.findLast(({ from, to }) => day >= from && day <= to);
  if (exception !== undefined) return exception.periods;
  if (hours.bankHolidays !== 'asUsual') {
    if (day > holidays.knownTo) return undefined;
    if (holidays.days.has(day)) return hours.bankHolidays === 'notKnown' ? undefined : hours.bankHolidays;
  }
  return hours.rules.filter((rule) => day >= rule.from && day <= rule.to && rule.isOn(day));
}

const NO_HOLIDAYS: BankHolidays = { days: new Set(), knownTo: -Infinity };
const compiledHours = new WeakMap<OpeningHours, Compiled>();

function compile(hours: Extract<OpeningHours, { kind: 'hours' }>): Compiled {
  const known = compiledHours.get(hours);
  if (known !== undefined) return known;
  const { bankHolidays } = hours;
  const compiled: Compiled = {
    rules: hours.regular.map((rule) => ({ ...dayRule(rule), ...minutes(rule) })),
    exceptions: hours.exceptions.map(({ from, to, periods }) => ({
      from: dayNumber(from) ?? Infinity,
      to: dayNumber(to) ?? -Infinity,
      periods: periods.map(minutes),
    })),
    bankHolidays:
      bankHolidays === 'closed'
        ? []
        : Array.isArray(bankHolidays)
          ? bankHolidays.map(minutes)
          : (bankHolidays ?? 'notKnown'),
    known: { holidays: NO_HOLIDAYS, days: new Map() },
  };
  compiledHours.set(hours, compiled);
  return compiled;
}

function minutes({ opensAt, closesAt }: Period): Minutes {
  const [opens, closes] = [minuteOf(opensAt), minuteOf(closesAt)];
  return { opens, closes: closes > opens ? closes : closes + 1440 };
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
