import { type GridPoint } from './service.ts';

/** Metres in a straight line between two grid positions. */
export const straightLine = (a: GridPoint, b: GridPoint): number =>
  Math.round(Math.hypot(a.easting - b.easting, a.northing - b.northing));

/** Real ways are longer than straight lines, and nobody in distress walks fast: metres a minute along the line. */
const METRES_A_MINUTE = { foot: 55, road: 330 } as const;

/** How long a way may take, in ms, from its straight line alone. Whoever shows it says that it is an estimate. */
export const estimatedMs = (metres: number, by: keyof typeof METRES_A_MINUTE): number =>
  Math.ceil(metres / METRES_A_MINUTE[by]) * 60_000;
