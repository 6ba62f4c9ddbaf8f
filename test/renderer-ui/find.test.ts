import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findable, findWords, fold, windowAround } from '../../renderer/screens/derive/find.ts';
import { notes } from '../../shared/call/facts.ts';
import { refOf } from '../../shared/call/picture.ts';
import { step } from '../../shared/call/replay.ts';
import { type Happening } from '../../shared/events/event.ts';
import { answer, answered, content, ifWorse, offered, run } from '../support/call-builder.ts';

const note = (text: string): Happening => ({ type: 'note.added', data: { text } });
const happenings = [
  offered,
  answered,
  note('Footsteps by the weir at Gŵyr.'),
  answer('S1', 'yes', { kind: 'injury' }),
  note('A dog barks.'),
  ifWorse,
];
const { snapshot, make } = run(happenings);
const all = findable(snapshot.context.picture, content);

describe('finding words in a call', () => {
  it('looks through notes, answers and the plan, newest first', () => {
    expect(all.map(({ entry }) => entry.what.split(' ')[0])).toEqual(['Plan', 'Note', 'Answer', 'Note']);
    expect(findWords(all, 'hurt').map(({ entry }) => entry.what)).toEqual([
      'Answer of 19:30: Hurt or taken something',
    ]);
  });

  it('takes the words in any order, without capitals and accents', () => {
    expect(findWords(all, 'GWYR weir')).toHaveLength(1);
    expect(findWords(all, 'weir dog')).toHaveLength(0);
    expect(findWords(all, '   ')).toHaveLength(0);
  });

  it('finds what was struck through, and says that it was', () => {
    const target = notes(snapshot.context.picture)[1];
    if (target === undefined) throw new Error('no note');
    const strike = make({
      type: 'entry.struck',
      data: { target: refOf(target), reason: 'it was the television' },
    });
    const next = step(snapshot, strike, content);
    const [hit] = findWords(findable(next.snapshot.context.picture, content), 'barks');
    expect(hit?.struck).toBe('struck through 19:30: it was the television');
  });

  it('finds any word of any text by its beginning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const folded = fold(text);
        const item = { entry: all[0]?.entry ?? never(), at: 0, folded, struck: undefined };
        const [word] = folded.split(/\s+/u).filter((part) => part !== '');
        if (word !== undefined) expect(findWords([item], word.slice(0, 3))).toHaveLength(1);
      }),
    );
  });
});

const never = (): never => {
  throw new Error('nothing to find');
};

describe('what is drawn around a find', () => {
  it('holds what was found, and never more than is drawn anyhow', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (length, at) => {
        const list = Array.from({ length }, (_, index) => index);
        const found = at < length ? at : -1;
        const { from, shown } = windowAround(list, 30, found);
        expect(shown).toEqual(list.slice(from, from + 30));
        expect(shown).toHaveLength(Math.min(30, length));
        if (found >= 0) expect(shown).toContain(found);
      }),
    );
  });
});
