import { type OpeningHours } from '../../../shared/directory/hours-schema.ts';

/**
 * The same question answered slowly and otherwise: every quarter of an hour of the year is labelled by the platform's
 * own time-zone data, every day is looked up by its name in a calendar made by counting, and a period is the quarters from
 * the last that carries its opening label to the first that carries its closing label. Shares no code with the product.
 */
const QUARTER = 900_000;
const platform = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

interface Day {
  readonly date: string;
  readonly name: string;
  /** Its quarters by the label on the clock, in order of time. */
  readonly quarters: Map<string, number[]>;
}

const made = new Map<number, readonly Day[]>();
/** The days of the year with a few before and after. */
function calendar(year: number): readonly Day[] {
  const known = made.get(year);
  if (known !== undefined) return known;
  const days: Day[] = [];
  made.set(year, days);
  for (let at = Date.UTC(year - 1, 11, 20); at < Date.UTC(year + 1, 0, 25); at += QUARTER) {
    const part = Object.fromEntries(platform.formatToParts(at).map(({ type, value }) => [type, value]));
    const date = `${part['year']}-${part['month']}-${part['day']}`;
    if (days.at(-1)?.date !== date)
      days.push({ date, name: (part['weekday'] ?? '').slice(0, 2).toUpperCase(), quarters: new Map() });
    const label = `${part['hour']}:${part['minute']}`;
    const quarters = days.at(-1)?.quarters;
    quarters?.set(label, [...(quarters.get(label) ?? []), at]);
  }
  return days;
}

export type Oracle = (at: number) => 'open' | 'closed' | 'notKnown';

/** Answers for every quarter of an hour of the year. */
export function oracleOf(hours: OpeningHours, year: number, holidays: readonly string[]): Oracle {
  if (hours.kind !== 'hours') return () => (hours.kind === 'always' ? 'open' : 'notKnown');
  const days = calendar(year);
  const open = new Set<number>();
  const unknownDays = new Set<string>();
  const dayOf = new Map<number, number>();
  for (const [index, day] of days.entries()) {
    for (const at of [...day.quarters.values()].flat()) dayOf.set(at, index);
    const periods = periodsOf(hours, days, index, holidays);
    if (periods === undefined) {
      unknownDays.add(day.date);
      continue;
    }
    for (const { opensAt, closesAt } of periods) {
      const end = closesAt > opensAt ? day : days[index + 1];
      if (end === undefined) continue;
      const from = at(day, opensAt, days[index + 1], 'last');
      const to = at(end, closesAt, days[days.indexOf(end) + 1], 'first');
      for (let moment = from; moment < to; moment += QUARTER) open.add(moment);
    }
  }
  return (moment) => {
    if (open.has(moment)) return 'open';
    const index = dayOf.get(moment) ?? 0;
    const near = [days[index - 1]?.date ?? '', days[index]?.date ?? ''];
    return near.some((date) => unknownDays.has(date)) ? 'notKnown' : 'closed';
  };
}

/** The quarter with a label; where clocks skip it, the next one there is; 24:00 is the next day's first. */
function at(day: Day, label: string, next: Day | undefined, which: 'first' | 'last'): number {
  const all = [...day.quarters.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const found = label === '24:00' ? undefined : all.find(([each]) => each >= label)?.[1];
  const moments = found ?? next?.quarters.get('00:00') ?? [];
  return (which === 'first' ? moments[0] : moments.at(-1)) ?? Number.NaN;
}

function periodsOf(
  hours: Extract<OpeningHours, { kind: 'hours' }>,
  days: readonly Day[],
  index: number,
  holidays: readonly string[],
): readonly { opensAt: string; closesAt: string }[] | undefined {
  const day = days[index];
  if (day === undefined) return [];
  const { date } = day;
  const exception = hours.exceptions.filter((each) => each.from <= date && date <= each.to).at(-1);
  if (exception !== undefined) return exception.periods;
  if (holidays.includes(date) && hours.bankHolidays !== 'asUsual') {
    if (hours.bankHolidays === 'closed') return [];
    return hours.bankHolidays;
  }
  const month = days.filter((each) => each.date.slice(0, 7) === date.slice(0, 7));
  return hours.regular.filter((rule) => {
    if ((rule.from ?? '') > date || (rule.to ?? '9999') < date) return false;
    if (rule.freq === 'MONTHLY') {
      const same = month.filter((each) => each.name === day.name);
      const nth = same.indexOf(day) + 1;
      const names = [day.name, `${nth}${day.name}`, `${nth - same.length - 1}${day.name}`];
      const numbers = [month.indexOf(day) + 1, month.indexOf(day) - month.length];
      return (
        (rule.byDay === undefined || rule.byDay.some((name) => names.includes(name))) &&
        (rule.byMonthDay === undefined || rule.byMonthDay.some((number) => numbers.includes(number)))
      );
    }
    if (rule.byDay !== undefined && !rule.byDay.includes(day.name)) return false;
    if (rule.interval === 1) return true;
    // Count Mondays passed since the first week.
    const first = days.findIndex((each) => each.date === rule.from);
    const weeks = days.slice(first + 1, index + 1).filter((each) => each.name === 'MO').length;
    return weeks % rule.interval === 0;
  });
}
