import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateText, dayNumber, londonTime, utcOf, weekday } from '../../shared/london.ts';

const HOUR = 3_600_000;
const platform = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function byPlatform(at: number): string {
  const part = Object.fromEntries(platform.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part['weekday']} ${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}`;
}
function byUs(at: number): string {
  const { day, minute } = londonTime(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${NAMES[weekday(day)]} ${dateText(day)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

describe('London time', () => {
  it('is what the platform’s time-zone data says, every hour of thirty years', () => {
    const differing: string[] = [];
    for (let at = Date.UTC(2015, 0, 1); at < Date.UTC(2045, 0, 1); at += HOUR)
      if (byUs(at) !== byPlatform(at)) differing.push(new Date(at).toISOString());
    expect(differing).toEqual([]);
  }, 60_000);

  it('goes back to the same moment, except in the hour that clocks show twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 366 * 24 * 60 }), (minutes) => {
        const at = Date.UTC(2000, 0, 1) + minutes * 60_000;
        const { day, minute } = londonTime(at);
        expect([utcOf(day, minute, 'first'), utcOf(day, minute, 'last')]).toContain(at);
      }),
    );
  });

  it('tells the two 01:30s of October apart, and puts the 01:30 that March skips at the jump', () => {
    const october = dayNumber('2026-10-25') ?? 0;
    expect(utcOf(october, 90, 'first')).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(utcOf(october, 90, 'last')).toBe(Date.UTC(2026, 9, 25, 1, 30));
    const march = dayNumber('2026-03-29') ?? 0;
    expect(utcOf(march, 90, 'first')).toBe(Date.UTC(2026, 2, 29, 1));
    expect(utcOf(march, 90, 'last')).toBe(Date.UTC(2026, 2, 29, 1));
    expect(utcOf(march, 24 * 60, 'first')).toBe(Date.UTC(2026, 2, 29, 23));
  });

  it('knows a day that does not exist', () => {
    expect(dayNumber('2026-02-29')).toBeUndefined();
    expect(dayNumber('2026-13-01')).toBeUndefined();
    expect(dayNumber('junk')).toBeUndefined();
    expect(dayNumber('2028-02-29')).toBe(Date.UTC(2028, 1, 29) / 86_400_000);
  });
});
