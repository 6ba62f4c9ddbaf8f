import { type PlaceFound } from '../bridge/directory.ts';
import { type PostcodeIndex } from './index-file.ts';

const FULL = /\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b/gi;
const OUTWARD = /\b[A-Z]{1,2}[0-9][A-Z0-9]?\b/gi;

/**
 * The place in somebody's words: the first postcode among them that is known, else the first half of one. Words
 * without either are a landmark that only a person can place.
 */
export function readPlace(text: string, index: PostcodeIndex): PlaceFound {
  for (const [candidate] of text.matchAll(FULL)) {
    const found = index.find(candidate);
    if (found !== undefined) return { kind: 'postcode', ...found };
  }
  for (const [candidate] of text.matchAll(OUTWARD)) {
    const found = index.findOutward(candidate);
    if (found !== undefined) return { kind: 'outward', outward: found.outward, areas: [...found.areas] };
  }
  return { kind: 'none' };
}
