import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSearch } from '../../renderer/screens/start/read-search.ts';

const NOW = Date.UTC(2026, 10, 25, 9);
const day = (from: number, to: number) => ({ by: 'day', from, to });

describe('looking for an earlier call', () => {
  it('reads a day as London’s day, in winter and in summer', () => {
    expect(readSearch('24/11/2026', NOW)).toEqual(day(Date.UTC(2026, 10, 24), Date.UTC(2026, 10, 25)));
    expect(readSearch('1/7/2026', NOW)).toEqual(day(Date.UTC(2026, 5, 30, 23), Date.UTC(2026, 6, 1, 23)));
  });

  it('takes the days of 23 and 25 hours whole', () => {
    expect(readSearch('29/03/2026', NOW)).toEqual(day(Date.UTC(2026, 2, 29), Date.UTC(2026, 2, 29, 23)));
    expect(readSearch('25/10/2026', NOW)).toEqual(day(Date.UTC(2026, 9, 24, 23), Date.UTC(2026, 9, 26)));
  });

  it('takes a day without a year as the last one there was', () => {
    expect(readSearch('25/11', NOW)).toEqual(day(Date.UTC(2026, 10, 25), Date.UTC(2026, 10, 26)));
    expect(readSearch('26/11', NOW)).toEqual(day(Date.UTC(2025, 10, 26), Date.UTC(2025, 10, 27)));
  });

  it('knows today and yesterday', () => {
    expect(readSearch(' Today ', NOW)).toEqual(readSearch('25/11/2026', NOW));
    expect(readSearch('yesterday', NOW)).toEqual(readSearch('24/11/2026', NOW));
  });

  it('reads part of a call’s number, and nothing else', () => {
    expect(readSearch('019AB2F0-00', NOW)).toEqual({ by: 'number', part: '019ab2f0-00' });
    for (const text of ['', 'abc', '31/02/2026', '0/0', '99/99/2026', 'Nadia', '12345'])
      expect(readSearch(text, NOW), text).toBeUndefined();
  });

  it('never fails, and every day it reads has 23 to 25 hours', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(14), fc.integer({ min: 1990, max: 2100 }), (d, m, y) => {
        const found = readSearch(`${d}/${m}/${y}`, NOW);
        if (found?.by !== 'day') return;
        expect((found.to - found.from) / 3_600_000).toBeGreaterThanOrEqual(23);
        expect((found.to - found.from) / 3_600_000).toBeLessThanOrEqual(25);
      }),
    );
  });
});
