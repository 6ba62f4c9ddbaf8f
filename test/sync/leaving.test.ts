import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAskTwice, createLeaving } from '../../main/services/leaving.ts';
import {
  askBeforeLeaving,
  leavingKind,
  leftBefore,
  NOTHING_AT_STAKE,
  othersHere,
  type Stake,
} from '../../shared/sync/leaving.ts';

const time = (at: number): string => `at ${at}`;
const stake = (given: Partial<Stake>): Stake => ({ ...NOTHING_AT_STAKE, ...given });

describe('before the desk is left', () => {
  test('nothing at stake: nobody is asked', () => {
    for (const kind of leavingKind.options)
      expect(askBeforeLeaving(kind, stake({ hub: 'away' }), time)).toEqual({ kind: 'allow' });
  });

  test.each<[what: keyof Stake, given: Partial<Stake>, words: string]>([
    [
      'unsent',
      { unsent: 12, unsentSince: 7, hub: 'away' },
      '12 entries not yet at the hub, the oldest since at 7. The hub is away.',
    ],
    ['othersUnsent', { othersUnsent: 1 }, '1 entry of other people on this desk not yet at the hub.'],
    ['drafts', { drafts: 2 }, 'Half-typed words in 2 fields.'],
    ['notKept', { notKept: 1 }, '1 entry not yet in both copies on this PC: wait a moment.'],
    ['typing', { typing: true }, 'What you typed last is not yet on the disk: wait a moment.'],
    ['openCalls', { openCalls: 1 }, '1 call is open and not closed.'],
    ['emergencies', { emergencies: 1 }, '1 emergency without a reference.'],
  ])('%s: says how many, since when, what is safe and what happens next', (_what, given, words) => {
    for (const kind of leavingKind.options) {
      const asked = askBeforeLeaving(kind, stake(given), time);
      if (asked.kind !== 'ask') throw new Error('was not asked');
      const text = asked.lines.join('\n');
      expect(text).toContain(words);
      expect(text).toContain('kept on this PC');
      expect(asked.stay).not.toBe(asked.leave);
    }
  });

  test('an emergency or a call in progress is loud, and named in the title', () => {
    expect(askBeforeLeaving('quit', stake({ openCalls: 2 }), time)).toMatchObject({
      loud: true,
      title: 'Quit Lantern with 2 calls open?',
    });
    expect(askBeforeLeaving('update', stake({ openCalls: 1, emergencies: 1 }), time)).toMatchObject({
      loud: true,
      title: 'Update Lantern now with an emergency not confirmed?',
    });
    expect(askBeforeLeaving('signOut', stake({ unsent: 1 }), time)).toMatchObject({ loud: false });
  });

  test('whatever is at stake, it is asked, and leaving is offered', () => {
    const count = fc.nat(3);
    const any = fc.record({
      unsent: count,
      othersUnsent: count,
      notKept: count,
      drafts: count,
      typing: fc.boolean(),
      openCalls: count,
      emergencies: count,
      hub: fc.constantFrom('unknown' as const, 'reachable' as const, 'away' as const),
    });
    fc.assert(
      fc.property(fc.constantFrom(...leavingKind.options), any, (kind, at) => {
        const { hub: _hub, ...counts } = at;
        const isAtStake = Object.values(counts).some((value) => value !== 0 && value !== false);
        expect(askBeforeLeaving(kind, at, time).kind).toBe(isAtStake ? 'ask' : 'allow');
      }),
    );
  });

  test('an updater is answered from what the window said last', () => {
    const leaving = createLeaving();
    expect(leaving.question('update')).toEqual({ kind: 'allow' });
    leaving.tell(stake({ unsent: 2 }));
    expect(leaving.question('update')).toMatchObject({ kind: 'ask', leave: 'Update all the same' });
  });

  test('Ctrl+C says what is at stake once, and a second one within a minute leaves', () => {
    let now = 0;
    const said: string[] = [];
    const mayLeave = createAskTwice(
      () => askBeforeLeaving('quit', stake({ unsent: 3 }), time),
      () => now,
      (line) => said.push(line),
    );
    expect(mayLeave()).toBe(false);
    expect(said).toContain('3 entries not yet at the hub.');
    // The same press, raised a second time.
    now = 5;
    expect(mayLeave()).toBe(false);
    now = 61_000;
    expect(mayLeave()).toBe(false);
    now = 70_000;
    expect(mayLeave()).toBe(true);
  });
});

test('what the last time left here is said at the start, mine and others’ apart', () => {
  expect(leftBefore({ mine: 0, others: 0, since: undefined }, time)).toBeUndefined();
  expect(leftBefore({ mine: 3, others: 1, since: 5 }, time)).toBe(
    'Kept on this PC from before and being sent: 3 entries of yours and 1 entry from others, the oldest since at 5.',
  );
});

test('of others’ calls the person here hears how many, and loudly of one that needs somebody', () => {
  expect(othersHere({ calls: 0, open: 0, emergencies: 0 })).toBeUndefined();
  expect(othersHere({ calls: 2, open: 0, emergencies: 0 })).toContain('2 calls of other people');
  expect(othersHere({ calls: 1, open: 1, emergencies: 0 })).toContain('Tell the shift lead: 1 call');
  expect(othersHere({ calls: 1, open: 1, emergencies: 1 })).toContain('Tell the shift lead now: 1 emergency');
});
