import { describe, expect, test } from 'vitest';
import { type Arrival, type Decision, decide, type Held } from '../../hub/intake/decide.ts';
import { type EventItem, type Item } from '../../hub/intake/read-item.ts';
import { deskId, type DeskId } from '../../shared/ids.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { v7 } from 'uuid';
import { newStream, notes, sealed } from './support/events.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const clock = { behindMs: 1000, aheadMs: 100, deskMs: 50 };
const nothing: Held = {
  events: new Map(),
  quarantined: new Set(),
  holders: new Map(),
  formerDesks: new Set(),
};
const desk = deskId.parse(v7());
const arrival = (now = NOW, deskClock?: number): Arrival => ({ desk, now, deskClock });

async function items(count: number): Promise<EventItem[]> {
  const events = await sealed(notes(count), { stream: newStream(), desk, at: NOW });
  return events.map((event) => ({
    kind: 'event',
    seq: event.seq,
    event,
    text: canonicalJson(event),
    rightHash: event.hash,
    known: true,
  }));
}

const junk = (seq: number): Item => ({ kind: 'junk', seq, problem: { code: 'x', field: 'y', message: 'z' } });
const held = (some: readonly EventItem[], quarantined: number[] = []): Held => ({
  ...nothing,
  events: new Map(some.map((item) => [item.seq, { ...item.event, text: item.text }])),
  quarantined: new Set(quarantined),
});
const numbers = (decision: Decision) => decision.fresh.map(({ from, to }) => [from, to]);

describe('deciding on a batch', () => {
  test('everything new is stored under one receipt', async () => {
    const all = await items(3);
    const decision = decide(all, nothing, arrival(), clock);
    expect(decision).toMatchObject({ events: all, quarantine: [], flags: [] });
    expect(decision.fresh).toEqual([{ from: 1, to: 3, hash: all[2]?.event.hash }]);
  });

  test('what is there already is left alone, and only the holes get receipts', async () => {
    const all = await items(5);
    const there = all.filter((item) => item.seq === 2 || item.seq === 3);
    const decision = decide(all, held(there), arrival(), clock);
    expect(decision.events.map((item) => item.seq)).toEqual([1, 4, 5]);
    expect(numbers(decision)).toEqual([
      [1, 1],
      [4, 5],
    ]);
    expect(decision.flags).toEqual([]);
  });

  test('an item in quarantine counts as received and makes no link wrong', async () => {
    const all = await items(3);
    const decision = decide([all[0] as Item, junk(2), all[2] as Item], nothing, arrival(), clock);
    expect(decision.events.map((item) => item.seq)).toEqual([1, 3]);
    expect(decision.quarantine).toHaveLength(1);
    expect(decision.flags).toEqual([]);
    expect(numbers(decision)).toEqual([[1, 3]]);
  });

  test('a number that the desk has lost is quarantined once, and never doubts an event that is held', async () => {
    const all = await items(3);
    const lost: Item = { kind: 'lost', seq: 2 };
    const fresh = decide([all[0] as Item, lost, all[2] as Item], nothing, arrival(), clock);
    expect(fresh.quarantine).toMatchObject([{ seq: 2, problem: { code: 'event.lost' } }]);
    expect(numbers(fresh)).toEqual([[1, 3]]);
    expect(fresh.flags).toEqual([]);
    expect(decide([lost], held(all), arrival(), clock)).toMatchObject({
      quarantine: [],
      flags: [],
      fresh: [],
    });
    expect(decide([lost], held([], [2]), arrival(), clock)).toMatchObject({
      quarantine: [],
      flags: [],
      fresh: [],
    });
  });

  test('both neighbours of a filled gap are looked at', async () => {
    const mine = await items(3);
    const others = await items(3);
    const there = held([mine[0] as EventItem, mine[2] as EventItem]);
    expect(decide([mine[1] as Item], there, arrival(), clock).flags).toEqual([]);
    const { flags } = decide([others[1] as Item], there, arrival(), clock);
    expect(flags.map(({ seq, kind }) => [seq, kind])).toEqual([
      [2, 'brokenLink'],
      [3, 'brokenLink'],
    ]);
  });

  test('an unknown type and a clock far off are flagged, each at its limit and not before', async () => {
    const [item] = await items(1);
    if (item === undefined) throw new Error('none');
    const at = (now: number, known = true) =>
      decide([{ ...item, known }], nothing, arrival(now), clock).flags.map((flag) => flag.kind);
    expect(at(NOW + 1000)).toEqual([]);
    expect(at(NOW + 1001)).toEqual(['clock']);
    expect(at(NOW - 100)).toEqual([]);
    expect(at(NOW - 101, false)).toEqual(['unknownType', 'clock']);
  });

  test('a desk whose own clock is off as it sends has its events flagged, however old they are', async () => {
    const [item] = await items(1);
    if (item === undefined) throw new Error('none');
    const flagsOf = (deskClock: number) => decide([item], nothing, arrival(NOW, deskClock), clock).flags;
    expect(flagsOf(NOW + 50)).toEqual([]);
    expect(flagsOf(NOW - 50)).toEqual([]);
    expect(flagsOf(NOW + 51)).toMatchObject([
      { kind: 'clock', detail: expect.stringContaining('51 ms ahead') },
    ]);
    expect(flagsOf(NOW - 51)).toMatchObject([
      { kind: 'clock', detail: expect.stringContaining('51 ms behind') },
    ]);
  });

  test('an event that names another desk is flagged, unless that desk owned the stream before', async () => {
    const [item] = await items(1);
    if (item === undefined) throw new Error('none');
    const sender = { ...arrival(), desk: deskId.parse(v7()) };
    expect(decide([item], nothing, sender, clock).flags.map((flag) => flag.kind)).toEqual(['otherDesk']);
    const former = { ...nothing, formerDesks: new Set([desk]) };
    expect(decide([item], former, sender, clock).flags).toEqual([]);
  });

  test('an event in a call that another desk has is flagged, and says which came first by its own clock', async () => {
    const [item] = await items(1);
    if (item === undefined) throw new Error('none');
    const having = (who: DeskId | null, since: number) =>
      decide(
        [item],
        { ...nothing, holders: new Map([[item.event.call, { desk: who, since }]]) },
        arrival(),
        clock,
      ).flags;
    expect(having(desk, NOW)).toEqual([]);
    expect(having(null, NOW)).toEqual([]);
    const other = deskId.parse(v7());
    expect(having(other, NOW)).toMatchObject([
      { kind: 'noLease', detail: expect.stringContaining('after that') },
    ]);
    expect(having(other, NOW + 1)).toMatchObject([
      { kind: 'noLease', detail: expect.stringContaining('before that') },
    ]);
  });
});
