import { describe, expect, it } from 'vitest';
import { sampleIndex } from '../../../main/services/places.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { type AreaBook, callArea } from '../../../shared/exports/call-area.ts';
import { answer, answered, content, fits, offered, run } from '../../support/call-builder.ts';

const postcodes = sampleIndex();
const book: AreaBook = { postcodes, names: postcodes.names };
const areaOf = (happenings: readonly Happening[], known = book) =>
  callArea(run([offered, answered, ...happenings]).snapshot.context.picture, content, known);
const where = (place: string) => answer('O3', 'given', { place });
const looked = (areas: object): Happening => {
  const happening = fits('crisisAlternative', 'Harbour');
  return { ...happening, data: { ...happening.data, areas } } as Happening;
};

describe('the area of a call', () => {
  it('is that of the postcode among the words of where they are, by name', () => {
    expect(areaOf([where('On the quay, WX4 2AB')])).toBe('Wexcombe');
    expect(areaOf([answer('O3', 'given', { place: 'A barn', postcode: 'wx92aa' })])).toBe('Northmoor');
  });

  it('is that of a first half only where it lies in one area', () => {
    expect(areaOf([where('somewhere in WX4')])).toBe('Wexcombe');
    expect(areaOf([where('somewhere in WX7')])).toBeUndefined();
  });

  it('is the one chosen by hand where no postcode is known, and of home only where nobody knows where they are', () => {
    expect(areaOf([where('By the old mill'), looked({ now: 'E06000902', gp: 'E06000901' })])).toBe(
      'Northmoor',
    );
    expect(areaOf([answer('N6', 'given', { home: 'WX9 2AA' })])).toBe('Northmoor');
    expect(areaOf([where('WX4 2AB'), answer('N6', 'given', { home: 'WX9 2AA' })])).toBe('Wexcombe');
    expect(areaOf([looked({ home: 'E06000902' })])).toBe('Northmoor');
  });

  it('is nobody’s guess: none without a word of it, and a code where there is no name', () => {
    expect(areaOf([])).toBeUndefined();
    expect(areaOf([answer('O3', 'declined'), answer('N6', 'notKnown')])).toBeUndefined();
    const nameless = { postcodes: undefined, names: {} };
    expect(areaOf([where('WX4 2AB')], nameless)).toBeUndefined();
    expect(areaOf([looked({ now: 'E06000902' })], nameless)).toBe('E06000902');
  });
});
