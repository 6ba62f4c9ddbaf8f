import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersTo } from '../../../shared/call/facts.ts';
import { addEvent, EMPTY_PICTURE, type Picture, refOf } from '../../../shared/call/picture.ts';
import { agesHeld, stateHeld, stillSaid, valueHeld } from '../../../shared/call/stays-said.ts';
import { contentByVersion } from '../../../shared/content/packs.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { type AnswerState } from '../../../shared/events/vocabulary.ts';
import { options } from '../../../shared/gates/doors.ts';
import { answer, callOn, content } from '../../support/call-builder.ts';

const pictureOf = (...happenings: readonly Happening[]): Picture =>
  happenings.map(callOn()).reduce(addEvent, EMPTY_PICTURE);
const taken = answer('S1', 'yes', { kind: 'taken', when: 'today', needsCare: 'no' });
const struckFirst = (picture: Picture, question: string): Picture => {
  const [first] = answersTo(picture, question);
  if (first === undefined) throw new Error('nothing was said');
  const make = callOn(undefined, { startAt: first.at + 60_000 });
  return addEvent(
    picture,
    make({ type: 'entry.struck', data: { target: refOf(first), reason: 'wrong key' } }),
  );
};

describe('what stays said', () => {
  it('a yes, after a no and after each kind of not knowing', () => {
    for (const state of ['no', 'notKnown', 'declined', 'couldNotAsk'] as const) {
      const picture = pictureOf(taken, answer('S1', state));
      expect(stateHeld(picture, 'S1', content), state).toBe('yes');
      expect(valueHeld(picture, 'S1', 'kind', content), state).toBe('taken');
      expect(stillSaid(picture, 'S1', content)).toEqual([answersTo(picture, 'S1')[0]]);
    }
  });

  it('a detail, beside another yes; what was learnt in place of “not known” is what holds', () => {
    const scratch = answer('S1', 'yes', { kind: 'injury', when: 'earlier', needsCare: 'no' });
    expect(valueHeld(pictureOf(taken, scratch), 'S1', 'kind', content)).toBe('taken');
    expect(valueHeld(pictureOf(taken, scratch), 'S1', 'when', content)).toBe('today');
    const open = answer('S1', 'yes', { kind: 'injury', needsCare: 'notKnown' });
    expect(valueHeld(pictureOf(open, scratch), 'S1', 'needsCare', content)).toBe('no');
    expect(stillSaid(pictureOf(open, scratch), 'S1', content)).toEqual([]);
  });

  it('details left over beside a no were not said', () => {
    const left = pictureOf(answer('S1', 'no', { kind: 'taken' }), answer('S1', 'no'));
    expect(stateHeld(left, 'S1', content)).toBe('no');
    expect(stillSaid(left, 'S1', content)).toEqual([]);
  });

  it('every age that was said, and an earlier one is shown beside the newest', () => {
    const [young, grown] = [answer('N5', 'given', { age: '15' }), answer('N5', 'given', { age: '19' })];
    expect(agesHeld(pictureOf(young, grown), content)).toHaveLength(2);
    expect(stillSaid(pictureOf(young, grown), 'N5', content)).toHaveLength(1);
    expect(stillSaid(pictureOf(grown, grown), 'N5', content)).toEqual([]);
  });

  it('nothing of what was struck through', () => {
    const picture = struckFirst(pictureOf(taken, answer('S1', 'no')), 'S1');
    expect(stateHeld(picture, 'S1', content)).toBe('no');
    expect(valueHeld(picture, 'S1', 'kind', content)).toBeUndefined();
    expect(stillSaid(picture, 'S1', content)).toEqual([]);
  });

  it('nothing in a question that content does not list, and nothing in content from before it was asked', () => {
    const drank = pictureOf(answer('S6', 'yes'), answer('S6', 'no'));
    expect(stateHeld(drank, 'S6', content)).toBe('no');
    const before = contentByVersion('demonstration-5');
    if (before === undefined) throw new Error('demonstration-5 is not carried');
    expect(stateHeld(pictureOf(taken, answer('S1', 'no')), 'S1', before)).toBe('no');
  });
});

describe('a no after a yes', () => {
  const STATES: readonly AnswerState[] = ['yes', 'no', 'notKnown', 'declined', 'couldNotAsk'];
  const asked = ['S1', 'S2', 'S3', 'S4a', 'S4b', 'S5', 'S6', 'S7', 'S8'];
  const detail = fc.record(
    {
      kind: fc.constantFrom('taken', 'injury', 'other'),
      when: fc.constantFrom('today', 'week', 'earlier'),
      needsCare: fc.constantFrom('yes', 'no', 'notKnown'),
    },
    { requiredKeys: [] },
  );
  const told = fc
    .tuple(fc.constantFrom(...asked), fc.constantFrom(...STATES), detail)
    .map(([question, state, fields]) => answer(question, state, question === 'S1' ? fields : {}));
  const open = (picture: Picture): readonly string[] =>
    options(picture, content).flatMap(({ route, stops }) => (stops.length === 0 ? [route.id] : []));

  it('opens no route that was shut, whatever else was said before it', () => {
    fc.assert(
      fc.property(
        fc.array(told, { minLength: 6, maxLength: 24 }),
        fc.constantFrom('S1', 'S2', 'S3', 'S4a', 'S4b', 'S7', 'S8'),
        (said, question) => {
          const before = pictureOf(...said, answer(question, 'yes'));
          const after = pictureOf(...said, answer(question, 'yes'), answer(question, 'no'));
          expect(open(before)).toEqual(expect.arrayContaining([...open(after)]));
        },
      ),
      { numRuns: 150 },
    );
  });
});
