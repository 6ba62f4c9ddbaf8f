import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv, csvCell } from '../../../shared/exports/csv/csv.ts';

describe('a CSV file', () => {
  it.each(['=1+1', '+44', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('makes %j plain text', (text) => {
    expect(csvCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('leaves numbers numbers, and an absent value empty rather than nought', () => {
    expect([csvCell(-3), csvCell(0), csvCell(undefined), csvCell('')]).toEqual(['-3', '0', '', '']);
  });

  it('quotes commas, quotes and line ends, and ends each line with CRLF', () => {
    expect(csv(['a', 'b'], [{ a: 'x, "y"', b: 'two\nlines' }, { b: 1 }])).toBe(
      'a,b\r\n"x, ""y""","two\nlines"\r\n,1\r\n',
    );
  });

  it('never starts a cell with what a spreadsheet would run, and every text can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cell = csvCell(text);
        const inner = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(inner).not.toMatch(/^[=+\-@\t\r]/);
        expect([text, `'${text}`]).toContain(inner);
      }),
    );
  });
});
