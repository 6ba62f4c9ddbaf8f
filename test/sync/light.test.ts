import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightOfProfile, whereInProfile } from '../../renderer/call/save-light.ts';
import { backoffMs, DEFAULT_BACKOFF } from '../../shared/sync/backoff.ts';
import { lightOf, type SaveFacts, whereIs } from '../../shared/sync/light.ts';

const SEED = Number(process.env['LANTERN_SEED'] ?? Date.now() % 1_000_000_000);
const upTo = (max: number) => fc.integer({ min: 0, max });
const facts: fc.Arbitrary<SaveFacts> = fc
  .record({
    made: upTo(20),
    inDatabase: upTo(20),
    inJournal: upTo(20),
    acked: upTo(20),
    typing: fc.boolean(),
  })
  .chain((base) =>
    fc.record(
      {
        made: fc.constant(base.made),
        inDatabase: fc.constant(Math.min(base.inDatabase, base.made)),
        inJournal: fc.constant(Math.min(base.inJournal, base.made)),
        acked: fc.constant(Math.min(base.acked, base.made)),
        typing: fc.constant(base.typing),
        receipt: fc.constant({ n: 1, at: 1 }),
        databaseFault: fc.constant('no room'),
        journalFault: fc.constant('no disk'),
      },
      { requiredKeys: ['made', 'inDatabase', 'inJournal', 'acked', 'typing'] },
    ),
  );

describe('the save light', () => {
  it('never says more than its facts', () => {
    console.info(`light: LANTERN_SEED=${SEED}`);
    fc.assert(
      fc.property(facts, (given) => {
        const light = lightOf(given);
        const { made, inDatabase, inJournal, acked } = given;
        const here = Math.min(inDatabase, inJournal);
        if (light.kind === 'safe')
          expect([acked >= made, here >= made, given.receipt]).toEqual([true, true, { n: 1, at: 1 }]);
        if (light.kind === 'onThisPc') expect(here).toBe(made);
        if (light.kind === 'oneCopy') expect(Math.max(inDatabase, inJournal)).toBe(made);
        if (light.kind === 'empty') expect(acked).toBe(made);
        if (given.typing) expect(['safe', 'onThisPc', 'empty', 'keeping']).not.toContain(light.kind);
        for (let seq = 1; seq <= made; seq += 1) {
          const where = whereIs(seq, given);
          if (where === 'safe') expect(seq).toBeLessThanOrEqual(acked);
          if (where === 'onThisPc') expect(seq).toBeLessThanOrEqual(here);
        }
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it('calls nothing safe while an earlier stream has something unsent', () => {
    const all: SaveFacts = {
      made: 2,
      inDatabase: 2,
      inJournal: 2,
      acked: 2,
      typing: false,
      receipt: { n: 9, at: 5 },
    };
    expect(lightOfProfile(all, []).kind).toBe('safe');
    const earlier = [{ stream: 'a', last: 7, acked: 4 }];
    expect(lightOfProfile(all, earlier)).toEqual({ kind: 'onThisPc', waiting: 3 });
    expect(lightOfProfile({ ...all, acked: 1 }, earlier)).toEqual({ kind: 'onThisPc', waiting: 4 });
    const at = (stream: string, seq: number) => whereInProfile({ stream, seq } as never, 'b', all, earlier);
    expect([at('a', 4), at('a', 5), at('b', 2), at('b', 3)]).toEqual(['safe', 'onThisPc', 'safe', 'keeping']);
  });
});

describe('back-off', () => {
  it('stays within its ceiling, above what the server asked for, and never becomes a number that is none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(1e7),
        (attempt, random, floor) => {
          const ms = backoffMs(attempt, random, floor);
          expect(ms).toBeGreaterThanOrEqual(floor);
          expect(ms).toBeLessThanOrEqual(floor + DEFAULT_BACKOFF.ceilingMs);
          expect(Number.isInteger(ms)).toBe(true);
        },
      ),
      { seed: SEED },
    );
  });

  it('doubles its ceiling from try to try', () => {
    expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, 0.5))).toEqual([250, 500, 1000, 2000]);
  });
});
