import fc from 'fast-check';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { answersTo, answerTo, consentNow, fieldOf, notes } from '../../../shared/call/facts.ts';
import { addEvent, EMPTY_PICTURE, type Picture, refOf, strikeOf } from '../../../shared/call/picture.ts';
import { replay } from '../../../shared/call/replay.ts';
import { type CallEvent, type Happening } from '../../../shared/events/event.ts';
import { answer, answered, callOn, content, offered, quietSafetyCheck } from '../../support/call-builder.ts';

const pictureOf = (events: readonly CallEvent[]): Picture => events.reduce(addEvent, EMPTY_PICTURE);

const fact: fc.Arbitrary<Happening> = fc.oneof(
  fc
    .record({
      question: fc.constantFrom('S1', 'S2', 'S3', 'N5'),
      state: fc.constantFrom('yes', 'no', 'given', 'notKnown', 'declined', 'couldNotAsk'),
    })
    .map(({ question, state }) => answer(question, state as 'yes')),
  fc.string({ minLength: 1 }).map((text): Happening => ({ type: 'note.added', data: { text: `n${text}` } })),
  fc
    .constantFrom('agreed', 'refused')
    .map((state): Happening => ({ type: 'consent.recorded', data: { state } })),
);

describe('the picture', () => {
  it('is the same whatever order the facts arrive in, two desks included, and however often', () => {
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 20 }),
        fc.array(fact, { maxLength: 20 }),
        fc.infiniteStream(fc.nat()),
        (here, there, shuffle) => {
          const call = v7();
          const startAt = 1_700_000_000_000;
          const events = [
            ...here.map(callOn(v7(), { call, startAt })),
            ...there.map(callOn(v7(), { call, startAt })),
          ];
          const shuffled = events
            .map((event) => ({ event, key: shuffle.next().value as number }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ event }) => event);
          expect(pictureOf([...shuffled, ...shuffled.slice(0, 5)])).toEqual(pictureOf(events));
        },
      ),
      { verbose: 1 },
    );
  });

  it('holds the newest answer, and goes back to the one before when that is struck through', () => {
    const make = callOn();
    const no = make(answer('S1', 'no'));
    const yes = make(answer('S1', 'yes', { kind: 'taken' }));
    const strike = make({ type: 'entry.struck', data: { target: refOf(yes), reason: 'wrong key' } });
    expect(answerTo(pictureOf([no, yes]), 'S1')?.data.state).toBe('yes');
    const struck = pictureOf([no, yes, strike]);
    expect(answerTo(struck, 'S1')?.data.state).toBe('no');
    expect(answersTo(struck, 'S1')).toHaveLength(2);
    expect(strikeOf(struck, yes)?.data.reason).toBe('wrong key');
  });

  it('takes a blank field for no value', () => {
    expect(
      fieldOf(pictureOf([callOn()(answer('O2', 'given', { number: '  ' }))]), 'O2', 'number'),
    ).toBeUndefined();
  });

  it('keeps notes as lines, in the order they were written', () => {
    const make = callOn();
    const lines = ['Crying.', 'Wants the light on.'].map((text) =>
      make({ type: 'note.added', data: { text } }),
    );
    expect(notes(pictureOf(lines)).map((note) => note.data.text)).toEqual(['Crying.', 'Wants the light on.']);
    expect(consentNow(pictureOf(lines))).toBeUndefined();
  });
});

describe('replay', () => {
  it('reaches the same state from the log as the call did live, at every prefix', () => {
    const make = callOn();
    const events = [offered, answered, ...quietSafetyCheck, answer('N5', 'given', { age: '16' })].map(make);
    let live = replay([], content).snapshot;
    events.forEach((_event, at) => {
      live = replay(events.slice(0, at + 1), content).snapshot;
      const again = replay(JSON.parse(JSON.stringify(events.slice(0, at + 1))) as CallEvent[], content);
      expect(again.snapshot.value).toEqual(live.value);
      expect(again.snapshot.context).toEqual(live.context);
      expect(again.refused).toEqual([]);
    });
  });

  it('lists what the machine would not have allowed and goes on with the rest', () => {
    const make = callOn();
    const events = [
      offered,
      answered,
      { type: 'route.chosen', data: { route: 'gp', urgency: '3' } } satisfies Happening,
      answer('S1', 'no'),
    ].map(make);
    const { snapshot, refused } = replay(events, content);
    expect(refused.map((item) => item.event.seq)).toEqual([3]);
    expect(answerTo(snapshot.context.picture, 'S1')?.data.state).toBe('no');
  });
});
