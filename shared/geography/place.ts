import { type GridPoint } from '../directory/service.ts';

/** The areas one postcode lies in, as ONS (GSS) codes. Empty where the directory names none. */
export interface AreaCodes {
  readonly icb: string;
  readonly subIcb: string;
  readonly localAuthority: string;
}

/** The codes that are known, the most local one first. */
export const codesOf = ({ localAuthority, subIcb, icb }: AreaCodes): readonly string[] =>
  [localAuthority, subIcb, icb].filter((code) => code !== '');

/** One row of a postcode directory as far as the desk needs it. */
export interface PostcodeRow {
  readonly postcode: string;
  /** Royal Mail no longer delivers by it. People still say it. */
  readonly terminated: boolean;
  readonly areas: AreaCodes;
  readonly point?: GridPoint;
}

/** What the index knows about a postcode. */
export interface PostcodePlace {
  /** As it is written: `WX4 2QT`. */
  readonly postcode: string;
  readonly terminated: boolean;
  readonly areas: AreaCodes;
  readonly point?: GridPoint;
}

/** What the index knows about the first half of one. */
export interface OutwardPlace {
  readonly outward: string;
  /** Every set of areas that live postcodes of it lie in: often more than one, and then nobody can say which. */
  readonly areas: readonly AreaCodes[];
}
