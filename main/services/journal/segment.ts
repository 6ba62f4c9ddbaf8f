import { z } from 'zod';
import { type KeyId } from '../../../shared/boxes/box.ts';
import { sha256Hex } from '../../../shared/ids.ts';
import { decodeLines, type Line } from '../lines.ts';
import { placeOf } from './event-line.ts';

/** Where one event lies in a segment file, and under which key. */
export interface Entry {
  readonly seq: number;
  readonly key: KeyId | undefined;
  readonly offset: number;
  readonly length: number;
}

export interface SegmentScan {
  /** Every readable event, in order of seq. Where a number was written twice, the later line counts. */
  readonly entries: readonly Entry[];
  /** End of the last readable line: what follows is the torn tail. */
  readonly goodBytes: number;
  /** Complete but damaged lines in the tail: more than a torn write leaves. */
  readonly tailLines: number;
  /** Damaged lines with readable ones after them. */
  readonly damaged: readonly Line[];
}

/**
 * Reads a whole segment of `stream`. Damage is described, never thrown. `isSound` looks into a line; it is asked only
 * at the end of the file, where the head comes from: a box further up is looked into when it is read.
 */
export function scanSegment(
  bytes: Uint8Array,
  stream: string,
  isSound: (value: unknown) => boolean,
): SegmentScan {
  const lines = decodeLines(bytes).map((line) => ({ line, place: placeOf(line.value) }));
  const isGood = ({ line, place }: (typeof lines)[number]): boolean =>
    place?.stream === stream && isSound(line.value);
  const lastGood = lines.findLastIndex(isGood);
  const entries: Entry[] = [];
  const damaged: Line[] = [];
  for (const { line, place } of lines.slice(0, lastGood + 1)) {
    if (place?.stream !== stream) {
      damaged.push(line);
      continue;
    }
    const { seq, key } = place;
    while ((entries.at(-1)?.seq ?? 0) >= seq) entries.pop();
    entries.push({ seq, key, offset: line.offset, length: line.length });
  }
  const last = lines[lastGood]?.line;
  const goodBytes = last === undefined ? 0 : last.offset + last.length;
  const tail = lines.slice(lastGood + 1);
  const tailLines = tail.filter(({ line }) => bytes[line.offset + line.length - 1] === LINE_FEED).length;
  return { entries, goodBytes, tailLines, damaged };
}

const LINE_FEED = 0x0a;

/** The numbers between `after` and the entries, and between entries, that no line holds: [first, last] each. */
export function missingRuns(entries: readonly Pick<Entry, 'seq'>[], after: number): [number, number][] {
  const runs: [number, number][] = [];
  let expected = after + 1;
  for (const { seq } of entries) {
    if (seq > expected) runs.push([expected, seq - 1]);
    expected = seq + 1;
  }
  return runs;
}

/** `bytes` without the damaged lines. */
export function withoutLines(bytes: Uint8Array, damaged: readonly Line[]): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const { offset, length } of damaged) {
    kept.push(bytes.subarray(from, offset));
    from = offset + length;
  }
  return Buffer.concat([...kept, bytes.subarray(from)]);
}

/**
 * Written beside a full segment, so that a start need not read it again. Version 1 held two events' hashes, by which
 * a guess at what was said could be checked: such a seal is not trusted any more, and is replaced.
 */
export const sealFile = z.strictObject({
  v: z.literal(2),
  from: z.int().min(1),
  to: z.int().min(1),
  bytes: z.int().min(1),
  sha: sha256Hex,
});
export type SealFile = z.infer<typeof sealFile>;

/** The seal in these bytes, if it is whole and speaks of a segment of this size. */
export function readSeal(bytes: Uint8Array | undefined, size: number): SealFile | undefined {
  if (bytes === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // A seal is a shortcut: without one the segment is read in full, which finds out everything again.
    return undefined;
  }
  const parsed = sealFile.safeParse(value);
  return parsed.success && parsed.data.bytes === size ? parsed.data : undefined;
}

export const logName = (number: number): string => `${String(number).padStart(8, '0')}.log`;
export const sealName = (number: number): string => `${String(number).padStart(8, '0')}.seal`;

/** Numbers of the segments among a folder's names, in order. */
export function segmentNumbers(names: readonly string[]): number[] {
  return names
    .filter((name) => /^\d{8}\.log$/.test(name))
    .map((name) => Number(name.slice(0, 8)))
    .toSorted((a, b) => a - b);
}
