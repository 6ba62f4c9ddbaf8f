import { describe, expect, it } from 'vitest';
import { onArrival } from '../../../shared/directory/arrival.ts';
import { type BankHolidays, openAt } from '../../../shared/directory/hours.ts';
import { openingHours } from '../../../shared/directory/hours-schema.ts';
import { dayNumber } from '../../../shared/london.ts';
import { awkward, HOLIDAYS_2026 } from './awkward-hours.ts';
import { oracleOf } from './slow-oracle.ts';

const holidays: BankHolidays = {
  days: new Set(HOLIDAYS_2026.flatMap((date) => dayNumber(date) ?? [])),
  knownTo: dayNumber('2027-12-31') ?? 0,
};
const QUARTER = 900_000;
const yearBegins = Date.UTC(2026, 0, 1);
const yearEnds = Date.UTC(2027, 0, 1);

describe('opening hours, every quarter of an hour of 2026', () => {
  it.each(awkward)('%s: as a slow oracle says', (_name, hours) => {
    const oracle = oracleOf(hours, 2026, HOLIDAYS_2026);
    const differing: string[] = [];
    for (let at = yearBegins; at < yearEnds; at += QUARTER) {
      const ours = openAt(hours, at, holidays).state;
      if (ours !== oracle(at))
        differing.push(`${new Date(at).toISOString()}: ${ours}, the oracle says ${oracle(at)}`);
    }
    expect(differing).toEqual([]);
  });

  it.each(awkward)(
    '%s: "until" and "opens at" are moments when the oracle changes its answer',
    (_name, hours) => {
      const oracle = oracleOf(hours, 2026, HOLIDAYS_2026);
      const wrong: string[] = [];
      const check = (at: number, end: number, isOpen: boolean): void => {
        for (let moment = at; moment <= end; moment += QUARTER)
          if ((oracle(moment) === 'open') !== (moment === end ? !isOpen : isOpen))
            wrong.push(new Date(moment).toISOString());
      };
      for (let at = yearBegins + 7 * QUARTER; at < yearEnds - 20 * 96 * QUARTER; at += 61 * QUARTER) {
        const found = openAt(hours, at, holidays);
        if (found.state === 'open' && found.until !== undefined) check(at, found.until, true);
        if (found.state === 'closed' && found.opensAt !== undefined) check(at, found.opensAt, false);
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe('hours that nobody knows', () => {
  it('are not known on a day after the last for which bank holidays are known', () => {
    const short: BankHolidays = { days: new Set(), knownTo: dayNumber('2026-06-30') ?? 0 };
    const hours = openingHours.parse({
      kind: 'hours',
      regular: [{ opensAt: '09:00', closesAt: '17:00' }],
      bankHolidays: 'closed',
    });
    expect(openAt(hours, Date.UTC(2026, 5, 30, 11), short).state).toBe('open');
    expect(openAt(hours, Date.UTC(2026, 6, 1, 11), short).state).toBe('notKnown');
    // Closed now, and what comes next cannot be said: no opening time is made up.
    expect(openAt(hours, Date.UTC(2026, 5, 30, 19), short)).toEqual({ state: 'closed' });
  });
});

describe('the door on arrival', () => {
  const cafe = openingHours.parse({
    kind: 'hours',
    regular: [{ opensAt: '18:00', closesAt: '23:00' }],
    bankHolidays: 'asUsual',
  });
  const at = (hour: number, minute: number): number => Date.UTC(2026, 10, 20, hour, minute);
  const door = (arrivalAt: number) => onArrival(cafe, arrivalAt, { stayMs: 30 * 60_000, holidays });
  it('is asked of the moment of arrival: ten minutes’ walk at 19:30, and 25 minutes at 22:50', () => {
    expect(door(at(19, 40))).toEqual({ door: 'open', until: at(23, 0) });
    expect(door(at(23, 15))).toEqual({ door: 'closed', opensAt: Date.UTC(2026, 10, 21, 18) });
  });

  it('is closing when it shuts before a visit is worth the way', () => {
    expect(door(at(22, 31))).toEqual({ door: 'closing', until: at(23, 0) });
    expect(door(at(22, 30))).toEqual({ door: 'open', until: at(23, 0) });
  });
});

describe('junk in hours', () => {
  it.each([
    ['a time that is none', { kind: 'hours', regular: [{ opensAt: '25:00', closesAt: '26:00' }] }],
    [
      'a day that is none',
      { kind: 'hours', regular: [{ byDay: ['XX'], opensAt: '09:00', closesAt: '10:00' }] },
    ],
    [
      'a date that is none',
      {
        kind: 'hours',
        regular: [],
        exceptions: [{ from: '2026-02-30', to: '2026-03-01', periods: [], why: 'x' }],
      },
    ],
    ['another kind', { kind: 'sometimes' }],
  ])('refuses %s', (_name, junk) => {
    expect(openingHours.safeParse(junk).success).toBe(false);
  });
});
