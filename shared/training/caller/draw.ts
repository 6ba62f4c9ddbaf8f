/** One number in [0, 1) from a seed and how many were drawn before (splitmix32): the same in every run and on every machine. */
export function drawn(seed: number, index: number): number {
  let mixed = (seed + Math.imul(index + 1, 0x9e3779b9)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
}

const MS_PER_WORD = 380;
const BREATH_MS = 500;

/** About how long a sentence takes to say. */
export const speakingMs = (text: string): number =>
  BREATH_MS + text.split(' ').filter((word) => word !== '').length * MS_PER_WORD;
