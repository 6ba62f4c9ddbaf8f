import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callForEmergency } from '../../renderer/screens/derive/calls.ts';
import { holdings } from '../../renderer/screens/derive/holdings.ts';
import { readAfter, readInShift, readPast } from '../../renderer/screens/derive/paper-times.ts';
import { paperTimeFaults } from '../../shared/call/paper.ts';
import { replay } from '../../shared/call/replay.ts';
import { type Happening } from '../../shared/events/event.ts';
import { callId } from '../../shared/ids.ts';
import { londonTime } from '../../shared/london.ts';
import { answered, callOn, content, offered } from '../support/call-builder.ts';

const at = (...parts: Parameters<typeof Date.UTC>): number => Date.UTC(...parts);
/** Friday 20 November 2026, 12:00 in London. */
const NOON = at(2026, 10, 20, 12, 0);

describe('a time on a form', () => {
  it('is the last time clocks showed it, or that day of the last year', () => {
    expect(readPast('19:00', NOON)).toBe(at(2026, 10, 19, 19, 0));
    expect(readPast('0730', NOON)).toBe(at(2026, 10, 20, 7, 30));
    expect(readPast('24/12 19.00', NOON)).toBe(at(2025, 11, 24, 19, 0));
    expect(readPast('21/11 07:00', NOON)).toBe(at(2026, 10, 21, 7, 0));
    for (const junk of ['', 'noon', '25:00', '19:61', '31/02 10:00'])
      expect(readPast(junk, NOON)).toBeUndefined();
  });

  it('belongs to the shift, over midnight too, and outside it is the nearest to what stands on the paper', () => {
    const shift = { shiftFrom: at(2026, 10, 19, 19, 0), shiftTo: at(2026, 10, 20, 7, 0) };
    expect(readAfter('07:00', shift.shiftFrom)).toBe(shift.shiftTo);
    expect(readInShift('23:50', shift)).toBe(at(2026, 10, 19, 23, 50));
    expect(readInShift('02:10', shift)).toBe(at(2026, 10, 20, 2, 10));
    const early = readInShift('18:30', shift) ?? 0;
    expect(paperTimeFaults(early, shift, NOON)).toEqual(['That time is before the shift on the form began.']);
    const late = readInShift('07:20', shift) ?? 0;
    expect(paperTimeFaults(late, shift, NOON)).toEqual(['That time is after the shift on the form ended.']);
  });

  it('is never a minute that clocks skipped, and in the hour that comes twice it is the first', () => {
    const march = { shiftFrom: at(2026, 2, 28, 19, 0), shiftTo: at(2026, 2, 29, 6, 0) };
    expect(readInShift('29/03 01:30', march)).toBeUndefined();
    const october = { shiftFrom: at(2026, 9, 24, 18, 0), shiftTo: at(2026, 9, 25, 7, 0) };
    expect(readInShift('01:30', october)).toBe(at(2026, 9, 25, 0, 30));
  });

  it('shows on the clock what was typed, for any minute of any shift', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at(2024, 0, 1), max: at(2028, 0, 1) }),
        fc.integer({ min: 1, max: 24 * 60 }),
        fc.integer({ min: 0, max: 1439 }),
        (from, minutes, minute) => {
          const shift = { shiftFrom: from, shiftTo: from + minutes * 60_000 };
          const text = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
          const read = readInShift(text, shift);
          if (read !== undefined) expect(londonTime(read).minute).toBe(minute);
        },
      ),
    );
  });
});

describe('what this desk holds', () => {
  const held = {
    held: {
      version: 3,
      madeAt: NOON - 86_400_000,
      source: { name: 'Wexshire', demonstration: true },
      services: 21,
      checkedAt: NOON - 60_000,
    },
    flags: [],
    waiting: 0,
  };
  const pack = { folder: '/for-it', file: 'pack.html', writtenAt: NOON - 3_600_000 };
  const rows = (hub: Parameters<typeof holdings>[0]['hub'], unsent = 0) =>
    holdings({ hub, unsent, content, directory: held, pack, now: NOON });

  it('gives each thing its age, and is loud about a hub that is away', () => {
    const away = rows({ reach: 'away', since: NOON - 60_000, lastAnswerAt: NOON - 120_000 }, 7);
    expect(away[0]).toMatchObject({ what: 'Hub', state: 'Away', loud: true });
    expect(away[0]?.age).toBe('last contact today 11:58 (2 min ago)');
    expect(away[1]?.state).toBe('7 entries on this PC, not yet at the hub');
    expect(away.find(({ what }) => what === 'Downtime pack')?.age).toBe(
      'written today 11:00 (1 h 0 min ago)',
    );
  });

  it('does not say when the hub answered while it never has', () => {
    const [hub] = rows({ reach: 'unknown', since: NOON });
    expect(hub).toMatchObject({ state: 'Not asked yet', age: 'no answer since this desk was started' });
  });

  it('says how old the directory is, and is loud about one not compared with the hub for a day', () => {
    const of = { hub: { reach: 'reachable', since: 1 } as const, unsent: 0, content, pack };
    const row = (directory: Parameters<typeof holdings>[0]['directory'], now = NOON) =>
      holdings({ ...of, directory, now }).find(({ what }) => what === 'Directory of services');
    expect(row(held)).toMatchObject({
      state: '21 services, version 3, for demonstration',
      age: 'compared with the hub today 11:59 (1 min ago)',
      loud: false,
    });
    expect(row(held, NOON + 25 * 3_600_000)?.loud).toBe(true);
    expect(row({ flags: [], waiting: 0 })).toMatchObject({ state: 'None on this desk', loud: false });
  });

  it('is loud about a pack that could not be written', () => {
    const of = {
      hub: { reach: 'reachable', since: 1 } as const,
      unsent: 0,
      content,
      directory: held,
      now: NOON,
    };
    const row = holdings({ ...of, pack: { folder: '/x', file: 'y', problem: 'disk full' } }).at(-1);
    expect(row).toMatchObject({ state: 'Not written', age: 'disk full', loud: true });
  });
});

it('an emergency raised outside of a call never lands in a call that is being entered from paper', () => {
  const view = (happenings: readonly Happening[]) => {
    const events = happenings.map(callOn());
    const { snapshot } = replay(events, content);
    return { id: callId.parse(events[0]?.call), content, snapshot, events, resumed: false };
  };
  const takenBy = { name: 'Bea Lund', role: 'adviser' };
  const paper = view([
    { type: 'call.offered', data: { channel: 'phone', source: 'paper' } },
    {
      type: 'call.fromPaper',
      data: { takenBy, shiftFrom: at(2026, 10, 19, 19), shiftTo: at(2026, 10, 20, 7) },
    },
    answered,
  ]);
  const live = view([offered, answered]);
  expect(callForEmergency([paper], paper.id)).toBeUndefined();
  expect(callForEmergency([paper, live], paper.id)).toBe(live);
});
