import { describe, expect, it } from 'vitest';
import { type Copies, draftLagMs, judgeAtEnd, judgeAtKill, type Kept } from './judge.ts';
import { randomFrom } from './random.ts';
import { Told } from './told.ts';

const note = (seq: number, text: string, stream = 's'): Kept => ({
  stream,
  seq,
  hash: `${stream}${seq}`,
  text,
});
const everywhere = (kept: readonly Kept[]): Copies => ({ database: kept, journal: kept, hub: kept });

function told(...shown: [light: string, ...notes: [string, string][]][]): Told {
  const all = new Told();
  for (const [light, ...notes] of shown) all.add({ light, notes });
  return all;
}

describe('what the kill suites find', () => {
  it('nothing where every copy has what was promised', () => {
    const said = told(['Safe at hub receipt 3', ['a n1', 'safe at hub'], ['a n2', 'on this PC']]);
    const copies = everywhere([note(1, 'a n1'), note(2, 'a n2')]);
    expect(judgeAtKill(said, copies)).toEqual({ falseLights: [], doubled: [] });
    expect(judgeAtEnd(said, copies)).toEqual({ acknowledged: 2, lost: [], doubled: [] });
  });

  it.each(['database', 'journal'] as const)('a note called on this PC that the %s has not', (place) => {
    const said = told(['Keeping', ['a n1', 'on this PC']]);
    const found = judgeAtKill(said, { ...everywhere([note(1, 'a n1')]), [place]: [] });
    expect(found.falseLights).toEqual([`note "a n1" was called kept and is not in the ${place}`]);
  });

  it('a light that calls safe what the hub has not, for every note on the screen and none that has gone', () => {
    const said = told(['Keeping', ['a n1', 'being kept']]);
    said.newScreen();
    said.add({ light: 'Safe at hub receipt 9', notes: [['a n2', 'being kept']] });
    const found = judgeAtKill(said, { hub: [] });
    expect(found.falseLights).toEqual(['note "a n2" was called kept and is not in the hub']);
  });

  it('with one copy only, a promise of that copy and no other', () => {
    const said = told(['One copy only not in the journal: full', ['a n1', 'being kept']]);
    expect(judgeAtKill(said, { database: [note(1, 'a n1')], journal: [] }).falseLights).toEqual([]);
    expect(judgeAtKill(said, { database: [], journal: [] }).falseLights).toHaveLength(1);
  });

  it('a note that was promised and is gone at the end, and none that was never promised', () => {
    const said = told(['Keeping', ['a n1', 'on this PC'], ['a n2', 'being kept']]);
    const found = judgeAtEnd(said, everywhere([]));
    expect(found.acknowledged).toBe(1);
    expect(found.lost).toHaveLength(3);
  });

  it('a note under two numbers, a number with two events, copies that differ', () => {
    const said = told(['Keeping']);
    expect(judgeAtEnd(said, { hub: [note(1, 'a n1'), note(2, 'a n1')] }).doubled).toHaveLength(1);
    expect(
      judgeAtEnd(said, { hub: [note(1, 'a n1'), { ...note(1, 'a n2'), hash: 'x' }] }).doubled,
    ).not.toEqual([]);
    const other = [{ ...note(1, 'a n1'), hash: 'x' }];
    expect(judgeAtEnd(said, { database: [note(1, 'a n1')], journal: other }).doubled).toHaveLength(1);
  });

  it('how old the oldest words are that a kill took from the note box', () => {
    const said = new Told();
    for (const [text, at] of [
      ['h', 100],
      ['he', 300],
      ['hel', 700],
    ] as const) {
      said.add({ light: 'Typing', notes: [], box: { text, at } });
    }
    expect(draftLagMs(said, { draft: 'hel' }, 900)).toBe(0);
    expect(draftLagMs(said, { draft: 'he' }, 900)).toBe(200);
    expect(draftLagMs(said, { draft: undefined }, 900)).toBe(800);
    said.add({ light: 'Keeping', notes: [], box: { text: '', at: 850 } });
    expect(draftLagMs(said, { draft: undefined }, 900)).toBe(800);
    expect(draftLagMs(said, { draft: undefined, journal: [note(1, 'hel')] }, 900)).toBe(0);
  });

  it('the same choices for the same seed', () => {
    const draw = (seed: string): number[] => {
      const random = randomFrom(seed);
      return Array.from({ length: 20 }, () => random.between(1, 6));
    };
    expect(draw('a chromium 1')).toEqual(draw('a chromium 1'));
    expect(draw('a chromium 1')).not.toEqual(draw('a chromium 2'));
  });
});
