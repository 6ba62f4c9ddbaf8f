import { describe, expect, it } from 'vitest';
import { fieldFault, visibleFields } from '../../renderer/screens/derive/fields.ts';
import {
  nextQuestion,
  questionInHand,
  questionsIn,
  stageMarks,
  stillUnknown,
} from '../../renderer/screens/derive/guide.ts';
import { personOf, wordingFor } from '../../renderer/screens/derive/person.ts';
import { type Picture } from '../../shared/call/picture.ts';
import { replay } from '../../shared/call/replay.ts';
import { type Happening } from '../../shared/events/event.ts';
import { answer, answered, callOn, content, offered } from '../support/call-builder.ts';

function pictureOf(...happenings: readonly Happening[]): Picture {
  const call = callOn();
  return replay([offered, answered, ...happenings].map(call), content).snapshot.context.picture;
}
const ids = (picture: Picture, stage: 'opening' | 'safetyCheck'): string[] =>
  questionsIn(stage, picture, content).map((question) => question.id);

describe('which questions are asked', () => {
  it('brings the third-party questions in only when somebody else is known to be meant', () => {
    expect(ids(pictureOf(), 'opening')).not.toContain('T1');
    expect(ids(pictureOf(answer('O1', 'given', { who: 'someoneElse' })), 'opening')).toContain('T1');
  });

  it('keeps the questions about means and today in until thoughts of dying are known to be none', () => {
    expect(ids(pictureOf(), 'safetyCheck')).toContain('S4a');
    expect(ids(pictureOf(answer('S3', 'declined')), 'safetyCheck')).toContain('S4b');
    expect(ids(pictureOf(answer('S3', 'no')), 'safetyCheck')).not.toContain('S4a');
  });

  it('words a question about the person when the caller is worried about somebody', () => {
    const question = content.question('S1');
    if (question === undefined) throw new Error('S1 is gone from content');
    const about = pictureOf(answer('O1', 'given', { who: 'someoneElse' }));
    expect(wordingFor(question, personOf(about, content))).toBe(question.askAbout);
    expect(wordingFor(question, personOf(pictureOf(), content))).toBe(question.ask);
  });
});

describe('going on', () => {
  it('goes to the next question without an answer', () => {
    const picture = pictureOf(answer('S1', 'no'), answer('S2', 'no'));
    const questions = questionsIn('safetyCheck', picture, content);
    expect(nextQuestion('S1', 'keep', questions, picture)?.id).toBe('S3');
  });

  it('comes back after the last one to what was passed over, but not when leaving', () => {
    const picture = pictureOf(...['S1', 'S3', 'S5', 'S6', 'S7', 'S8', 'S9'].map((id) => answer(id, 'no')));
    const questions = questionsIn('safetyCheck', picture, content);
    expect(nextQuestion('S9', 'keep', questions, picture)?.id).toBe('S2');
    expect(nextQuestion('S9', 'leave', questions, picture)).toBeUndefined();
  });

  it('lands on the remembered question, and on the first open one when that belongs elsewhere', () => {
    const picture = pictureOf(answer('S1', 'no'));
    const questions = questionsIn('safetyCheck', picture, content);
    expect(questionInHand('S6', questions, picture)?.id).toBe('S6');
    expect(questionInHand('O1', questions, picture)?.id).toBe('S2');
  });
});

describe('the guide', () => {
  it('lists what was asked and is not known, and drops it once it is answered', () => {
    const asked = [answer('S1', 'declined'), answer('S7', 'couldNotAsk')];
    expect(stillUnknown(pictureOf(...asked), content).map((item) => item.question.id)).toEqual(['S1', 'S7']);
    expect(
      stillUnknown(pictureOf(...asked, answer('S1', 'no')), content).map((item) => item.question.id),
    ).toEqual(['S7']);
  });

  it('counts an answer of not knowing as asked', () => {
    const mark = stageMarks(pictureOf(answer('S1', 'declined')), content).find(
      (item) => item.stage === 'safetyCheck',
    );
    expect(mark).toMatchObject({ done: false, note: '1/10' });
  });
});

describe('fields of a question', () => {
  const field = (question: string, id: string) => {
    const found = content.question(question)?.fields?.find((item) => item.id === id);
    if (found === undefined) throw new Error(`${question}.${id} is gone from content`);
    return found;
  };
  it('shows those of a yes only with a yes', () => {
    const question = content.question('S1');
    if (question === undefined) throw new Error('S1 is gone from content');
    expect(visibleFields(question, undefined)).toEqual([]);
    expect(visibleFields(question, 'notKnown')).toEqual([]);
    expect(visibleFields(question, 'yes').length).toBeGreaterThan(0);
  });

  it('takes ages from 0 to 130 and nothing else', () => {
    for (const good of ['', '0', '41', '130']) expect(fieldFault(field('N5', 'age'), good)).toBeUndefined();
    for (const bad of ['131', '-1', '4.5', 'forty', '999'])
      expect(fieldFault(field('N5', 'age'), bad)).toBeDefined();
  });

  it('takes numbers as people say them and refuses words', () => {
    for (const good of ['07700 900142', '+44 7700 900142', '(01632) 960 118', '999'])
      expect(fieldFault(field('O2', 'number'), good)).toBeUndefined();
    for (const bad of ['her mum', '07700-x', '12'])
      expect(fieldFault(field('O2', 'number'), bad)).toBeDefined();
  });
});
