import { type PlaceFound } from '../../../shared/bridge/directory.ts';
import { type Areas } from '../../../shared/directory/asking.ts';
import { type AreaNames } from '../../../shared/directory/area-names.ts';
import { type DirectoryService } from '../../../shared/directory/service.ts';
import { type AreaCodes, codesOf } from '../../../shared/geography/place.ts';

/** An area as somebody chooses it: `value` holds its codes, the most local one first. */
export interface AreaChoice {
  readonly value: string;
  readonly title: string;
}

const valueOf = (codes: readonly string[]): string => codes.join(' ');

export const areaTitle = (codes: readonly string[], names: AreaNames): string =>
  [...new Set(codes.map((code) => names[code] ?? code))].join(', ');

/** A place's areas: of its postcode, or as they were chosen by hand. A first half that lies in several is none of them. */
export function areasOf(found: PlaceFound | undefined, chosen: string): Areas {
  const settled = settledAreas(found);
  if (settled !== undefined) return settled;
  if (chosen === '') return undefined;
  const isAmong = found?.kind !== 'outward' || found.areas.some((set) => valueOf(codesOf(set)) === chosen);
  return isAmong ? chosen.split(' ') : undefined;
}

/** The areas that the words alone say; undefined where somebody has to choose. */
export function settledAreas(found: PlaceFound | undefined): Areas {
  if (found?.kind === 'postcode') return known(codesOf(found.areas));
  if (found?.kind !== 'outward' || found.areas.length !== 1) return undefined;
  const [only] = found.areas;
  return only === undefined ? undefined : known(codesOf(only));
}
const known = (codes: readonly string[]): Areas => (codes.length === 0 ? undefined : codes);

/**
 * What there is to choose from by hand: the areas a first half lies in, else every area of the postcodes on this PC and
 * every other that a service of the directory goes by. By name.
 */
export function areaChoices(
  found: PlaceFound | undefined,
  all: readonly AreaCodes[],
  services: readonly DirectoryService[],
  names: AreaNames,
): readonly AreaChoice[] {
  const sets = (found?.kind === 'outward' ? found.areas : all).map(codesOf);
  const inSets = new Set(sets.flat());
  const others = services.flatMap(({ eligibility: { areas } }) =>
    areas === undefined || areas === 'anywhere' ? [] : areas.filter((code) => !inSets.has(code)),
  );
  const alone = found?.kind === 'outward' ? [] : [...new Set(others)].map((code) => [code]);
  return [...sets, ...alone]
    .map((codes) => ({ value: valueOf(codes), title: areaTitle(codes, names) }))
    .toSorted((a, b) => a.title.localeCompare(b.title, 'en-GB'));
}

/** How somebody's words about a place were read, for the line under its field. */
export function placeWords(found: PlaceFound | undefined, names: AreaNames, issue = ''): string {
  const area = areaTitle(settledAreas(found) ?? [], names);
  switch (found?.kind) {
    case 'postcode':
      return `Postcode found${found.terminated ? ', no longer in use' : ''}: ${area === '' ? 'its area is not known' : area} (${issue})`;
    case 'outward':
      return `First half of a postcode: ${area === '' ? 'it lies in several areas' : area}. No distance`;
    case 'none':
    case undefined:
      return 'No postcode in it: no distance. The area can be chosen';
  }
}
