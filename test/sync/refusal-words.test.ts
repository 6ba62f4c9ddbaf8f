import { expect, test } from 'vitest';
import { clockWords, refusalWords } from '../../shared/sync/refusal-words.ts';

test.each(['hub.notEnrolled', 'hub.revoked', 'hub.enrolmentEnded', 'hub.refused'])(
  '%s says what is safe and what to do',
  (code) => {
    const words = refusalWords({ code, field: '(whole)', message: 'the hub’s own words' });
    expect(words).toContain('Everything is kept on this PC');
    expect(words).toMatch(/Ask IT|Tell IT/);
  },
);

test.each([
  [0, undefined],
  [20_000, undefined],
  [60_000, '1 minute slow'],
  [-90 * 60_000, '90 minutes fast'],
  [3 * 3_600_000, '3 hours slow'],
])('a clock that is off by %i ms', (off, words) => {
  if (words === undefined) expect(clockWords(off)).toBeUndefined();
  else expect(clockWords(off)).toContain(words);
});
