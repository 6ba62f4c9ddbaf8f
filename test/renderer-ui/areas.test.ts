import { describe, expect, it } from 'vitest';
import { areaNamesOf } from '../../shared/directory/area-names.ts';
import { areaChoices, areasOf, areaTitle, placeWords } from '../../renderer/screens/derive/areas.ts';
import { sampleIndex } from '../../main/services/places.ts';
import { demonstrationDirectory } from '../../shared/directory/demonstration/directory.ts';
import { readPlace } from '../../shared/geography/read-place.ts';

const index = sampleIndex();
const { services } = demonstrationDirectory();
const { names, areaSets } = index;
const read = (text: string) => readPlace(text, index);
const NORTHMOOR = ['E06000902', 'E38000902', 'E54000901'];

describe('the areas of a place', () => {
  it('are those of its postcode, whatever was chosen before; none while nobody said or chose', () => {
    expect(areasOf(read('WX9 2AA'), 'E06000901')).toEqual(NORTHMOOR);
    expect(areasOf(read('by the old mill'), '')).toBeUndefined();
    expect(areasOf(undefined, '')).toBeUndefined();
  });

  it('are none of several that a first half lies in, until one of these is chosen', () => {
    expect(areasOf(read('WX7'), '')).toBeUndefined();
    expect(areasOf(read('WX7'), NORTHMOOR.join(' '))).toEqual(NORTHMOOR);
    // Chosen for another place: not one that this half lies in.
    expect(areasOf(read('WX7'), 'E06000777')).toBeUndefined();
  });

  it('can be chosen by hand, with all levels of them, where there is no postcode', () => {
    const choices = areaChoices(read('by the old mill'), areaSets, services, names);
    expect(choices.map(({ title }) => title)).toEqual([
      'Northmoor, Wexshire: Northmoor and the hills, Wexshire Integrated Care Board',
      'Wexcombe, Wexshire: Wexcombe and the coast, Wexshire Integrated Care Board',
    ]);
    expect(areasOf(read('by the old mill'), choices[0]?.value ?? '')).toEqual(NORTHMOOR);
  });

  it('are those of the directory, by its names, where this PC has no postcodes of them', () => {
    const called = areaNamesOf(services, {});
    expect(areaChoices(read('by the old mill'), [], services, called).map(({ title }) => title)).toEqual([
      'Northmoor',
      'Wexcombe',
      'Wexshire Integrated Care Board',
    ]);
    expect(areaTitle(['E06000777'], called)).toBe('E06000777');
  });

  it('stand by name under the field, and say what they do not tell', () => {
    expect(placeWords(read('WX4 2AB'), names, 'Invented')).toBe(
      'Postcode found: Wexcombe, Wexshire: Wexcombe and the coast, Wexshire Integrated Care Board (Invented)',
    );
    expect(placeWords(read('WX4 1ZZ'), names, 'Invented')).toContain('no longer in use');
    expect(placeWords(read('WX7'), names)).toContain('it lies in several areas');
    expect(placeWords(read('the harbour'), names)).toContain('The area can be chosen');
  });
});
