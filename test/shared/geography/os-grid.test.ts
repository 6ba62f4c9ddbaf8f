import { describe, expect, it } from 'vitest';
import { gridOf } from '../../../shared/geography/os-grid.ts';

describe('a GPS position on the Ordnance Survey grid', () => {
  // Both positions of each are published: the Ordnance Survey guide's worked example, and the Royal Observatory.
  it.each([
    ['Caister water tower', 52.657979, 1.716052, 651_410, 313_177],
    ['Greenwich meridian at the observatory', 51.477811, -0.001475, 538_885, 177_322],
  ])(
    '%s lies within ten metres of its published reference',
    (_name, latitude, longitude, easting, northing) => {
      const point = gridOf(latitude, longitude);
      expect(Math.hypot((point?.easting ?? 0) - easting, (point?.northing ?? 0) - northing)).toBeLessThan(10);
    },
  );

  it('keeps distances: a hundredth of a degree of latitude is about 1,112 metres anywhere in England', () => {
    for (const [latitude, longitude] of [
      [50.1, -5.5],
      [51.5, 0],
      [54.9, -2.9],
    ] as const) {
      const [a, b] = [gridOf(latitude, longitude), gridOf(latitude + 0.01, longitude)];
      const metres = Math.hypot(
        (a?.easting ?? 0) - (b?.easting ?? 0),
        (a?.northing ?? 0) - (b?.northing ?? 0),
      );
      expect(metres).toBeGreaterThan(1_105);
      expect(metres).toBeLessThan(1_118);
    }
  });

  it('knows no place outside Great Britain, nor one that is no place', () => {
    expect(gridOf(48.8, 2.3)).toBeUndefined();
    expect(gridOf(0, 0)).toBeUndefined();
    expect(gridOf(Number.NaN, 0)).toBeUndefined();
  });
});
