import { type OpeningHours, openingHours } from '../hours-schema.ts';
import { type HsdsSchedule } from './schema.ts';
import { TAXONOMIES, type Term, termsOf } from './vocabulary.ts';

/** Hours as far as a feed says them, and where it does not say them well enough. */
export interface ReadHours {
  readonly hours: OpeningHours;
  readonly doubts: readonly string[];
}

/**
 * HSDS schedules as opening hours. One schedule that cannot be read makes all hours "not known": to leave it out would be to
 * say "closed" (H6). No schedule at all is not known either.
 */
export function readHours(schedules: readonly HsdsSchedule[], holidays: readonly Term[]): ReadHours {
  if (schedules.length === 0) return { hours: { kind: 'notKnown' }, doubts: [] };
  const doubts: string[] = [];
  const regular: unknown[] = [];
  const exceptions: unknown[] = [];
  for (const schedule of schedules) {
    if (isAlways(schedule)) return { hours: { kind: 'always' }, doubts: [] };
    const fault = unreadable(schedule);
    if (fault !== undefined) return { hours: { kind: 'notKnown' }, doubts: [fault] };
    const isException = termsOf(schedule.attributes, TAXONOMIES.exception).length > 0;
    const times = timesOf(schedule, doubts);
    if (isException) {
      exceptions.push({
        from: dateOf(schedule.valid_from),
        to: dateOf(schedule.valid_to ?? schedule.valid_from),
        periods: times === undefined ? [] : [times],
        why: schedule.description ?? schedule.notes ?? 'Other hours',
      });
    } else if (times === undefined) {
      return { hours: { kind: 'notKnown' }, doubts: ['A schedule has no opening time.'] };
    } else regular.push({ ...times, ...daysOf(schedule) });
  }
  const said = holidays[0]?.code;
  const parsed = openingHours.safeParse({
    kind: 'hours',
    regular,
    exceptions,
    ...(said === 'asUsual' || said === 'closed' ? { bankHolidays: said } : {}),
  });
  if (!parsed.success)
    return { hours: { kind: 'notKnown' }, doubts: ['The opening hours could not be read.'] };
  return { hours: parsed.data, doubts: [...new Set(doubts)] };
}

/** 24 hours a day, every day of the week, without end, as HSDS publishers write it. */
function isAlways(schedule: HsdsSchedule): boolean {
  const days = listOf(schedule.byday);
  const bounded = [
    schedule.valid_from,
    schedule.valid_to,
    schedule.until,
    schedule.count,
    schedule.bymonthday,
  ];
  return (
    (schedule.opens_at ?? '').startsWith('00:00') &&
    /^(?:23:59|24:00|00:00)/.test(schedule.closes_at ?? '') &&
    (days.length === 0 || days.length === 7) &&
    (schedule.freq ?? 'WEEKLY').toUpperCase() === 'WEEKLY' &&
    (schedule.interval ?? 1) === 1 &&
    bounded.every((bound) => bound === undefined) &&
    termsOf(schedule.attributes, TAXONOMIES.exception).length === 0
  );
}

function unreadable(schedule: HsdsSchedule): string | undefined {
  if (schedule.count !== undefined) return 'A schedule ends after a number of times; when cannot be told.';
  if (schedule.byweekno !== undefined || schedule.byyearday !== undefined)
    return 'A schedule goes by weeks or days of the year, which is not read.';
  const freq = schedule.freq?.toUpperCase();
  if (freq !== undefined && !['WEEKLY', 'MONTHLY', 'DAILY'].includes(freq))
    return 'A schedule repeats in a way that is not read.';
  return undefined;
}

const TIME = /^(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

function timesOf(
  schedule: HsdsSchedule,
  doubts: string[],
): { readonly opensAt: string; readonly closesAt: string } | undefined {
  const [opens, closes] = [schedule.opens_at, schedule.closes_at].map((time) =>
    TIME.exec(time?.trim() ?? ''),
  );
  if (opens?.[1] === undefined || closes?.[1] === undefined) return undefined;
  if (opens[2] !== undefined && !opens[2].startsWith('+00'))
    doubts.push('Times carry a time zone; they are read as clock time in England.');
  return { opensAt: opens[1], closesAt: closes[1] === '23:59' ? '24:00' : closes[1] };
}

function daysOf(schedule: HsdsSchedule): Record<string, unknown> {
  const days = listOf(schedule.byday).map((day) => day.toUpperCase());
  const dates = listOf(schedule.bymonthday).map(Number);
  const freq = schedule.freq?.toUpperCase() === 'MONTHLY' ? 'MONTHLY' : 'WEEKLY';
  const from = dateOf(schedule.valid_from ?? schedule.dtstart);
  const to = dateOf(schedule.valid_to ?? schedule.until);
  return {
    freq,
    ...(days.length === 0 ? {} : { byDay: days }),
    ...(freq === 'WEEKLY' || dates.length === 0 ? {} : { byMonthDay: dates }),
    ...(schedule.interval === undefined ? {} : { interval: schedule.interval }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

const dateOf = (text: string | undefined): string | undefined => text?.slice(0, 10);
const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
