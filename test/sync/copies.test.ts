import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { cutBatch, unbroken } from '../../renderer/sync/batch.ts';
import { judgeHub } from '../../renderer/sync/judge-hub.ts';
import { EMPTY_HEAD, type Head } from '../../shared/events/chain.ts';
import { type Envelope } from '../../shared/events/event.ts';
import { streamId } from '../../shared/ids.ts';
import { decideStream, mergeCopies, reconcile } from '../../shared/sync/reconcile.ts';
import { headOf, makeEvents } from '../main/support/events.ts';

const SEED = Number(process.env['LANTERN_SEED'] ?? Date.now() % 1_000_000_000);
const stream = streamId.parse(v7());
const at = (seq: number, hash: string): Head => ({ seq, hash });

describe('reconcile', () => {
  it('copies to whichever is shorter, and sees a fork wherever it is', () => {
    expect(reconcile(EMPTY_HEAD, EMPTY_HEAD, undefined)).toEqual({ kind: 'agree' });
    expect(reconcile(at(3, 'a'), at(3, 'a'), 'a')).toEqual({ kind: 'agree' });
    expect(reconcile(at(3, 'a'), at(3, 'b'), undefined)).toEqual({ kind: 'forked', at: 3 });
    expect(reconcile(EMPTY_HEAD, at(3, 'b'), undefined)).toEqual({ kind: 'copyToDatabase', after: 0 });
    expect(reconcile(at(5, 'e'), at(3, 'c'), 'c')).toEqual({ kind: 'copyToJournal', after: 3 });
    expect(reconcile(at(5, 'e'), at(3, 'c'), 'x')).toEqual({ kind: 'forked', at: 3 });
    expect(reconcile(at(3, 'c'), at(5, 'e'), undefined)).toEqual({ kind: 'forked', at: 3 });
  });

  it('merges two copies of one stream into their union, and lists what they disagree on', async () => {
    const all = await makeEvents(stream, 12);
    const other = await makeEvents(stream, 12, undefined, 'other');
    fc.assert(
      fc.property(fc.subarray(all), fc.subarray(all), fc.subarray(other), (first, second, foreign) => {
        const same = mergeCopies(first, second);
        expect(same.conflicts).toEqual([]);
        expect(new Set(same.events)).toEqual(new Set([...first, ...second]));
        expect(same.events.map(({ seq }) => seq)).toEqual(
          same.events.map(({ seq }) => seq).toSorted((a, b) => a - b),
        );
        const different = mergeCopies(first, foreign);
        const both = first.filter(({ seq }) => foreign.some((event) => event.seq === seq));
        expect(different.conflicts).toEqual(both.map(({ seq }) => seq));
        for (const event of first) expect(different.events).toContain(event);
      }),
      { seed: SEED },
    );
  });
});

describe('the hub against what is here', () => {
  it('starts a new stream when the hub has more, or another event, under our numbers', () => {
    const hub = (acked: number, hash: string | null) => ({ stream, acked, hash });
    expect(decideStream(at(3, 'c'), hub(4, 'd'))).toBe('startNew');
    expect(decideStream(at(3, 'c'), hub(3, 'x'))).toBe('startNew');
    expect(decideStream(at(3, 'c'), hub(3, null))).toBe('continue');
    expect(decideStream(at(3, 'c'), hub(2, 'b'))).toBe('continue');
    expect(decideStream(EMPTY_HEAD, hub(0, null))).toBe('continue');
  });

  it('judges by numbers and hashes alone', () => {
    const hub = (acked: number, hash: string | null) => ({ stream, acked, hash });
    expect(judgeHub(5, 3, hub(6, 'f'), undefined)).toEqual({ kind: 'forked' });
    expect(judgeHub(5, 3, hub(4, 'x'), 'd')).toEqual({ kind: 'forked' });
    expect(judgeHub(5, 3, hub(3, 'c'), 'c')).toEqual({ kind: 'agrees' });
    expect(judgeHub(5, 0, hub(5, 'e'), 'e')).toEqual({ kind: 'hasMore', acked: 4 });
    expect(judgeHub(5, 3, hub(2, 'b'), 'b')).toEqual({ kind: 'hasLess', acked: 2 });
    // Nothing proved: send from where we were.
    expect(judgeHub(5, 0, hub(5, null), 'e')).toEqual({ kind: 'agrees' });
    expect(judgeHub(5, 0, hub(5, 'e'), undefined)).toEqual({ kind: 'agrees' });
  });
});

describe('a batch', () => {
  it('fits its limit in bytes, keeps the order, and is never empty', async () => {
    const events = await makeEvents(stream, 20, EMPTY_HEAD, 'é'.repeat(300));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), (limit) => {
        const batch = cutBatch(events, limit);
        expect(batch).toEqual(events.slice(0, batch.length));
        expect(batch.length).toBeGreaterThan(0);
        if (batch.length > 1) expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(limit);
      }),
      { seed: SEED },
    );
  });

  it('ends before the first hole', async () => {
    const events = await makeEvents(stream, 5);
    expect(unbroken(0, events)).toEqual(events);
    expect(unbroken(1, events.slice(1))).toEqual(events.slice(1));
    expect(unbroken(0, events.slice(1))).toEqual([]);
    expect(unbroken(0, [events[0], events[2]] as Envelope[])).toEqual([events[0]]);
    expect(headOf(events).seq).toBe(5);
  });
});
