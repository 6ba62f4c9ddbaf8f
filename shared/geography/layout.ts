import { z } from 'zod';

/**
 * The index file: a header of JSON, then number tables that are read where they lie, so that nothing is unpacked.
 *
 * - `LANTERNP`, u32 version, u32 bytes of header text, the header padded to a multiple of four
 * - one block for each sector, in order of key: key u32, first entry u32, base easting u32, base northing u32,
 *   first palette u32. A sector that spreads too far or lies in more than 31 sets of areas has several blocks.
 * - palette: u16 each, an index into the header's list of area sets
 * - entries: three u16 each: unit (10 bits), terminated (1 bit) and palette place (5 bits); metres east and north of
 *   the base. 65535 east means that no position is known.
 */
export const MAGIC = 'LANTERNP';
export const VERSION = 1;
export const BLOCK_WORDS = 5;
export const ENTRY_WORDS = 3;
export const NO_POSITION = 0xffff;
export const MOST_AREAS = 31;

const code = z.string().max(12);
export const indexHeader = z.strictObject({
  /** Which issue it was made from, as the builder was told: "ONSPD November 2026". */
  issue: z.string().min(1).max(200),
  /** The acknowledgements that the licence asks for, shown with the index. */
  attribution: z.array(z.string().max(300)),
  areas: z.array(z.tuple([code, code, code])).max(65_535),
  /** What each area is called, by its code; a code without a name is shown as it is. */
  names: z.record(code, z.string().max(200)).exactOptional(),
  blocks: z.int().min(0).max(4_000_000),
  palette: z.int().min(0).max(4_000_000),
  entries: z.int().min(0).max(6_000_000),
  live: z.int().min(0),
});
export type IndexHeader = z.infer<typeof indexHeader>;

/** Where the tables lie, from the bytes of the header text. */
export function tablesAt(header: IndexHeader, headerBytes: number) {
  const blocks = 16 + Math.ceil(headerBytes / 4) * 4;
  const palette = blocks + header.blocks * BLOCK_WORDS * 4;
  const entries = palette + Math.ceil(header.palette / 2) * 4;
  return { blocks, palette, entries, end: entries + header.entries * ENTRY_WORDS * 2 };
}
