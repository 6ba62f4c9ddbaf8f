import { type GridPoint } from '../directory/service.ts';

/**
 * A GPS position (WGS 84) on the Ordnance Survey grid, to about five metres: a Helmert shift to OSGB36 and a transverse
 * Mercator projection on the Airy ellipsoid, after the Ordnance Survey's guide to coordinate systems. Good for distances
 * between a person and a door; not for surveying. Undefined outside Great Britain.
 */
export function gridOf(latitude: number, longitude: number): GridPoint | undefined {
  if (!(latitude > 49 && latitude < 61.5 && longitude > -9 && longitude < 2.5)) return undefined;
  const [lat, lon] = toAiry(radians(latitude), radians(longitude));
  const [easting, northing] = project(lat, lon);
  return { easting: Math.round(easting), northing: Math.round(northing) };
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

const WGS84 = { a: 6_378_137, b: 6_356_752.3142 };
const AIRY = { a: 6_377_563.396, b: 6_356_256.909 };
const squareOf = ({ a, b }: { a: number; b: number }): number => 1 - (b * b) / (a * a);

/** Helmert transformation WGS 84 to OSGB36: metres, parts per million, seconds of arc. */
const SHIFT = { x: -446.448, y: 125.157, z: -542.06, scale: 20.4894e-6 };
const TURN = {
  x: radians(-0.1502 / 3600),
  y: radians(-0.247 / 3600),
  z: radians(-0.8421 / 3600),
};

function toAiry(lat: number, lon: number): readonly [number, number] {
  const e2 = squareOf(WGS84);
  const nu = WGS84.a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
  const [x, y, z] = [
    nu * Math.cos(lat) * Math.cos(lon),
    nu * Math.cos(lat) * Math.sin(lon),
    (1 - e2) * nu * Math.sin(lat),
  ];
  const s = 1 + SHIFT.scale;
  const [x2, y2, z2] = [
    SHIFT.x + s * x - TURN.z * y + TURN.y * z,
    SHIFT.y + TURN.z * x + s * y - TURN.x * z,
    SHIFT.z - TURN.y * x + TURN.x * y + s * z,
  ];
  const airy2 = squareOf(AIRY);
  const p = Math.hypot(x2, y2);
  let found = Math.atan2(z2, p * (1 - airy2));
  // Converges by three digits a turn; ten are far past a millimetre.
  for (let turn = 0; turn < 10; turn += 1) {
    const airyNu = AIRY.a / Math.sqrt(1 - airy2 * Math.sin(found) ** 2);
    found = Math.atan2(z2 + airy2 * airyNu * Math.sin(found), p);
  }
  return [found, Math.atan2(y2, x2)];
}

const TRUE_ORIGIN = { lat: radians(49), lon: radians(-2), easting: 400_000, northing: -100_000 };
const SCALE = 0.9996012717;

function project(lat: number, lon: number): readonly [number, number] {
  const { a, b } = AIRY;
  const e2 = squareOf(AIRY);
  const [sin, cos, tan] = [Math.sin(lat), Math.cos(lat), Math.tan(lat)];
  const nu = (a * SCALE) / Math.sqrt(1 - e2 * sin ** 2);
  const rho = (a * SCALE * (1 - e2)) / (1 - e2 * sin ** 2) ** 1.5;
  const eta2 = nu / rho - 1;
  const meridian = arcOfMeridian(lat, b);
  const d = lon - TRUE_ORIGIN.lon;
  const t2 = tan ** 2;
  const northing =
    meridian +
    TRUE_ORIGIN.northing +
    (nu / 2) * sin * cos * d ** 2 +
    (nu / 24) * sin * cos ** 3 * (5 - t2 + 9 * eta2) * d ** 4 +
    (nu / 720) * sin * cos ** 5 * (61 - 58 * t2 + t2 ** 2) * d ** 6;
  const easting =
    TRUE_ORIGIN.easting +
    nu * cos * d +
    (nu / 6) * cos ** 3 * (nu / rho - t2) * d ** 3 +
    (nu / 120) * cos ** 5 * (5 - 18 * t2 + t2 ** 2 + 14 * eta2 - 58 * t2 * eta2) * d ** 5;
  return [easting, northing];
}

function arcOfMeridian(lat: number, b: number): number {
  const n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b);
  const [minus, plus] = [lat - TRUE_ORIGIN.lat, lat + TRUE_ORIGIN.lat];
  return (
    b *
    SCALE *
    ((1 + n + 1.25 * n ** 2 + 1.25 * n ** 3) * minus -
      (3 * n + 3 * n ** 2 + (21 / 8) * n ** 3) * Math.sin(minus) * Math.cos(plus) +
      ((15 / 8) * n ** 2 + (15 / 8) * n ** 3) * Math.sin(2 * minus) * Math.cos(2 * plus) -
      (35 / 24) * n ** 3 * Math.sin(3 * minus) * Math.cos(3 * plus))
  );
}
