import { describe, expect, it } from 'vitest';
import { loudest } from '../../renderer/screens/derive/loud.ts';
import { personOf } from '../../renderer/screens/derive/person.ts';
import { ringBack, talkHint, talkNote } from '../../renderer/screens/derive/talk.ts';
import { type Picture } from '../../shared/call/picture.ts';
import { type Happening } from '../../shared/events/event.ts';
import { type Channel, type Manner } from '../../shared/events/vocabulary.ts';
import { answer, answered, content, offered, run } from '../support/call-builder.ts';

const pictureOf = (...happenings: readonly Happening[]): Picture =>
  run([offered, answered, ...happenings]).snapshot.context.picture;
const adapted = (channel: Channel, manner: Manner): Happening => ({
  type: 'call.adapted',
  data: { channel, manner },
});
const number = (safeToRing: string): Happening =>
  answer('O2', 'given', { number: '07700 900142', safeToRing });
const note = (...happenings: readonly Happening[]) => {
  const picture = pictureOf(...happenings);
  return talkNote(picture, personOf(picture, content), content);
};

describe('the strip, while somebody cannot simply talk', () => {
  it('says nothing of an ordinary spoken call, nor once it is one again', () => {
    expect(note()).toBeUndefined();
    expect(note(adapted('relay', 'yesNo'), adapted('phone', 'open'))).toBeUndefined();
  });

  it('says that pauses are normal through relay, an interpreter and text', () => {
    for (const channel of ['relay', 'interpreted'] as const)
      expect(note(adapted(channel, 'open'))?.detail).toBe('longer pauses are normal');
    expect(note(adapted('text', 'open'))?.detail).toBe('turns are slow; a gap is not an answer');
  });

  it('says not to ring back in yes and no, unless they said that ringing is safe', () => {
    expect(note(adapted('phone', 'yesNo'))).toEqual({ title: 'Yes and no only', detail: 'do not ring back' });
    expect(note(number('yes'), adapted('phone', 'yesNo'))?.detail).toBe('somebody may be listening');
  });

  it('says both when both are so, the one that matters more first', () => {
    expect(note(adapted('relay', 'silent'))).toEqual({
      title: 'Relay, silent',
      detail: 'tap once for yes · longer pauses are normal',
    });
  });
});

describe('ringing back', () => {
  const advice = (manner: Manner, ...happenings: readonly Happening[]) =>
    ringBack(personOf(pictureOf(...happenings), content), manner);

  it('is never told to anybody when they said that it is not safe', () => {
    for (const manner of ['open', 'yesNo', 'silent'] as const) {
      const said = advice(manner, number('no'));
      expect(said.ring).toBe(false);
      expect(`${said.title} ${said.sentence}`).not.toContain('07700');
    }
  });

  it('needs their own yes where somebody may be listening: not knowing is not enough', () => {
    expect(advice('yesNo', number('notKnown')).ring).toBe(false);
    expect(advice('yesNo', number('yes')).ring).toBe(true);
    expect(advice('open', number('notKnown')).ring).toBe(true);
  });

  it('asks for a named decision when there is no number', () => {
    expect(advice('open')).toMatchObject({ ring: false, title: 'No number to ring' });
  });

  it('is said the same way in the loud band', () => {
    const picture = pictureOf(number('notKnown'), adapted('phone', 'yesNo'), {
      type: 'line.dropped',
      data: {},
    });
    const loud = loudest(picture, personOf(picture, content), { reach: 'reachable', since: 1 }, 0);
    expect(loud).toMatchObject({ kind: 'dropped' });
    expect(loud?.sentence).not.toContain('07700');
  });
});

describe('how to put a question', () => {
  const hint = (id: string, manner: Manner): string | undefined => {
    const question = content.question(id);
    if (question === undefined) throw new Error(`${id} is gone from content`);
    return talkHint(question, manner, content);
  };
  it('is said only while they cannot talk freely', () => {
    expect(hint('S1', 'open')).toBeUndefined();
    expect(hint('S1', 'yesNo')).toContain('yes or no');
    expect(hint('O3', 'yesNo')).toContain('offer each answer');
  });

  it('never lets silence pass for a no', () => {
    expect(hint('S1', 'silent')).toContain('not a no');
  });
});

describe('what the panel says', () => {
  it('says of every slow way to talk that no pause is counted', () => {
    const { relay, interpreted, text } = content.talk.channels;
    for (const { advice } of [relay, interpreted, text])
      expect(advice.lines.join(' ')).toContain('Nothing in Lantern counts a pause');
  });

  it('tells of 55 only with where it works', () => {
    const { lines, say } = content.talk.manners.silent.advice;
    expect(say?.join(' ')).toContain('press 55');
    expect(lines.join(' ')).toContain('55 works only on 999, only from a mobile');
  });
});
