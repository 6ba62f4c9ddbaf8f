import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { EMPTY_HEAD, type Head } from '../../../shared/events/chain.ts';
import { type Disk } from '../../ports/disk.ts';
import {
  type Entry,
  logName,
  missingRuns,
  readSeal,
  scanSegment,
  sealName,
  type SealFile,
  segmentNumbers,
  withoutLines,
} from './segment.ts';

/** One file of a stream. `entries` is there once the file has been read through. */
export interface Segment {
  readonly number: number;
  readonly from: number;
  to: number;
  hash: string;
  prev: string;
  bytes: number;
  entries: Entry[] | undefined;
  /** SHA-256 of the file: from its seal, or as found when it was read through. */
  sha?: string;
}

export interface Recovered {
  readonly segments: Segment[];
  readonly head: Head;
  /** What was found wrong, in words for a person. */
  readonly repairs: string[];
}

/**
 * Opens a stream's folder as it was left, whatever ended the last run. Sealed segments are taken at their seal's
 * word; the last one, and any without a good seal, is read through: a torn end is cut off, a damaged file is
 * copied aside before its readable lines are kept.
 */
export async function recover(disk: Disk, folder: string, stream: string): Promise<Recovered> {
  const numbers = segmentNumbers(await disk.list(folder));
  const repairs: string[] = [];
  const segments: Segment[] = [];
  let head: Head = EMPTY_HEAD;
  for (const number of numbers) {
    const isLast = number === numbers.at(-1);
    const segment =
      (isLast ? undefined : await openSealed(disk, folder, number)) ??
      (await openScanned(disk, folder, number, stream, repairs));
    if (segment.to < segment.from) {
      if (isLast)
        segments.push({ ...segment, from: head.seq + 1, to: head.seq, hash: head.hash, prev: head.hash });
      continue;
    }
    // A later file counts where two hold the same number: it was written after a write that was never confirmed.
    while ((segments.at(-1)?.from ?? 0) >= segment.from) segments.pop();
    const before = segments.at(-1);
    if (before !== undefined && before.to >= segment.from) before.to = segment.from - 1;
    const after = before?.to ?? 0;
    const runs = missingRuns(
      segment.entries ?? [{ ...segment, seq: segment.from, offset: 0, length: 0 }],
      after,
    );
    for (const [first, last] of runs) repairs.push(missing(first, last));
    segments.push(segment);
    head = { seq: segment.to, hash: segment.hash };
    if (!isLast && segment.entries !== undefined) await writeSeal(disk, folder, segment);
  }
  return { segments, head, repairs };
}

const missing = (first: number, last: number): string =>
  first === last
    ? `Event ${first} is missing from this computer's journal.`
    : `Events ${first} to ${last} are missing from this computer's journal.`;

async function openSealed(disk: Disk, folder: string, number: number): Promise<Segment | undefined> {
  const size = await disk.size(join(folder, logName(number)));
  const seal = readSeal(await disk.read(join(folder, sealName(number))), size ?? 0);
  if (seal === undefined) return undefined;
  const { from, to, hash, prev, bytes, sha } = seal;
  return { number, from, to, hash, prev, bytes, sha, entries: undefined };
}

/** Reads one segment through and mends its file. */
export async function openScanned(
  disk: Disk,
  folder: string,
  number: number,
  stream: string,
  repairs: string[],
): Promise<Segment> {
  const path = join(folder, logName(number));
  const bytes = (await disk.read(path)) ?? new Uint8Array();
  const scan = scanSegment(bytes, stream);
  const tail = bytes.length - scan.goodBytes;
  if (scan.damaged.length > 0 || scan.tailLines > 0) {
    const aside = await copyAside(disk, folder, number);
    const lines = scan.damaged.length + scan.tailLines;
    repairs.push(`Journal file ${logName(number)} had ${lines} damaged line(s); it was copied to ${aside}.`);
  } else if (tail > 0) {
    repairs.push(
      `A half-written line of ${tail} bytes at the end of journal file ${logName(number)} was cut off.`,
    );
  }
  if (scan.damaged.length > 0) {
    const kept = withoutLines(bytes.subarray(0, scan.goodBytes), scan.damaged);
    await disk.replace(path, kept);
    return segmentOf(number, kept, [...scanSegment(kept, stream).entries]);
  }
  if (tail > 0) await disk.truncate(path, scan.goodBytes);
  return segmentOf(number, bytes.subarray(0, scan.goodBytes), [...scan.entries]);
}

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function segmentOf(number: number, file: Uint8Array, entries: Entry[]): Segment {
  const first = entries[0];
  const last = entries.at(-1);
  return {
    number,
    from: first?.seq ?? 1,
    to: last?.seq ?? 0,
    hash: last?.hash ?? EMPTY_HEAD.hash,
    prev: first?.prev ?? EMPTY_HEAD.hash,
    bytes: file.length,
    sha: shaOf(file),
    entries,
  };
}

/** A name nothing has yet: an earlier copy is never written over. */
async function copyAside(disk: Disk, folder: string, number: number): Promise<string> {
  const taken = new Set(await disk.list(folder));
  let name = `${logName(number)}.damaged`;
  for (let copy = 2; taken.has(name); copy++) name = `${logName(number)}.damaged-${copy}`;
  await disk.copy(join(folder, logName(number)), join(folder, name));
  return name;
}

/** Writes down what a full segment holds. */
export async function writeSeal(disk: Disk, folder: string, segment: Segment): Promise<void> {
  const bytes = await disk.readRange(join(folder, logName(segment.number)), 0, segment.bytes);
  const { from, to, prev, hash } = segment;
  const seal: SealFile = { v: 1, from, to, prev, hash, bytes: segment.bytes, sha: shaOf(bytes) };
  segment.sha = seal.sha;
  await disk.replace(join(folder, sealName(segment.number)), Buffer.from(`${JSON.stringify(seal)}\n`));
}
