import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIndexBuilder } from '../../../shared/geography/build.ts';
import { openIndex, type PostcodeIndex } from '../../../shared/geography/index-file.ts';
import { type PostcodeRow } from '../../../shared/geography/place.ts';
import { readPostcode } from '../../../shared/geography/postcode.ts';

const about = { issue: 'Invented, November 2026', attribution: ['Invented for a test'] };
const areasOf = (number: number) => ({
  icb: `E5400${1000 + number}`,
  subIcb: `E3800${1000 + number}`,
  localAuthority: `E0600${1000 + number}`,
});

function indexOf(rows: readonly PostcodeRow[]): PostcodeIndex {
  const builder = createIndexBuilder();
  for (const row of rows) expect(builder.add(row).ok).toBe(true);
  return opened(builder.finish(about));
}
function opened(bytes: Uint8Array): PostcodeIndex {
  const index = openIndex(Uint8Array.from(bytes));
  if (!index.ok) throw new Error(`${index.error.field} ${index.error.message}`);
  return index.value;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const row: fc.Arbitrary<PostcodeRow> = fc
  .record({
    area: fc.constantFrom('WX', 'B', 'SW'),
    district: fc.integer({ min: 1, max: 3 }),
    sector: fc.integer({ min: 0, max: 9 }),
    unit: fc.integer({ min: 0, max: 675 }),
    areas: fc.integer({ min: 0, max: 40 }),
    terminated: fc.boolean(),
    point: fc.option(
      fc.record({
        easting: fc.integer({ min: 1, max: 700_000 }),
        northing: fc.integer({ min: 1, max: 1_300_000 }),
      }),
      { nil: undefined },
    ),
  })
  .map(({ area, district, sector, unit, areas, terminated, point }) => ({
    postcode: `${area}${district} ${sector}${letters[Math.floor(unit / 26)]}${letters[unit % 26]}`,
    terminated,
    areas: areasOf(areas),
    ...(point === undefined ? {} : { point }),
  }));

describe('the postcode index', () => {
  it('gives back every row that went in, whatever order they came in and however far a sector spreads', () => {
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ postcode }) => postcode, maxLength: 300 }), (rows) => {
        const index = indexOf(rows);
        for (const each of rows) expect(index.find(each.postcode)).toEqual(each);
        expect([index.all, index.live]).toEqual([
          rows.length,
          rows.filter((each) => !each.terminated).length,
        ]);
        const turned = indexOf(rows.toReversed());
        for (const each of rows) expect(turned.find(each.postcode)).toEqual(each);
      }),
    );
  });

  it('holds a sector that lies in more sets of areas than one block can name', () => {
    const rows = Array.from({ length: 100 }, (_, at): PostcodeRow => ({
      postcode: `WX4 2${letters[Math.floor(at / 26)]}${letters[at % 26]}`,
      terminated: false,
      areas: areasOf(at),
    }));
    const index = indexOf(rows);
    for (const each of rows) expect(index.find(each.postcode)).toEqual(each);
  });

  it('takes the live row where a postcode comes twice, and keeps a terminated one that stands alone, marked', () => {
    const old = { postcode: 'WX4 2QT', terminated: true, areas: areasOf(1) };
    const now = { postcode: 'wx42qt', terminated: false, areas: areasOf(2) };
    for (const rows of [
      [old, now],
      [now, old],
    ])
      expect(indexOf(rows).find('WX4 2QT')).toMatchObject({ terminated: false, areas: areasOf(2) });
    expect(indexOf([old]).find('WX4 2QT')).toMatchObject({ terminated: true, areas: areasOf(1) });
  });

  it('reads a postcode in any spacing and case, and knows none that is not there', () => {
    const index = indexOf([{ postcode: 'WX4 2QT', terminated: false, areas: areasOf(1) }]);
    for (const typed of ['wx4 2qt', 'WX42QT', ' wx4  2qt ', 'WX4-2QT'])
      expect(index.find(typed)?.postcode).toBe('WX4 2QT');
    for (const typed of ['WX4 2QS', 'WX4 3QT', 'WX5 2QT', 'WX4', '', 'somewhere', 'ZZ99 9ZZ'])
      expect(index.find(typed)).toBeUndefined();
  });

  it('answers the first half of a postcode with every set of areas its live postcodes lie in', () => {
    const index = indexOf([
      { postcode: 'WX4 2QT', terminated: false, areas: areasOf(1) },
      { postcode: 'WX4 9AA', terminated: false, areas: areasOf(2) },
      { postcode: 'WX4 9AB', terminated: true, areas: areasOf(3) },
      { postcode: 'WX40 1AA', terminated: false, areas: areasOf(4) },
    ]);
    expect(index.findOutward('wx4')).toEqual({ outward: 'WX4', areas: [areasOf(1), areasOf(2)] });
    expect(index.findOutward('WX9')).toBeUndefined();
  });

  it('refuses a row without the shape of a postcode', () => {
    const added = createIndexBuilder().add({ postcode: 'HARBOUR', terminated: false, areas: areasOf(1) });
    expect(added).toMatchObject({ ok: false, error: { code: 'postcode.unreadable' } });
  });
});

describe('an index file that is none', () => {
  const good = (() => {
    const builder = createIndexBuilder();
    builder.add({ postcode: 'WX4 2QT', terminated: false, areas: areasOf(1) });
    return builder.finish(about);
  })();

  it('is refused when it is cut short anywhere', () => {
    for (let length = 0; length < good.length; length += 1)
      expect(openIndex(good.slice(0, length)).ok).toBe(false);
    expect(openIndex(good.slice()).ok).toBe(true);
  });

  it('is refused or answers without failing when any byte of it is changed', () => {
    for (let at = 0; at < good.length; at += 1) {
      const bad = good.slice();
      bad[at] = (bad[at] ?? 0) ^ 0xff;
      const index = openIndex(bad);
      if (index.ok) {
        index.value.find('WX4 2QT');
        index.value.findOutward('WX4');
      }
    }
  });

  it('opens where it lies in a larger buffer, on a word or off it', () => {
    for (const offset of [0, 1, 2, 4]) {
      const larger = new Uint8Array(good.length + 8);
      larger.set(good, offset);
      const index = openIndex(larger.subarray(offset, offset + good.length));
      expect(index.ok && index.value.find('WX4 2QT')?.areas).toEqual(areasOf(1));
    }
  });
});

describe('postcodes as people write them', () => {
  it.each(['M1 1AE', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'W1A 1HQ', 'EC1A 1BB'])('reads %s', (text) => {
    expect(readPostcode(text)).toBeDefined();
  });
  it.each(['', 'A', '1AA 1AA', 'WX4 2Q', 'WX4 2QTT', 'WX444 2QT'])('does not read %s', (text) => {
    expect(readPostcode(text)).toBeUndefined();
  });
});
