import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, answersTo, answerTo, strikesOfAnswersTo } from '../../../shared/call/facts.ts';
import {
  addEvent,
  EMPTY_PICTURE,
  eventsOf,
  type Picture,
  refOf,
  strikeOf,
} from '../../../shared/call/picture.ts';
import { answer, callOn } from '../../support/call-builder.ts';

const QUESTIONS = ['S1', 'S2', 'N5'];

/** The same three things read the plain way, from every answer there is. */
function plainly(picture: Picture, question: string) {
  const all = eventsOf(picture, 'answer.recorded').filter(({ data }) => data.question === question);
  const isStruck = (item: Answer): boolean => strikeOf(picture, item) !== undefined;
  return {
    all,
    holding: all.findLast((item) => !isStruck(item)),
    strikes: all.flatMap((item) => strikeOf(picture, item) ?? []),
  };
}

describe('the answers of a picture', () => {
  it('read the same as from every event, after each answer and each strike', () => {
    const happening = fc.record({
      question: fc.constantFrom(...QUESTIONS),
      strike: fc.option(fc.nat(), { nil: undefined, freq: 3 }),
    });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
        const make = callOn();
        const answers: Answer[] = [];
        let picture = EMPTY_PICTURE;
        for (const { question, strike } of happenings) {
          const target = strike === undefined ? undefined : answers[strike % answers.length];
          const event = make(
            target === undefined
              ? answer(question, 'no')
              : { type: 'entry.struck', data: { target: refOf(target), reason: 'said by mistake' } },
          );
          if (event.type === 'answer.recorded') answers.push(event);
          const before = picture;
          picture = addEvent(picture, event);
          // The picture from before still says what it said: it is what a screen may be drawing.
          for (const now of [picture, before]) {
            for (const id of QUESTIONS) {
              expect({
                all: answersTo(now, id),
                holding: answerTo(now, id),
                strikes: strikesOfAnswersTo(now, id),
              }).toEqual(plainly(now, id));
            }
          }
        }
      }),
      { verbose: 1 },
    );
  });
});
