import { describe, expect, it } from 'vitest';
import { clockTime, dayAndTime, londonDate, londonTime, moment } from '../../../shared/exports/london.ts';

describe('London time in exports (H24)', () => {
  it('has the hour that comes twice in October with its zone, so that the two can be told apart', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    const second = Date.UTC(2026, 9, 25, 1, 30);
    expect([clockTime(first), clockTime(second)]).toEqual(['01:30 BST', '01:30 GMT']);
    expect(moment(first)).toEqual({ utc: '2026-10-25T00:30:00.000Z', london: '2026-10-25T01:30:00+01:00' });
    expect(moment(second)).toEqual({ utc: '2026-10-25T01:30:00.000Z', london: '2026-10-25T01:30:00+00:00' });
    expect(clockTime(Date.UTC(2026, 9, 24, 23, 59))).toBe('00:59');
    expect(clockTime(Date.UTC(2026, 9, 25, 2, 0))).toBe('02:00');
  });

  it('skips the hour that is not there in March', () => {
    const before = Date.UTC(2026, 2, 29, 0, 59);
    expect([dayAndTime(before), dayAndTime(before + 60_000)]).toEqual([
      'Sun 29 Mar 2026 00:59 GMT',
      'Sun 29 Mar 2026 02:00 BST',
    ]);
  });

  it('has the date of London, which is not always that of UTC', () => {
    const at = Date.UTC(2026, 5, 30, 23, 15, 7);
    expect([londonDate(at), londonTime(at)]).toEqual(['2026-07-01', '00:15:07']);
  });
});
