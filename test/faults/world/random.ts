/** Numbers in [0, 1) that depend on the seed alone (splitmix32, public domain). */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** Sixteen bytes for an id. */
export const bytesFrom = (random: Random): Uint8Array =>
  Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256));

/** Both ends included. */
export const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

export function oneOf<T>(random: Random, choices: readonly [T, ...(readonly T[])]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}
