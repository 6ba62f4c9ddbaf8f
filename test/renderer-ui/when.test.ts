import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWhen } from '../../renderer/screens/wording/when.ts';

/** Wednesday 25 November 2026, 15:45 in London. */
const NOW = Date.UTC(2026, 10, 25, 15, 45);
const at = (text: string): unknown => readWhen(text, NOW);

describe('a typed time that is still to come', () => {
  it('says the day it is read as, so that a time just gone is seen to be tomorrow', () => {
    expect(at('15:30')).toMatchObject({ reading: 'tomorrow 15:30 (in 23 h 45 min)' });
    expect(at('1945')).toMatchObject({ reading: 'today 19:45 (in 4 h 0 min)' });
  });

  it('refuses a day that is over instead of taking it for next year’s', () => {
    expect(at('24/11 09:00')).toEqual({ fault: 'That day is over. Write a time that is still to come.' });
    expect(at('25/11 09:00')).toMatchObject({
      fault: expect.stringContaining('That time is over') as string,
    });
    expect(at('26/11 09:00')).toMatchObject({ reading: 'tomorrow 09:00 (in 17 h 15 min)' });
    expect(at('31/03 09:00')).toHaveProperty('at');
  });

  it('names what is no time, and takes no time for none', () => {
    for (const text of ['soon', '24 Nov', '19h', '٣:٠٠']) expect(at(text)).toHaveProperty('fault');
    for (const text of ['25:99', '31/02 09:00', '00/00 09:00']) expect(at(text)).toHaveProperty('fault');
    expect(at('  ')).toEqual({ nothing: true });
  });

  it('never reads anything as a time that is over', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(?:[0-3]?\d\/[01]?\d )?[0-2]?\d[:.]?[0-5]\d$/u), (text) => {
        const when = readWhen(text, NOW);
        if ('at' in when) expect(when.at).toBeGreaterThan(NOW);
      }),
      { numRuns: 40 },
    );
  });
});
