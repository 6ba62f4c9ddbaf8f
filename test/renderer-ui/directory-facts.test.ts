import { describe, expect, it } from 'vitest';
import { askingOf } from '../../renderer/screens/derive/asking.ts';
import { adjustmentsFor, factsFor, questionFor } from '../../renderer/screens/derive/directory-facts.ts';
import { ruleSubjects } from '../../shared/directory/service.ts';
import { type Happening } from '../../shared/events/event.ts';
import { adult, answer, answered, content, offered, run } from '../support/call-builder.ts';

const pictureOf = (...happenings: readonly Happening[]) =>
  run([offered, answered, ...happenings]).snapshot.context.picture;
const facts = (...happenings: readonly Happening[]) => factsFor(pictureOf(...happenings));

describe('what the directory is asked for a person', () => {
  it('knows nothing of anything nobody asked: no fact is a no, no need is there, no place and no age', () => {
    const found = askingOf(pictureOf(), content, {
      kinds: ['crisisCafe'],
      now: 1,
      areas: {},
      travelBy: '',
      said: new Map(),
    });
    for (const subject of ruleSubjects) expect(found.facts[subject], subject).toBe('notKnown');
    expect(found.adjustments).toEqual([]);
    expect(found.areas).toEqual({ now: undefined, home: undefined, gp: undefined });
    expect(found.age).toBeUndefined();
  });

  it.each(['notKnown', 'declined', 'couldNotAsk'] as const)('does not read "%s" as a no', (state) => {
    const all = facts(...['S1', 'S2', 'S3', 'S6', 'S8', 'N3', 'N8'].map((id) => answer(id, state)));
    expect(Object.values(all).every((fact) => fact === 'notKnown')).toBe(true);
  });

  it('has each fact from the question that holds it, yes and no alike', () => {
    const yes = facts(
      answer('S1', 'yes', { needsCare: 'yes' }),
      answer('S2', 'yes'),
      answer('S6', 'yes'),
      answer('S8', 'yes'),
      answer('N3', 'yes', { teamNow: 'yes' }),
      answer('N8', 'given', { perinatal: 'yes', forces: 'yes', substances: 'yes', crisisContact: 'yes' }),
    );
    for (const subject of ruleSubjects) expect(yes[subject], subject).toBe('yes');
    const no = facts(
      ...['S1', 'S2', 'S3', 'S6', 'S8', 'N3'].map((id) => answer(id, 'no')),
      answer('N8', 'given', { perinatal: 'no', forces: 'no', substances: 'no', crisisContact: 'no' }),
    );
    for (const subject of ruleSubjects) expect(no[subject], subject).toBe('no');
  });

  it('does not take harm that needs no care, or a team that may be long ago, for more than was said', () => {
    expect(facts(answer('S1', 'yes', { needsCare: 'no' })).medicalNeed).toBe('notKnown');
    expect(facts(answer('N3', 'yes', { team: 'Northmoor, years ago' })).underSecondaryCare).toBe('notKnown');
    expect(facts(answer('S2', 'no'), answer('S3', 'yes')).currentCrisis).toBe('notKnown');
  });

  it('has what they need from what they said, and from the way they talk', () => {
    const said = pictureOf(answer('N4', 'given', { stepFree: 'yes', interpreter: 'no', staff: 'woman' }));
    expect(adjustmentsFor(said)).toEqual(['stepFree', 'womanStaff']);
    const relayed = pictureOf({
      type: 'call.adapted',
      data: { channel: 'relay', manner: 'open' },
    });
    expect(adjustmentsFor(relayed)).toEqual(['textRelay']);
  });

  it('names the question to ask, and asks for nothing twice that they declined to say', () => {
    const picture = pictureOf(adult, answer('S6', 'declined'));
    expect(questionFor('armedForces', picture, content)).toBe('N8');
    expect(questionFor('now', picture, content)).toBe('O3');
    expect(questionFor('intoxicated', picture, content)).toBeUndefined();
    for (const fact of ruleSubjects)
      expect(content.question(questionFor(fact, pictureOf(), content) ?? ''), fact).toBeDefined();
  });
});
