import { describe, expect, it } from 'vitest';
import { adjustments, hasAdjustment } from '../../../shared/directory/adjustments.ts';
import { askFirst } from '../../../shared/directory/ask-first.ts';
import { type Asking, type Known } from '../../../shared/directory/asking.ts';
import { createFinder } from '../../../shared/directory/finder.ts';
import { type DirectoryService, directoryService } from '../../../shared/directory/service.ts';

const NORTH = 'E06000902';
const WHOLE = 'E54000901';
/** Friday 20 November 2026, 19:30. */
const now = Date.UTC(2026, 10, 20, 19, 30);
const rule = (about: string, effect: string, reviewOn = '2027-03-31') => ({
  about,
  effect,
  say: `${effect} ${about}`,
  owner: 'Partnership',
  reviewOn,
});
const service = (more: Record<string, unknown>): DirectoryService =>
  directoryService.parse({
    id: 'a',
    name: 'A',
    organisation: { id: 'o', name: 'O' },
    kinds: ['helpline'],
    status: 'active',
    places: [],
    hours: { kind: 'always' },
    eligibility: { anyAge: true, areas: 'anywhere' },
    rules: [],
    access: { walkIn: true },
    phones: [],
    verified: { on: '2026-11-01', by: 'O' },
    ...more,
  });
const asking: Asking = {
  kinds: ['helpline'],
  now,
  areas: { now: undefined, home: undefined, gp: undefined },
  facts: {},
  adjustments: [],
};
const finder = (services: readonly DirectoryService[]) =>
  createFinder(services, { holidays: { days: new Set(), knownTo: 99_999 }, staleAfterDays: 90 });
const find = (more: Record<string, unknown>, asked: Partial<Asking> = {}) => {
  const [found] = finder([service(more)])({ ...asking, ...asked }, []);
  if (found === undefined) throw new Error('nothing was found');
  return found;
};

describe('a service that is known for something', () => {
  it.each<[string, Known, Known]>([
    ['knownFor', 'yes', 'yes'],
    ['knownFor', 'no', 'no'],
    ['knownFor', 'notKnown', 'notKnown'],
    ['excludes', 'yes', 'no'],
    ['excludes', 'no', 'yes'],
    ['excludes', 'notKnown', 'notKnown'],
    ['asks', 'yes', 'notKnown'],
    ['asks', 'no', 'yes'],
    ['asks', 'notKnown', 'notKnown'],
    ['takes', 'notKnown', 'yes'],
  ])('%s, of somebody of whom it is %s: %s', (effect, fact, fit) => {
    const found = find({ rules: [rule('armedForces', effect)] }, { facts: { armedForces: fact } });
    expect(found.overall).toBe(fit);
    expect(found.reasons).toContainEqual(expect.objectContaining({ about: 'rule', fit, fact }));
  });

  it('is rung first when the owner of a rule has let its day go by, and says so with the rule', () => {
    const old = find(
      { rules: [rule('perinatal', 'knownFor', '2026-11-19')] },
      { facts: { perinatal: 'yes' } },
    );
    expect(old).toMatchObject({ overall: 'yes', ringFirst: true });
    expect(old.reasons).toContainEqual(expect.objectContaining({ about: 'rule', overdue: true }));
    expect(
      find({ rules: [rule('perinatal', 'knownFor', '2026-11-20')] }, { facts: { perinatal: 'yes' } })
        .ringFirst,
    ).toBe(false);
  });
});

describe('what to ask first', () => {
  it('is what the service goes by and the call has not, each once', () => {
    const bounds = { minAgeMonths: 216, areas: [NORTH], areaOf: 'gp' };
    const rules = [rule('psychosis', 'excludes'), rule('psychosis', 'asks'), rule('medicalNeed', 'takes')];
    expect(askFirst(find({ eligibility: bounds, rules }))).toEqual(['age', 'gp', 'psychosis']);
    const known = {
      age: [300, 311] as const,
      areas: { now: undefined, home: undefined, gp: [NORTH] },
      facts: { psychosis: 'no' as const },
    };
    expect(askFirst(find({ eligibility: bounds, rules }, known))).toEqual([]);
  });

  it('is never what the service itself has left unsaid, or asks on the telephone', () => {
    expect(askFirst(find({ eligibility: {} }))).toEqual([]);
    expect(
      askFirst(find({ rules: [rule('intoxicated', 'asks')] }, { facts: { intoxicated: 'yes' } })),
    ).toEqual([]);
  });
});

describe('what somebody needs to get in or be understood', () => {
  it('is there when it is listed, not there when the service says so, and else not known', () => {
    expect(hasAdjustment({ adjustments: ['Step-free entrance'] }, 'stepFree')).toBe('yes');
    expect(hasAdjustment({ lacks: ['step-free'] }, 'stepFree')).toBe('no');
    expect(hasAdjustment({ adjustments: ['quiet room'] }, 'stepFree')).toBe('notKnown');
    expect(hasAdjustment({ adjustments: ['No step-free way in'] }, 'stepFree')).toBe('notKnown');
    for (const need of adjustments) expect(hasAdjustment({}, need)).toBe('notKnown');
  });

  it('is a reason of its own for each need, and one that is not there keeps the door shut', () => {
    const found = find(
      { access: { walkIn: true, adjustments: ['interpreter'], lacks: ['step-free'] } },
      { adjustments: ['stepFree', 'interpreter', 'womanStaff'] },
    );
    expect(found.reasons.filter(({ about }) => about === 'access')).toEqual([
      { about: 'access', fit: 'no', wanted: 'stepFree' },
      { about: 'access', fit: 'yes', wanted: 'interpreter' },
      { about: 'access', fit: 'notKnown', wanted: 'womanStaff' },
    ]);
    expect(found.overall).toBe('no');
  });
});

describe('areas that overlap', () => {
  const whole = service({ id: 'whole', name: 'Whole', eligibility: { anyAge: true, areas: [WHOLE] } });
  const north = service({
    id: 'north',
    name: 'North',
    eligibility: { anyAge: true, areas: [NORTH, 'E06000903'] },
  });
  const fits = (areas: Asking['areas']['now']) =>
    finder([whole, north])({ ...asking, areas: { now: areas, home: undefined, gp: undefined } }, []).map(
      (found) => [found.service.id, found.fits.area],
    );

  it('a place in a county and in a town of it is in both, whichever a service names', () => {
    expect(fits([WHOLE, NORTH])).toEqual([
      ['north', 'yes'],
      ['whole', 'yes'],
    ]);
  });

  it('a place of which only the town is known is not taken to be outside the county', () => {
    expect(fits([NORTH])).toEqual([
      ['north', 'yes'],
      ['whole', 'notKnown'],
    ]);
    expect(fits(['E06000777'])).toEqual([
      ['whole', 'notKnown'],
      ['north', 'no'],
    ]);
  });

  it('where nobody knows the place, nobody knows the area', () => {
    expect(fits(undefined)).toEqual([
      ['north', 'notKnown'],
      ['whole', 'notKnown'],
    ]);
  });
});
