import { type Output } from '../../shared/bridge/contract.ts';
import { type Fault } from '../../shared/bridge/frames.ts';
import { createIndexBuilder } from '../../shared/geography/build.ts';
import { openIndex, type PostcodeIndex } from '../../shared/geography/index-file.ts';
import { readPlace } from '../../shared/geography/read-place.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Disk } from '../ports/disk.ts';
import { causeOf, type Log } from '../ports/log.ts';
import sample from './wexshire-postcodes.json' with { type: 'json' };

/** Looks places up. The postcodes are read when the first place is asked for, and stay in memory. */
export interface Places {
  find(text: string): Promise<Result<Output<'place.find'>, Fault>>;
  areas(): Promise<Result<Output<'place.areas'>, Fault>>;
}

/**
 * `path`: an index made by `npm run postcodes`; without one, or when it cannot be read, the invented county's own few. Which
 * of them it is stands in the answer's `issue`.
 */
export function createPlaces({
  path,
  disk,
  log,
}: {
  path?: string | undefined;
  disk: Disk;
  log: Log;
}): Places {
  let opening: Promise<PostcodeIndex> | undefined;
  async function open(): Promise<PostcodeIndex> {
    if (path === undefined) return sampleIndex();
    const refused = (field: string, message: string): PostcodeIndex => {
      log.warn({ code: 'postcodes.unreadable', field, message });
      return sampleIndex();
    };
    try {
      const bytes = await disk.read(path);
      if (bytes === undefined) return refused('LANTERN_POSTCODES', 'is not there');
      const index = openIndex(Uint8Array.from(bytes));
      return index.ok ? index.value : refused(index.error.field, index.error.message);
    } catch (error) {
      return refused('LANTERN_POSTCODES', `cannot be read (${causeOf(error)})`);
    }
  }
  return {
    async find(text) {
      const index = await (opening ??= open());
      const { issue, attribution } = index;
      const found = readPlace(text, index);
      const sets = found.kind === 'none' ? [] : found.kind === 'postcode' ? [found.areas] : found.areas;
      const names = Object.fromEntries(
        sets
          .flatMap((set) => Object.values(set))
          .flatMap((code) => (index.names[code] === undefined ? [] : [[code, index.names[code]] as const])),
      );
      return ok({ found, names, issue, attribution: [...attribution] });
    },
    async areas() {
      const { areaSets, names } = await (opening ??= open());
      return ok({ areas: [...areaSets], names: { ...names } });
    },
  };
}

export function sampleIndex(): PostcodeIndex {
  const builder = createIndexBuilder();
  const { issue, attribution, areas, names, postcodes } = sample;
  for (const { postcode, area, easting, northing, terminated } of postcodes) {
    const [icb = '', subIcb = '', localAuthority = ''] = areas[area] ?? [];
    const point = { easting, northing };
    builder.add({ postcode, terminated, areas: { icb, subIcb, localAuthority }, point });
  }
  const index = openIndex(
    Uint8Array.from(builder.finish({ issue, attribution, names: new Map(Object.entries(names)) })),
  );
  if (!index.ok) throw new Error('the invented postcodes make no index');
  return index.value;
}
