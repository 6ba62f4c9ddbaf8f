import { fieldOf, whereText } from '../call/facts.ts';
import { eventsOf, type Picture } from '../call/picture.ts';
import { type Content } from '../content/schema.ts';
import { type AreaNames } from '../directory/area-names.ts';
import { type PostcodeIndex } from '../geography/index-file.ts';
import { codesOf } from '../geography/place.ts';
import { readPlace } from '../geography/read-place.ts';

/** What is known of areas beside the call: postcodes, where the hub has them, and names by ONS code. */
export interface AreaBook {
  readonly postcodes: PostcodeIndex | undefined;
  readonly names: AreaNames;
}

/**
 * The area a call belongs to, for counts alone: of where the person was, else of where they live; by the postcode that was
 * said, else by the area a service was looked up in. Undefined when nobody said either: never guessed.
 */
export function callArea(picture: Picture, content: Content, book: AreaBook): string | undefined {
  const looked = eventsOf(picture, 'service.checked').findLast(({ data }) => data.areas !== undefined);
  const code =
    ofWords(whereText(picture, content), book) ??
    looked?.data.areas?.now ??
    ofWords(fieldOf(picture, 'N6', 'home') ?? '', book) ??
    looked?.data.areas?.home;
  return code === undefined ? undefined : (book.names[code] ?? code);
}

/** The most local area of the postcode in somebody's words, or of its first half where that lies in one area alone. */
function ofWords(text: string, { postcodes }: AreaBook): string | undefined {
  if (postcodes === undefined || text === '') return undefined;
  const found = readPlace(text, postcodes);
  if (found.kind === 'postcode') return codesOf(found.areas)[0];
  const all = new Set(found.kind === 'outward' ? found.areas.map((set) => codesOf(set)[0]) : []);
  return all.size === 1 ? [...all][0] : undefined;
}
