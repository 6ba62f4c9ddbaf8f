import { type DayNumber, dayNumber, weekday } from '../london.ts';
import { type RegularHours, weekdays } from './hours-schema.ts';

/** A rule of regular hours made ready to be asked of many days: numbers only. */
export interface DayRule {
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly isOn: (day: DayNumber) => boolean;
}

/** Which days a rule holds on (RFC 5545 as far as `regularHours` takes it). Weeks begin on Monday. */
export function dayRule(rule: RegularHours): DayRule {
  const from = rule.from === undefined ? undefined : dayNumber(rule.from);
  const to = rule.to === undefined ? undefined : dayNumber(rule.to);
  return {
    from: from ?? -Infinity,
    to: to ?? Infinity,
    isOn: rule.freq === 'WEEKLY' ? inWeek(rule, from) : inMonth(rule, from),
  };
}

function inWeek({ byDay, interval }: RegularHours, from: DayNumber | undefined): DayRule['isOn'] {
  const days = weekdays.map((name) => byDay?.includes(name) ?? true);
  if (interval === 1) return (day) => days[weekday(day)] ?? false;
  // Every other week of which nobody has said the first cannot be counted: such a rule holds on no day.
  if (from === undefined) return () => false;
  return (day) => (days[weekday(day)] ?? false) && (weekOf(day) - weekOf(from)) % interval === 0;
}

const weekOf = (day: DayNumber): number => Math.floor((day + 3) / 7);

function inMonth(rule: RegularHours, from: DayNumber | undefined): DayRule['isOn'] {
  const { byDay, byMonthDay, interval } = rule;
  if (interval > 1 && from === undefined) return () => false;
  const first = from === undefined ? 0 : monthOf(from).month;
  const nths = byDay?.map((name) => ({
    on: weekdays.findIndex((each) => each === name.slice(-2)),
    nth: Number(name.slice(0, -2)),
  }));
  return (day) => {
    const { month, date, length } = monthOf(day);
    if (interval > 1 && (month - first) % interval !== 0) return false;
    const inDays = byMonthDay?.some((each) => (each > 0 ? each : length + 1 + each) === date) ?? true;
    if (!inDays || nths === undefined) return inDays;
    const on = weekday(day);
    // `2TU` is the second Tuesday, `-1FR` the last Friday, `MO` every Monday.
    const [nth, last] = [Math.ceil(date / 7), -Math.ceil((length + 1 - date) / 7)];
    return nths.some((each) => each.on === on && [0, nth, last].includes(each.nth));
  };
}

/** The month a day is in (counted from year 0), its date in it, and how many days the month has. */
function monthOf(day: DayNumber): { readonly month: number; readonly date: number; readonly length: number } {
  const at = new Date(day * 86_400_000);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return {
    month: year * 12 + month,
    date: at.getUTCDate(),
    length: new Date(Date.UTC(year, month + 1, 0)).getUTCDate(),
  };
}
