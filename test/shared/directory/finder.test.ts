import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asking, type CannotTake } from '../../../shared/directory/asking.ts';
import { createFinder } from '../../../shared/directory/finder.ts';
import { type BankHolidays } from '../../../shared/directory/hours.ts';
import { directoryService, type DirectoryService } from '../../../shared/directory/service.ts';
import { dayNumber } from '../../../shared/london.ts';

const holidays: BankHolidays = { days: new Set(), knownTo: dayNumber('2027-12-31') ?? 0 };
const options = { holidays, staleAfterDays: 90 };
/** A Friday. */
const at = (hour: number, minute = 0): number => Date.UTC(2026, 10, 20, hour, minute);
const minutes = (count: number): number => count * 60_000;

function service(name: string, more: Record<string, unknown> = {}): DirectoryService {
  return directoryService.parse({
    id: name,
    name,
    organisation: { id: 'wx', name: 'Wexshire Minds' },
    kinds: ['crisisCafe'],
    status: 'active',
    places: [{ id: `${name}-1`, address: ['1 Quay Row'], point: { easting: 400_000, northing: 300_000 } }],
    hours: {
      kind: 'hours',
      regular: [{ opensAt: '18:00', closesAt: '23:00' }],
      bankHolidays: 'asUsual',
    },
    eligibility: { minAgeMonths: 18 * 12, maxAgeMonths: 1_560, areas: 'anywhere' },
    rules: [
      {
        about: 'medicalNeed',
        effect: 'excludes',
        say: 'No medical care here',
        owner: 'A',
        reviewOn: '2027-01-01',
      },
    ],
    access: { walkIn: true },
    phones: [],
    verified: { on: '2026-11-01', by: 'Wexshire Minds' },
    ...more,
  });
}
const dev: Asking = {
  kinds: ['crisisCafe'],
  now: at(19, 30),
  age: [27 * 12, 27 * 12 + 11],
  areas: { now: ['E54000999'], home: undefined, gp: undefined },
  from: { easting: 400_300, northing: 300_400 },
  said: new Map([['Harbour', minutes(10)]]),
  travelBy: 'foot',
  facts: { medicalNeed: 'no' },
  adjustments: [],
};
const find = (asking: Asking, services: readonly DirectoryService[], full: readonly CannotTake[] = []) =>
  createFinder(services, options)(asking, full);

describe('the finder', () => {
  it('opens the door of a cafe ten minutes away, and not when they would arrive after it shuts', () => {
    const [early] = find(dev, [service('Harbour')]);
    expect(early).toMatchObject({ overall: 'yes', metres: 500, estimated: false, ringFirst: false });
    const [late] = find({ ...dev, now: at(22, 50), said: new Map([['Harbour', minutes(25)]]) }, [
      service('Harbour'),
    ]);
    expect(late).toMatchObject({ overall: 'no', fits: { hours: 'no', age: 'yes' } });
  });

  it('says that an arrival worked out from the straight line is an estimate', () => {
    const { said: _said, ...asIs } = dev;
    const [found] = find(asIs, [service('Harbour')]);
    expect(found).toMatchObject({ estimated: true, arrivalAt: at(19, 40) });
    const { from: _unknown, ...lost } = asIs;
    const [nowhere] = find(lost, [service('Harbour')]);
    expect(nowhere?.fits.hours).toBe('notKnown');
  });

  it('does not take the time said for one door for another, however far', () => {
    const far = [{ id: 'far', address: [], point: { easting: 440_000, northing: 300_000 } }];
    const found = find(dev, [service('Harbour'), service('Moor', { places: far })]);
    expect(found.map(({ service: { name }, estimated, overall }) => [name, estimated, overall])).toEqual([
      ['Harbour', false, 'yes'],
      ['Moor', true, 'no'],
    ]);
  });

  it.each([
    ['18 and over', { minAgeMonths: 216 }, 'no'],
    ['17 and three quarters', { minAgeMonths: 213 }, 'yes'],
    ['17 and a half', { minAgeMonths: 210 }, 'yes'],
    ['10 to 17', { minAgeMonths: 120, maxAgeMonths: 215 }, 'yes'],
    ['nobody has said', {}, 'notKnown'],
  ])('takes 17 years and 10 months where the rule is %s: %s', (_name, rule, fit) => {
    const months = 17 * 12 + 10;
    const [found] = find({ ...dev, age: [months, months] }, [
      service('Talk', { eligibility: { ...rule, areas: 'anywhere' } }),
    ]);
    expect(found?.fits.age).toBe(fit);
  });

  it('does not decide for a person of seventeen whose months are not known where the rule is 17 and three quarters', () => {
    const [found] = find({ ...dev, age: [204, 215] }, [
      service('Talk', { eligibility: { minAgeMonths: 213, areas: 'anywhere' } }),
    ]);
    expect(found?.fits.age).toBe('notKnown');
  });

  it('asks for the area of the place the service goes by: now, home or GP', () => {
    const areas = { now: ['E54000999'], home: ['E54000001'], gp: undefined };
    const by = (areaOf: string) =>
      find({ ...dev, areas }, [
        service('Team', { eligibility: { anyAge: true, areas: ['E54000001'], areaOf } }),
      ])[0]?.fits.area;
    expect([by('now'), by('home'), by('gp')]).toEqual(['no', 'yes', 'notKnown']);
  });

  it('never reads a missing rule, age, area or hour as a yes', () => {
    const { verified: _nobody, ...bare } = service('Bare', {
      eligibility: {},
      rules: [],
      hours: { kind: 'notKnown' },
      access: {},
    });
    const [found] = find(dev, [bare]);
    expect(found).toMatchObject({
      fits: { age: 'notKnown', area: 'notKnown', hours: 'notKnown', medical: 'notKnown' },
      overall: 'notKnown',
      trust: 'unverified',
      ringFirst: true,
    });
  });

  it('rings first where nobody has looked for a quarter of a year', () => {
    const [found] = find(dev, [service('Old', { verified: { on: '2026-08-01', by: 'A' } })]);
    expect(found).toMatchObject({ trust: 'stale', ringFirst: true, overall: 'yes' });
  });

  it('shuts a door that is full tonight or closed for good, and says why', () => {
    const full: CannotTake = { service: 'Harbour', says: 'Full tonight', at: at(19), until: at(23) };
    const [found] = find(dev, [service('Harbour')], [full]);
    expect(found?.overall).toBe('no');
    expect(found?.reasons).toContainEqual({ about: 'capacity', fit: 'no', says: 'Full tonight', at: at(19) });
    expect(find(dev, [service('Harbour')], [{ ...full, until: at(19) }])[0]?.overall).toBe('yes');
    expect(find(dev, [service('Gone', { status: 'defunct' })])[0]?.overall).toBe('no');
  });

  it('lists what fits before what may fit before what does not, the nearest first, each service once', () => {
    const at2 = (easting: number) => [
      { id: 'p', address: [], point: { easting, northing: 300_000 } },
      { id: 'far', address: [], point: { easting: easting + 90_000, northing: 300_000 } },
    ];
    const names = find(dev, [
      service('Closed', { status: 'defunct', places: at2(400_300) }),
      service('Far', { places: at2(409_000) }),
      service('Unknown', { places: at2(400_300), eligibility: { areas: 'anywhere' } }),
      service('Near', { places: at2(401_000) }),
    ]).map((found) => found.service.name);
    expect(names).toEqual(['Near', 'Far', 'Unknown', 'Closed']);
  });

  it('answers the same whatever order the directory is in, and knows nothing more from knowing less', () => {
    const some = fc.record({
      name: fc.stringMatching(/^[A-Z][a-z]{1,6}$/),
      minAgeMonths: fc.integer({ min: 0, max: 300 }),
      easting: fc.integer({ min: 390_000, max: 410_000 }),
      effect: fc.constantFrom('takes', 'excludes', 'asks'),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(some, { selector: ({ name }) => name, maxLength: 8 }),
        fc.boolean(),
        (rows, known) => {
          const services = rows.map(({ name, minAgeMonths, easting, effect }) =>
            service(name, {
              eligibility: { minAgeMonths, areas: 'anywhere' },
              places: [{ id: 'p', address: [], point: { easting, northing: 300_000 } }],
              rules: [{ about: 'intoxicated', effect, say: 'x', owner: 'A', reviewOn: '2027-01-01' }],
            }),
          );
          const asking: Asking = known ? { ...dev, facts: { intoxicated: 'no' } } : { ...dev, facts: {} };
          const names = (list: readonly DirectoryService[]) =>
            find(asking, list).map((found) => found.service.name);
          expect(names(services.toReversed())).toEqual(names(services));
          for (const found of find({ ...asking, facts: {} }, services)) {
            const excludes = found.service.rules.some(({ effect }) => effect !== 'takes');
            if (excludes) expect(found.fits.medical).not.toBe('yes');
          }
        },
      ),
    );
  });
});
