import { describe, expect, test } from 'vitest';
import { type Decision, decide, type Held } from '../../hub/intake/decide.ts';
import { type EventItem, type Item } from '../../hub/intake/read-item.ts';
import { deskId } from '../../shared/ids.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { v7 } from 'uuid';
import { newStream, notes, sealed } from './support/events.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const clock = { behindMs: 1000, aheadMs: 100 };
const nothing: Held = { events: new Map(), quarantined: new Set() };

async function items(count: number): Promise<EventItem[]> {
  const desk = deskId.parse(v7());
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
  events: new Map(some.map((item) => [item.seq, { ...item.event, text: item.text }])),
  quarantined: new Set(quarantined),
});
const numbers = (decision: Decision) => decision.fresh.map(({ from, to }) => [from, to]);

describe('deciding on a batch', () => {
  test('everything new is stored under one receipt', async () => {
    const all = await items(3);
    const decision = decide(all, nothing, NOW, clock);
    expect(decision).toMatchObject({ events: all, quarantine: [], flags: [] });
    expect(decision.fresh).toEqual([{ from: 1, to: 3, hash: all[2]?.event.hash }]);
  });

  test('what is there already is left alone, and only the holes get receipts', async () => {
    const all = await items(5);
    const there = all.filter((item) => item.seq === 2 || item.seq === 3);
    const decision = decide(all, held(there), NOW, clock);
    expect(decision.events.map((item) => item.seq)).toEqual([1, 4, 5]);
    expect(numbers(decision)).toEqual([
      [1, 1],
      [4, 5],
    ]);
    expect(decision.flags).toEqual([]);
  });

  test('an item in quarantine counts as received and makes no link wrong', async () => {
    const all = await items(3);
    const decision = decide([all[0] as Item, junk(2), all[2] as Item], nothing, NOW, clock);
    expect(decision.events.map((item) => item.seq)).toEqual([1, 3]);
    expect(decision.quarantine).toHaveLength(1);
    expect(decision.flags).toEqual([]);
    expect(numbers(decision)).toEqual([[1, 3]]);
  });

  test('both neighbours of a filled gap are looked at', async () => {
    const mine = await items(3);
    const others = await items(3);
    const there = held([mine[0] as EventItem, mine[2] as EventItem]);
    expect(decide([mine[1] as Item], there, NOW, clock).flags).toEqual([]);
    const { flags } = decide([others[1] as Item], there, NOW, clock);
    expect(flags.map(({ seq, kind }) => [seq, kind])).toEqual([
      [2, 'brokenLink'],
      [3, 'brokenLink'],
    ]);
  });

  test('an unknown type and a clock far off are flagged, each at its limit and not before', async () => {
    const [item] = await items(1);
    if (item === undefined) throw new Error('none');
    const at = (now: number, known = true) =>
      decide([{ ...item, known }], nothing, now, clock).flags.map((flag) => flag.kind);
    expect(at(NOW + 1000)).toEqual([]);
    expect(at(NOW + 1001)).toEqual(['clock']);
    expect(at(NOW - 100)).toEqual([]);
    expect(at(NOW - 101, false)).toEqual(['unknownType', 'clock']);
  });
});
