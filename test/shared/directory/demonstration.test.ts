import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import bankHolidays from '../../../shared/directory/bank-holidays.json' with { type: 'json' };
import { type Asking } from '../../../shared/directory/asking.ts';
import { createFinder } from '../../../shared/directory/finder.ts';
import { importFeed } from '../../../shared/directory/import.ts';
import { serviceKinds } from '../../../shared/directory/service.ts';
import { bankHolidayList, directorySnapshot, readHolidays } from '../../../shared/directory/snapshot.ts';
import { gridOf } from '../../../shared/geography/os-grid.ts';

const file = join(import.meta.dirname, '../../../shared/directory/demonstration/wexshire-directory.json');
const read = importFeed(JSON.parse(readFileSync(file, 'utf8')), { kinds: {} });
if (!read.ok) throw new Error(read.error.message);
const { services, refused } = read.value;
const holidays = readHolidays(bankHolidayList.parse(bankHolidays));
const finder = createFinder(services, { holidays, staleAfterDays: 90 });

/** Friday 20 November 2026, in Wexcombe. */
const at = (hour: number, minute = 0): number => Date.UTC(2026, 10, 20, hour, minute);
const harbour = gridOf(51.4772, -2.8935);
if (harbour === undefined) throw new Error('Wexcombe lies nowhere');
const WEXCOMBE = ['E54000901', 'E38000901', 'E06000901'];
const asking: Asking = {
  kinds: ['crisisCafe', 'safeHaven', 'sanctuary'],
  now: at(19, 30),
  age: [27 * 12, 27 * 12 + 11],
  areas: { now: WEXCOMBE, home: WEXCOMBE, gp: WEXCOMBE },
  from: harbour,
  travelBy: 'foot',
  facts: { medicalNeed: 'no', intoxicated: 'no', currentCrisis: 'no', psychosis: 'no' },
  adjustments: [],
};
const open = (more: Partial<Asking> = {}): readonly string[] =>
  finder({ ...asking, ...more }, [])
    .filter(({ overall }) => overall === 'yes')
    .map(({ service }) => service.id);
const find = (id: string, more: Partial<Asking> = {}) =>
  finder({ ...asking, ...more }, []).find(({ service }) => service.id === id);

describe('the invented county', () => {
  it('is taken whole and has every kind of service', () => {
    expect(refused).toEqual([]);
    const kinds = new Set(services.flatMap((service) => service.kinds));
    expect(serviceKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('is a directory that a hub can hand out', () => {
    const source = { name: 'Wexshire, invented', demonstration: true };
    expect(
      directorySnapshot.safeParse({ version: 1, madeAt: 1, source, bankHolidays, services }).success,
    ).toBe(true);
  });

  it('says in each name that holds it that it is invented, and has only numbers that ring nowhere', () => {
    for (const { organisation, phones } of services) {
      expect(organisation.name).toContain('(invented)');
      for (const { number } of phones) expect(number).toMatch(/^(?:01632 960\d{3}|0808 157 0\d{3})$/);
    }
  });

  it('lets Dev walk to the harbour at half past seven, and not at ten to eleven', () => {
    expect(open()[0]).toBe('harbour-cafe');
    expect(open({ now: at(22, 50), said: new Map([['harbour-cafe', 25 * 60_000]]) })).toEqual([]);
  });

  it('knows that the harbour shuts at nine on the last Friday, whatever last year’s leaflet says', () => {
    const lights = Date.UTC(2026, 10, 27, 20, 45);
    expect(find('harbour-cafe', { now: lights })?.reasons).toContainEqual(
      expect.objectContaining({
        about: 'hours',
        fit: 'no',
        arrival: expect.objectContaining({ door: 'closing' }) as object,
      }),
    );
  });

  it('has nowhere open at ten past two but the sanctuary an hour away, which is rung first and stands far', () => {
    const night = finder({ ...asking, now: at(2, 10) }, []).filter(({ overall }) => overall === 'yes');
    expect(night.map(({ service }) => service.id)).toEqual([]);
    const sanctuary = find('north-sanctuary', { now: at(2, 10), travelBy: 'road' });
    expect(sanctuary).toMatchObject({ ringFirst: true, fits: { hours: 'no' } });
    expect(sanctuary?.metres).toBeGreaterThan(30_000);
  });

  it('does not send anybody to a cafe that has closed down, nor to the building one has moved from', () => {
    expect(find('tide-cafe')?.overall).toBe('no');
    const moved = find('mill-lane-cafe');
    expect(moved?.place?.address).toContain('Library annexe, 3 Castle Street');
    expect(moved?.place?.note).toContain('Moved here from Mill Lane');
  });

  it('takes Leo at 17 years and 10 months in Northmoor and not in Wexcombe', () => {
    const NORTHMOOR = ['E54000901', 'E38000902', 'E06000902'];
    const months = 17 * 12 + 10;
    const leo = (gp: readonly string[]): Partial<Asking> => ({
      kinds: ['talkingTherapies'],
      now: at(11),
      age: [months, months],
      areas: { now: gp, home: gp, gp },
      facts: { ...asking.facts, recentCrisisContact: 'no', underSecondaryCare: 'no' },
    });
    expect(open(leo(NORTHMOOR))).toContain('talking-northmoor');
    expect(find('talking-wexcombe', leo(WEXCOMBE))?.fits.age).toBe('no');
  });

  it('has doors for people who served, or want help with drink, and asks first where nobody has said', () => {
    const at11 = { kinds: ['veterans', 'alcoholAndDrugs'] as const, now: at(11), areas: asking.areas };
    const fits = (facts: Asking['facts']) =>
      ['veterans', 'turning-tide'].map((id) => {
        const rule = find(id, { ...at11, facts })?.reasons.find(
          (reason) => reason.about === 'rule' && reason.rule.effect === 'knownFor',
        );
        return rule?.fit;
      });
    expect(fits({ armedForces: 'yes', alcoholOrDrugs: 'no' })).toEqual(['yes', 'no']);
    expect(fits({})).toEqual(['notKnown', 'notKnown']);
  });

  it('says that the sanctuary has no way in without steps, and rings first where a rule is past its day', () => {
    const wheels = find('north-sanctuary', { adjustments: ['stepFree'] });
    expect(wheels?.reasons).toContainEqual({ about: 'access', fit: 'no', wanted: 'stepFree' });
    expect(find('youth-counselling', { kinds: ['talkingTherapies'] })?.ringFirst).toBe(true);
  });

  it('has a door for a girl of thirteen at night, and it is not an adult one', () => {
    const aisha: Partial<Asking> = {
      kinds: ['crisisTeamAdult', 'crisisTeamChild', 'safeHaven', 'sanctuary'],
      now: at(23),
      age: [13 * 12, 13 * 12 + 11],
    };
    expect(open(aisha)).toEqual(['crisis-team-child']);
  });

  it('does not know whether an open door takes somebody of whom nobody knows what they have taken', () => {
    const { facts: _facts, ...unknown } = asking;
    const found = finder({ ...unknown, facts: {} }, []);
    expect(found.filter(({ overall }) => overall === 'yes')).toEqual([]);
  });

  it('marks what nobody has looked at for half a year, and what nobody has looked at, to be rung first', () => {
    expect(find('rota-rooms')).toMatchObject({ trust: 'stale', ringFirst: true });
    expect(find('veterans', { kinds: ['veterans'] })).toMatchObject({ trust: 'unverified', ringFirst: true });
  });
});
