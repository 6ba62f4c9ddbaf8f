import { type Problem, problemOf } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { BLOCK_WORDS, ENTRY_WORDS, indexHeader, MAGIC, NO_POSITION, tablesAt, VERSION } from './layout.ts';
import { type AreaCodes, type OutwardPlace, type PostcodePlace } from './place.ts';
import { postcodeText, readOutward, readPostcode, sectorKey } from './postcode.ts';

/** Postcodes to areas and grid positions, read where the file lies in memory. Looking up allocates next to nothing. */
export interface PostcodeIndex {
  readonly issue: string;
  readonly attribution: readonly string[];
  readonly live: number;
  readonly all: number;
  /** Every set of areas that some postcode lies in. */
  readonly areaSets: readonly AreaCodes[];
  /** What areas are called, by code, as far as whoever built it was told. */
  readonly names: Readonly<Record<string, string>>;
  /** Undefined when it has not the shape of a postcode, or the directory has none such. */
  find(postcode: string): PostcodePlace | undefined;
  findOutward(outward: string): OutwardPlace | undefined;
}

const refuse = (field: string, message: string): Result<never, Problem> =>
  err({ code: 'postcodes.unreadable', field, message });

/** Opens an index. Problem `postcodes.unreadable` names what is wrong with a file that is not one, or is cut short. */
export function openIndex(bytes: Uint8Array<ArrayBuffer>): Result<PostcodeIndex, Problem> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 16 || ascii(bytes, 0, 8) !== MAGIC)
    return refuse('(whole)', 'is not a postcode index');
  if (view.getUint32(8, true) !== VERSION) return refuse('version', 'is of another version of Lantern');
  const headerBytes = view.getUint32(12, true);
  if (16 + headerBytes > bytes.byteLength) return refuse('header', 'is cut short');
  const header = readHeader(ascii(bytes, 16, headerBytes));
  if (!header.ok) return header;
  const at = tablesAt(header.value, headerBytes);
  if (at.end !== bytes.byteLength) return refuse('(whole)', 'is cut short or has something after its end');
  // Tables are read in place; a view that does not begin on a word is copied once.
  const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const from = (offset: number): number => own.byteOffset + offset;
  const blocks = new Uint32Array(own.buffer, from(at.blocks), header.value.blocks * BLOCK_WORDS);
  const palette = new Uint16Array(own.buffer, from(at.palette), header.value.palette);
  const entries = new Uint16Array(own.buffer, from(at.entries), header.value.entries * ENTRY_WORDS);
  return ok(lookUp(header.value, blocks, palette, entries));
}

function readHeader(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('header', 'is not JSON');
  }
  const parsed = indexHeader.safeParse(value);
  return parsed.success ? ok(parsed.data) : err(problemOf('postcodes.unreadable', parsed.error));
}

function lookUp(
  header: ReturnType<typeof indexHeader.parse>,
  blocks: Uint32Array,
  palette: Uint16Array,
  entries: Uint16Array,
): PostcodeIndex {
  const word = (block: number, index: number): number => blocks[block * BLOCK_WORDS + index] ?? 0;
  // Bounded, so that a damaged file costs a wrong answer at the most and never a search without end.
  const lastEntry = (block: number): number =>
    Math.min(block + 1 < header.blocks ? word(block + 1, 1) : header.entries, header.entries);
  const unitOf = (entry: number): number => (entries[entry * ENTRY_WORDS] ?? 0) >> 6;

  const firstBlock = (key: number): number => lowest(0, header.blocks, (block) => word(block, 0) >= key);
  const areasAt = (block: number, place: number): AreaCodes => {
    const [icb = '', subIcb = '', localAuthority = ''] =
      header.areas[palette[word(block, 4) + place] ?? -1] ?? [];
    return { icb, subIcb, localAuthority };
  };
  return {
    issue: header.issue,
    attribution: header.attribution,
    live: header.live,
    all: header.entries,
    areaSets: header.areas.map(([icb, subIcb, localAuthority]) => ({ icb, subIcb, localAuthority })),
    names: header.names ?? {},
    find(text) {
      const read = readPostcode(text);
      if (read === undefined) return undefined;
      const key = sectorKey(read.outward, read.sector);
      for (let block = firstBlock(key); block < header.blocks && word(block, 0) === key; block += 1) {
        const end = lastEntry(block);
        const entry = lowest(word(block, 1), end, (each) => unitOf(each) >= read.unit);
        if (entry === end || unitOf(entry) !== read.unit) continue;
        const packed = entries[entry * ENTRY_WORDS] ?? 0;
        const east = entries[entry * ENTRY_WORDS + 1] ?? NO_POSITION;
        const north = entries[entry * ENTRY_WORDS + 2] ?? 0;
        return {
          postcode: postcodeText(read),
          terminated: (packed & 32) !== 0,
          areas: areasAt(block, packed & 31),
          ...(east === NO_POSITION
            ? {}
            : { point: { easting: word(block, 2) + east, northing: word(block, 3) + north } }),
        };
      }
      return undefined;
    },
    findOutward(text) {
      const outward = readOutward(text);
      if (outward === undefined) return undefined;
      const key = sectorKey(outward, 0);
      const found = new Map<string, AreaCodes>();
      for (let block = firstBlock(key); block < header.blocks && word(block, 0) < key + 10; block += 1) {
        for (let entry = word(block, 1); entry < lastEntry(block); entry += 1) {
          const packed = entries[entry * ENTRY_WORDS] ?? 0;
          if ((packed & 32) !== 0) continue;
          const areas = areasAt(block, packed & 31);
          found.set(`${areas.icb} ${areas.subIcb} ${areas.localAuthority}`, areas);
        }
      }
      return found.size === 0 ? undefined : { outward, areas: [...found.values()] };
    },
  };
}

/** The first number from `from` on, before `end`, for which the answer is yes; `end` when there is none. */
function lowest(from: number, end: number, isYes: (number: number) => boolean): number {
  let [low, high] = [from, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isYes(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  let text = '';
  for (let at = from; at < from + length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, Math.min(at + 8192, from + length)));
  return text;
}
