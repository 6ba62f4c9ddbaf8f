import { dateText, type DayNumber, dayNumber, weekday } from '../london.ts';
import { type RegularHours, weekdays } from './hours-schema.ts';

/** Whether a rule of regular hours holds on a day (RFC 5545 as far as `regularHours` takes it). Weeks begin on Monday. */
export function isOnDay(rule: RegularHours, day: DayNumber): boolean {
  const from = rule.from === undefined ? undefined : dayNumber(rule.from);
  if (from !== undefined && day < from) return false;
  if (rule.to !== undefined && day > (dayNumber(rule.to) ?? -Infinity)) return false;
  return rule.freq === 'WEEKLY' ? isInWeek(rule, day, from) : isInMonth(rule, day, from);
}

function isInWeek({ byDay, interval }: RegularHours, day: DayNumber, from: DayNumber | undefined): boolean {
  if (byDay !== undefined && !byDay.some((name) => weekdays[weekday(day)] === name)) return false;
  if (interval === 1) return true;
  return from !== undefined && (((weekOf(day) - weekOf(from)) % interval) + interval) % interval === 0;
}

const weekOf = (day: DayNumber): number => Math.floor((day + 3) / 7);

function isInMonth(rule: RegularHours, day: DayNumber, from: DayNumber | undefined): boolean {
  const [year = 0, month = 0, date = 0] = dateText(day).split('-').map(Number);
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (rule.interval > 1) {
    if (from === undefined) return false;
    const [firstYear = 0, firstMonth = 0] = dateText(from).split('-').map(Number);
    if (((year - firstYear) * 12 + month - firstMonth) % rule.interval !== 0) return false;
  }
  const inDays = rule.byMonthDay?.some((each) => (each > 0 ? each : length + 1 + each) === date) ?? true;
  const inWeekdays = rule.byDay?.some((name) => isNth(name, day, date, length)) ?? true;
  return inDays && inWeekdays;
}

/** `2TU` is the second Tuesday, `-1FR` the last Friday, `MO` every Monday. */
function isNth(name: string, day: DayNumber, date: number, length: number): boolean {
  if (weekdays[weekday(day)] !== name.slice(-2)) return false;
  const nth = Number(name.slice(0, -2));
  if (nth === 0) return true;
  return nth > 0 ? Math.ceil(date / 7) === nth : Math.ceil((length + 1 - date) / 7) === -nth;
}
