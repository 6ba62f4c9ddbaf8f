import { describe, expect, it } from 'vitest';
import { factsStamp, safetyFacts } from '../../renderer/screens/derive/safety-facts.ts';
import { entryOf, strikable, struckText } from '../../renderer/screens/derive/struck.ts';
import { answersTo, answerTo, notes } from '../../shared/call/facts.ts';
import { type Picture, refOf } from '../../shared/call/picture.ts';
import { step } from '../../shared/call/replay.ts';
import { type CallEvent, type Happening } from '../../shared/events/event.ts';
import { answer, answered, content, ifWorse, offered, run } from '../support/call-builder.ts';

const me = { id: 'handler-1', role: 'adviser', name: 'Sam Okafor' } as const;
const note: Happening = { type: 'note.added', data: { text: 'Footsteps.' } };

/** The picture after a strike of the event that `of` finds. */
function struck(
  happenings: readonly Happening[],
  of: (picture: Picture) => CallEvent | undefined,
  reason = 'heard wrongly',
): { readonly picture: Picture; readonly target: CallEvent } {
  const { snapshot, make } = run([offered, answered, ...happenings]);
  const target = of(snapshot.context.picture);
  if (target === undefined) throw new Error('nothing to strike');
  const next = step(
    snapshot,
    make({ type: 'entry.struck', data: { target: refOf(target), reason } }),
    content,
  );
  expect(next.allowed).toBe(true);
  return { picture: next.snapshot.context.picture, target };
}

describe('striking through', () => {
  const twice = [answer('S1', 'yes', { kind: 'injury' }), answer('S1', 'no')];

  it('lets the answer before it hold again, and keeps both to be read', () => {
    const { picture, target } = struck(twice, (before) => answerTo(before, 'S1'));
    expect(answerTo(picture, 'S1')?.data.state).toBe('yes');
    expect(answersTo(picture, 'S1').length).toBe(2);
    expect(struckText(picture, target, me)).toBe('struck through 19:30 by Sam Okafor: heard wrongly');
  });

  it('names somebody else by role and id, because their name is not known here', () => {
    const { picture, target } = struck([note], (before) => notes(before)[0]);
    expect(struckText(picture, target, { ...me, id: 'handler-2' })).toContain('by adviser handler-1');
  });

  it('says nothing of an entry that holds', () => {
    const { picture } = struck(twice, (before) => answerTo(before, 'S1'));
    const holds = answerTo(picture, 'S1');
    expect(holds === undefined ? '' : struckText(picture, holds, me)).toBeUndefined();
  });

  it('is offered for answers, notes and plan lines that still hold, newest first', () => {
    const { picture } = struck([...twice, note, ifWorse], (before) => notes(before)[0]);
    expect(strikable(picture, content).map((entry) => entry.what)).toEqual([
      'Plan of 19:30: If it gets worse',
      'Answer of 19:30: Hurt or taken something',
      'Answer of 19:30: Hurt or taken something',
    ]);
  });

  it('shows what an answer said before it is struck: state, fields and words', () => {
    const { snapshot } = run([offered, answered, answer('S1', 'yes', { kind: 'injury' }, 'My arm.')]);
    const given = answerTo(snapshot.context.picture, 'S1');
    expect(given === undefined ? '' : entryOf(given, content).says).toBe('Yes · What: an injury · “My arm.”');
  });
});

describe('the safety facts, read again', () => {
  it('are the whole check, with what was never asked as no answer', () => {
    const { snapshot } = run([offered, answered, answer('S1', 'declined')]);
    const facts = safetyFacts(snapshot.context.picture, content);
    expect(facts.find((fact) => fact.question.id === 'S1')?.answer?.data.state).toBe('declined');
    expect(facts.find((fact) => fact.question.id === 'S2')).toMatchObject({ answer: undefined });
    expect(facts.length).toBe(10);
  });

  it('have to be read once more after a new answer and after a strike, not after a note', () => {
    const { snapshot, make } = run([offered, answered, answer('S1', 'yes')]);
    const before = factsStamp(snapshot.context.picture);
    const noted = step(snapshot, make(note), content).snapshot;
    expect(factsStamp(noted.context.picture)).toBe(before);
    const more = step(noted, make(answer('S2', 'yes')), content).snapshot;
    expect(factsStamp(more.context.picture)).not.toBe(before);
    const { picture } = struck([answer('S1', 'yes')], (at) => answerTo(at, 'S1'));
    expect(factsStamp(picture)).not.toBe(before);
  });
});
