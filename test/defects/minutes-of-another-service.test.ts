import { expect, it } from 'vitest';
import { joinSaid, minutesFault, saidTravel } from '../../renderer/screens/derive/said-minutes.ts';

// The minutes typed for each service were joined with a bar: a bar in one box moved those of every service behind it, so
// that a service counted as reached before it closes by a time that was said for another.
it('a bar in the minutes of one service never gives its minutes to another', () => {
  const joined = joinSaid(['10|20', '', ' 45 ']);
  expect([...saidTravel(['cafe', 'haven', 'house'], joined)]).toEqual([['house', 45 * 60_000]]);
});

it.each(['about ten', '-5', '5000', '10|20', '١٢', '1e2'])(
  'minutes written as %j are said not to count, beside the box',
  (text) => {
    expect(minutesFault(text)).toContain('Not counted');
    expect(saidTravel(['cafe'], joinSaid([text])).size).toBe(0);
  },
);

it.each(['', '  ', '0', '45', '999'])('minutes written as %j need no words', (text) => {
  expect(minutesFault(text)).toBeUndefined();
});
