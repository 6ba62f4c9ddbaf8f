import { dayNumber } from '../london.ts';
import { type OpeningHours, type RegularHours, weekdays } from './hours-schema.ts';

/**
 * The first two periods of regular hours that overlap on one day, in words; undefined when none do. Two rules that are
 * the same are one. Rules of months, or of every other week, are not compared: they may well never meet.
 */
export function overlapIn(hours: OpeningHours): string | undefined {
  if (hours.kind !== 'hours') return undefined;
  const weekly = hours.regular.filter(({ freq, interval }) => freq === 'WEEKLY' && interval === 1);
  for (const [index, rule] of weekly.entries())
    for (const other of weekly.slice(index + 1)) {
      const day = weekdays.find((name) => isOn(rule, name) && isOn(other, name));
      if (day !== undefined && holdTogether(rule, other) && timesMeet(rule, other) && !isSame(rule, other))
        return `${timesOf(rule)} and ${timesOf(other)} on ${day}`;
    }
  return undefined;
}

const isOn = ({ byDay }: RegularHours, day: string): boolean => byDay?.includes(day) ?? true;
const timesOf = ({ opensAt, closesAt }: RegularHours): string => `${opensAt}-${closesAt}`;
const isSame = (a: RegularHours, b: RegularHours): boolean => timesOf(a) === timesOf(b);

function holdTogether(a: RegularHours, b: RegularHours): boolean {
  const from = (rule: RegularHours): number => dayNumber(rule.from ?? '') ?? -Infinity;
  const to = (rule: RegularHours): number => dayNumber(rule.to ?? '') ?? Infinity;
  return from(a) <= to(b) && from(b) <= to(a);
}

function timesMeet(a: RegularHours, b: RegularHours): boolean {
  const [first, second] = [span(a), span(b)];
  return first.from < second.to && second.from < first.to;
}

function span({ opensAt, closesAt }: RegularHours): { readonly from: number; readonly to: number } {
  const [from, to] = [minutes(opensAt), minutes(closesAt)];
  return { from, to: to > from ? to : to + 1440 };
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
