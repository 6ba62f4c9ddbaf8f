/**
 * Postcodes as the index keeps them: a sector (`WX4 2` of `WX4 2QT`) as one number and the two last letters as another.
 * Shapes after BS 7666; whether a postcode exists is for the index to say.
 */

const FULL = /^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})$/;
const OUTWARD = /^[A-Z]{1,2}[0-9][A-Z0-9]?$/;

export interface Postcode {
  readonly outward: string;
  /** The digit after the gap. */
  readonly sector: number;
  /** The two last letters, 0 (AA) to 675 (ZZ). */
  readonly unit: number;
}

const squeeze = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

/** Reads a postcode in any spacing and case; undefined when it has not the shape of one. */
export function readPostcode(text: string): Postcode | undefined {
  const read = FULL.exec(squeeze(text));
  if (read === null) return undefined;
  const [, outward = '', sector = '', letters = ''] = read;
  return { outward, sector: Number(sector), unit: letterAt(letters, 0) * 26 + letterAt(letters, 1) };
}

/** `WX4`, as somebody says who knows only the first half; undefined when it has not the shape of one. */
export function readOutward(text: string): string | undefined {
  const outward = squeeze(text);
  return OUTWARD.test(outward) ? outward : undefined;
}

const letterAt = (text: string, at: number): number => text.charCodeAt(at) - 65;

/** `WX4 2QT` */
export const postcodeText = ({ outward, sector, unit }: Postcode): string =>
  `${outward} ${sector}${String.fromCharCode(65 + Math.floor(unit / 26), 65 + (unit % 26))}`;

const SIGNS = ' 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A number for a sector, so that all sectors of an outward code are ten numbers in a row. */
export function sectorKey(outward: string, sector: number): number {
  let key = 0;
  for (let at = 0; at < 4; at += 1) key = key * SIGNS.length + SIGNS.indexOf(outward[at] ?? ' ');
  return key * 10 + sector;
}
