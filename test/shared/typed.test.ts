import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, isolated, readTyped, readTypedLine, visible } from '../../shared/typed.ts';

/** Text as it may be pasted: plain, Arabic and Hebrew, emoji, combining marks, marks of direction, control characters, halves. */
const part = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\0',
    '\u001B[31m',
    '\u202E',
    '\u2066',
    '\u2069',
    '\uFEFF',
    '\uD83D',
    '\uDE00',
    '\r\n',
    '\u2028',
  ),
  fc.constantFrom('👩🏽‍⚕️', 'e\u0301', '🇬🇧', 'سلام', 'שלום', 'Ysgol Gŵyr'),
);
const pasted = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));

describe('what is typed or pasted', () => {
  it('loses nothing that can be seen, and says how many characters it lost that cannot', () => {
    fc.assert(
      fc.property(pasted, (raw) => {
        const { text, removed } = readTyped(raw);
        expect(readTyped(text)).toEqual({ text, removed: 0 });
        expect(visible(text)).toBe(text);
        expect(text.isWellFormed()).toBe(true);
        const ends = raw.replaceAll('\r\n', '\n');
        expect(Array.from(text).length + removed).toBe(Array.from(ends).length);
      }),
    );
  });

  it('keeps words apart where a box of one line has no place for the line end between them', () => {
    expect(readTypedLine('12 Mill Lane\r\nWexford\n\nWX1').text).toBe('12 Mill Lane Wexford WX1');
    fc.assert(
      fc.property(pasted, (raw) => {
        expect(readTypedLine(raw).text).not.toContain('\n');
      }),
    );
  });

  it('leaves emoji, combining marks, Welsh, Arabic and Hebrew as they are', () => {
    for (const text of ['👩🏽‍⚕️ ok', 'e\u0301', 'Ysgol Gŵyr', 'سلام 12', 'שלום', 'tab\there'])
      expect(readTyped(text)).toEqual({ text, removed: 0 });
  });

  it('shows an override that is on record already by its number', () => {
    expect(visible('safe\u202Eefasnu')).toBe('safe⟨U+202E⟩efasnu');
  });
});

describe('a text among others', () => {
  it('closes every direction that it opens, whatever is in it', () => {
    fc.assert(
      fc.property(pasted, (raw) => {
        const once = isolated(raw);
        let depth = 0;
        for (const mark of Array.from(once)) {
          expect(mark).not.toMatch(/[\u202A-\u202E\u2066\u2067]/u);
          if (mark === '\u2068') depth += 1;
          if (mark === '\u2069') depth -= 1;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
        expect(isolated(once)).toBe(once);
        const line = `by ${once}, ${isolated('سلام')}`;
        expect(isolated(line)).toBe(line);
      }),
    );
  });

  it('is isolated when it is written from right to left, and is as it was when it is not', () => {
    expect(isolated('سلام')).toBe('\u2068سلام\u2069');
    expect(isolated('Maya, 34')).toBe('Maya, 34');
  });
});

describe('cutting a text', () => {
  it('gives a beginning of it, no longer than asked, that ends where a reader sees an end', () => {
    fc.assert(
      fc.property(pasted, fc.nat(40), (raw, most) => {
        const cut = cutText(raw, most);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(raw.startsWith(cut)).toBe(true);
        const ends = [...new Intl.Segmenter('en-GB').segment(raw)].map(
          ({ index, segment }) => index + segment.length,
        );
        expect([0, ...ends]).toContain(cut.length);
      }),
    );
  });
});
