import { describe, expect, it } from 'vitest';
import { type Happening } from '../../../shared/events/event.ts';
import { type Condition } from '../../../shared/gates/condition.ts';
import { evaluate, type Truth } from '../../../shared/gates/evaluate.ts';
import { type OutcomeCode } from '../../../shared/events/vocabulary.ts';
import {
  adult,
  answer,
  answered,
  callOn,
  choose,
  clinician,
  content,
  offered,
  quietSafetyCheck,
} from '../../support/call-builder.ts';
import { addEvent, EMPTY_PICTURE } from '../../../shared/call/picture.ts';

function truth(condition: Condition, facts: readonly Happening[], outcome?: OutcomeCode): Truth {
  const picture = facts.map(callOn()).reduce(addEvent, EMPTY_PICTURE);
  return evaluate(condition, picture, { content, ...(outcome === undefined ? {} : { outcome }) });
}

describe('an answer', () => {
  const isYes: Condition = { answer: 'S1', is: 'yes' };
  const cases: readonly [string, readonly Happening[], Truth][] = [
    ['yes', [answer('S1', 'yes')], true],
    ['no', [answer('S1', 'no')], false],
    ['not known', [answer('S1', 'notKnown')], 'unknown'],
    ['declined', [answer('S1', 'declined')], 'unknown'],
    ['could not ask', [answer('S1', 'couldNotAsk')], 'unknown'],
    ['not asked', [], 'unknown'],
  ];
  it.each(cases)('%s', (_name, facts, expected) => {
    expect(truth(isYes, facts)).toBe(expected);
    expect(truth({ not: isYes }, facts)).toBe(expected === 'unknown' ? 'unknown' : !expected);
    // Neither reading of an unknown opens anything.
    if (expected === 'unknown') expect(truth({ answer: 'S1', is: 'no' }, facts)).toBe('unknown');
  });

  it('counts as answered in each of the three kinds of not knowing', () => {
    for (const state of ['notKnown', 'declined', 'couldNotAsk'] as const) {
      expect(truth({ answered: 'S1' }, [answer('S1', state)])).toBe(true);
      expect(truth({ notKnown: ['S1', 'S2'] }, [answer('S1', state)])).toBe(true);
    }
    expect(truth({ answered: 'S1' }, [])).toBe(false);
    expect(truth({ notKnown: ['S1'] }, [answer('S1', 'no')])).toBe(false);
  });
});

describe('all, any and not', () => {
  const yes: Condition = { answer: 'S1', is: 'yes' };
  const no: Condition = { answer: 'S2', is: 'yes' };
  const unknown: Condition = { answer: 'S3', is: 'yes' };
  const facts = [answer('S1', 'yes'), answer('S2', 'no')];
  const cases: readonly [Condition, Truth][] = [
    [{ all: [yes, yes] }, true],
    [{ all: [yes, unknown] }, 'unknown'],
    [{ all: [no, unknown] }, false],
    [{ any: [no, unknown] }, 'unknown'],
    [{ any: [yes, unknown] }, true],
    [{ any: [no, no] }, false],
  ];
  it.each(cases)('%j is %s', (condition, expected) => {
    expect(truth(condition, facts)).toBe(expected);
  });
});

describe('an age', () => {
  const under18: Condition = { ageUnder: 18 };
  const cases: readonly [Record<string, string>, Truth][] = [
    [{ age: '17' }, true],
    [{ age: '18' }, false],
    [{ ageBand: 'from16to17' }, true],
    [{ ageBand: 'from18to64' }, false],
    [{ age: '', ageBand: '' }, 'unknown'],
    [{ age: 'about thirty' }, 'unknown'],
    [{ age: '17', ageBand: 'from18to64' }, true],
  ];
  it.each(cases)('%j', (fields, expected) => {
    expect(truth(under18, [answer('N5', 'given', fields)])).toBe(expected);
  });

  it('is unknown where the band does not settle it, and where it was declined', () => {
    expect(truth({ ageUnder: 21 }, [answer('N5', 'given', { ageBand: 'from18to64' })])).toBe('unknown');
    expect(truth(under18, [answer('N5', 'declined')])).toBe('unknown');
  });
});

describe('a field', () => {
  const needsCare: Condition = { field: 'needsCare', of: 'S1', is: ['no'] };
  it('is unknown while empty or marked not known', () => {
    expect(truth(needsCare, [answer('S1', 'yes')])).toBe('unknown');
    expect(truth(needsCare, [answer('S1', 'yes', { needsCare: 'notKnown' })])).toBe('unknown');
    expect(truth(needsCare, [answer('S1', 'yes', { needsCare: 'no' })])).toBe(true);
    expect(truth(needsCare, [answer('S1', 'yes', { needsCare: 'yes' })])).toBe(false);
  });
});

describe('the outcome a call may end with', () => {
  const fitsRoute: Condition = { outcomeFitsRoute: true };
  const checked = [offered, answered, ...quietSafetyCheck, adult];
  const cases: readonly [string, readonly Happening[], OutcomeCode, Truth][] = [
    ['nothing chosen: only 98', checked, '98', true],
    ['nothing chosen: not advice', checked, '02', false],
    ['advice: 02', [...checked, choose('adviceOnly', '3')], '02', true],
    ['advice: not an urgent referral', [...checked, choose('adviceOnly', '3')], '05', false],
    ['caller lost: 01', [offered, answered, { type: 'line.dropped', data: {} }], '01', true],
    ['caller there: not 01', checked, '01', false],
    ['caller gone before answer: 01', [offered], '01', true],
    ['emergency raised only: not 06', [...checked, { type: 'emergency.raised', data: {} }], '06', false],
    [
      'emergency stood down: 98',
      [
        ...checked,
        { type: 'emergency.raised', data: {} },
        { type: 'emergency.stoodDown', data: { by: clinician, reason: 'Wrong key.' } },
      ],
      '98',
      true,
    ],
  ];
  it.each(cases)('%s', (_name, facts, outcome, expected) => {
    expect(truth(fitsRoute, facts, outcome)).toBe(expected);
  });
});

describe('consent', () => {
  it('that was not asked, could not be asked or is missing never reads as agreed', () => {
    const agreed: Condition = { consent: ['agreed'] };
    expect(truth(agreed, [])).toBe('unknown');
    for (const state of ['refused', 'notAsked', 'couldNotAsk'] as const) {
      expect(truth(agreed, [{ type: 'consent.recorded', data: { state } }])).toBe(false);
    }
  });
});
