import { type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import {
  BLOCK_WORDS,
  ENTRY_WORDS,
  type IndexHeader,
  MAGIC,
  MOST_AREAS,
  NO_POSITION,
  tablesAt,
  VERSION,
} from './layout.ts';
import { type AreaCodes, type PostcodeRow } from './place.ts';
import { readPostcode, sectorKey } from './postcode.ts';

/** Takes rows in any order and makes the index of them. Where a postcode comes twice, a live row counts. */
export interface IndexBuilder {
  /** Problem `postcode.unreadable` when it has not the shape of a postcode; nothing is kept then. */
  add(row: PostcodeRow): Result<void, Problem>;
  readonly count: number;
  finish(about: {
    readonly issue: string;
    readonly attribution: readonly string[];
    /** By code. Of others than the areas that were added nothing is kept. */
    readonly names?: ReadonlyMap<string, string>;
  }): Uint8Array;
}

interface Entry {
  readonly unit: number;
  readonly terminated: boolean;
  readonly areas: number;
  /** Negative: not known. */
  readonly easting: number;
  readonly northing: number;
}
interface Block {
  readonly key: number;
  readonly east: number;
  readonly north: number;
  readonly areas: readonly number[];
  readonly entries: readonly Entry[];
}

export function createIndexBuilder(): IndexBuilder {
  const sectors = new Map<number, Map<number, Entry>>();
  const areaNumbers = new Map<string, number>();
  let count = 0;
  const numberOf = ({ icb, subIcb, localAuthority }: AreaCodes): number => {
    const text = JSON.stringify([icb, subIcb, localAuthority]);
    const known = areaNumbers.get(text) ?? areaNumbers.size;
    areaNumbers.set(text, known);
    return known;
  };
  return {
    add({ postcode, terminated, areas, point }) {
      const read = readPostcode(postcode);
      if (read === undefined)
        return err({
          code: 'postcode.unreadable',
          field: 'pcds',
          message: 'has not the shape of a postcode',
        });
      const key = sectorKey(read.outward, read.sector);
      const units = sectors.get(key) ?? new Map<number, Entry>();
      sectors.set(key, units);
      const before = units.get(read.unit);
      if (before !== undefined && !before.terminated) return ok(undefined);
      if (before === undefined) count += 1;
      units.set(read.unit, {
        unit: read.unit,
        terminated,
        areas: numberOf(areas),
        easting: point?.easting ?? -1,
        northing: point?.northing ?? -1,
      });
      return ok(undefined);
    },
    get count() {
      return count;
    },
    finish({ issue, attribution, names = new Map() }) {
      const blocks = [...sectors.entries()]
        .toSorted(([a], [b]) => a - b)
        .flatMap(([key, units]) =>
          blocksOf(
            key,
            [...units.values()].toSorted((a, b) => a.unit - b.unit),
          ),
        );
      const entries = blocks.flatMap((block) => block.entries);
      const areas = [...areaNumbers.keys()].map((text) => JSON.parse(text) as [string, string, string]);
      return write(blocks, {
        issue,
        attribution: [...attribution],
        areas,
        names: namesOf(new Set(areas.flat()), names),
        blocks: blocks.length,
        palette: blocks.reduce((sum, block) => sum + block.areas.length, 0),
        entries: entries.length,
        live: entries.filter((entry) => !entry.terminated).length,
      });
    },
  };
}

const namesOf = (codes: ReadonlySet<string>, names: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...names].filter(([code]) => codes.has(code)));

/** A sector as blocks, each small enough for its numbers: a few areas, all close together. Almost every sector is one. */
function blocksOf(key: number, entries: readonly Entry[]): readonly Block[] {
  const blocks: Block[] = [];
  let taken: Entry[] = [];
  let extent = NOWHERE;
  let areas = new Set<number>();
  const close = (): void => {
    const [east, north] = extent.isEmpty ? [0, 0] : [extent.west, extent.south];
    blocks.push({ key, east, north, areas: [...areas], entries: taken });
    [taken, extent, areas] = [[], NOWHERE, new Set()];
  };
  for (const entry of entries) {
    const isNewArea = !areas.has(entry.areas);
    if ((isNewArea && areas.size === MOST_AREAS) || isTooWide(around(extent, entry))) close();
    taken.push(entry);
    areas.add(entry.areas);
    extent = around(extent, entry);
  }
  if (taken.length > 0) close();
  return blocks;
}

interface Extent {
  readonly isEmpty: boolean;
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}
const NOWHERE: Extent = { isEmpty: true, west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };

function around(extent: Extent, { easting, northing }: Entry): Extent {
  if (easting < 0) return extent;
  return {
    isEmpty: false,
    west: Math.min(extent.west, easting),
    east: Math.max(extent.east, easting),
    south: Math.min(extent.south, northing),
    north: Math.max(extent.north, northing),
  };
}

const isTooWide = ({ isEmpty, west, east, south, north }: Extent): boolean =>
  !isEmpty && (east - west >= NO_POSITION || north - south >= NO_POSITION);

function write(blocks: readonly Block[], header: IndexHeader): Uint8Array {
  const text = utf8(JSON.stringify(header));
  const at = tablesAt(header, text.length);
  const bytes = new Uint8Array(at.end);
  const view = new DataView(bytes.buffer);
  bytes.set(utf8(MAGIC), 0);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, text.length, true);
  bytes.set(text, 16);
  let [entryNumber, paletteNumber] = [0, 0];
  for (const [number, block] of blocks.entries()) {
    const words = [block.key, entryNumber, block.east, block.north, paletteNumber];
    words.forEach((word, index) =>
      view.setUint32(at.blocks + (number * BLOCK_WORDS + index) * 4, word, true),
    );
    block.areas.forEach((area, index) =>
      view.setUint16(at.palette + (paletteNumber + index) * 2, area, true),
    );
    for (const entry of block.entries) {
      const place = at.entries + entryNumber * ENTRY_WORDS * 2;
      const isPlaced = entry.easting >= 0;
      const packed = (entry.unit << 6) | (Number(entry.terminated) << 5) | block.areas.indexOf(entry.areas);
      view.setUint16(place, packed, true);
      view.setUint16(place + 2, isPlaced ? entry.easting - block.east : NO_POSITION, true);
      view.setUint16(place + 4, isPlaced ? entry.northing - block.north : 0, true);
      entryNumber += 1;
    }
    paletteNumber += block.areas.length;
  }
  return bytes;
}

/** The header is our own JSON with everything outside ASCII escaped, so that a byte is a character. */
function utf8(text: string): Uint8Array {
  const escaped = text.replaceAll(
    /[\u0080-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Uint8Array.from(escaped, (sign) => sign.charCodeAt(0));
}
