import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type PurgedRun, unpurged } from '../../../shared/sync/purge.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf } from '../../ports/log.ts';
import { type Vault } from '../vault/vault.ts';
import { openLine } from './event-line.ts';
import { damagedBox } from './seal-plain.ts';
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

/** A stream's folder, and what opens and closes its boxes. */
export interface StreamFiles {
  readonly disk: Disk;
  readonly folder: string;
  readonly stream: string;
  readonly vault: Vault;
  /** Numbers of this stream that were purged: they are not missing. */
  readonly purged: () => readonly PurgedRun[];
}

/** One file of a stream. `entries` is there once the file has been read through. */
export interface Segment {
  readonly number: number;
  readonly from: number;
  to: number;
  bytes: number;
  entries: Entry[] | undefined;
  /** The file holds lines beyond `to`, whose numbers a later file confirmed. */
  hasStale?: boolean;
  /** SHA-256 of the file: from its seal, or as found when it was read through. */
  sha?: string;
}

export interface Recovered {
  readonly segments: Segment[];
  /** An older Lantern left readable lines, or copies of damaged files, in this folder. */
  readonly hasPlain: boolean;
  /** What was found wrong, in words for a person. */
  readonly repairs: string[];
}

/**
 * Opens a stream's folder as it was left, whatever ended the last run. Sealed segments are taken at their seal's
 * word; the last one, and any without a good seal, is read through: a torn end is cut off, a damaged file is
 * copied aside before its readable lines are kept.
 */
export async function recover(files: StreamFiles): Promise<Recovered> {
  const { disk, folder } = files;
  const names = await disk.list(folder);
  const numbers = segmentNumbers(names);
  let hasPlain = names.some((name) => name.includes('.log.damaged'));
  const repairs: string[] = [];
  const segments: Segment[] = [];
  let end = 0;
  for (const number of numbers) {
    const isLast = number === numbers.at(-1);
    let segment = isLast ? undefined : await openSealed(disk, folder, number);
    if (segment === undefined) {
      segment = await openScanned(files, number, repairs);
      await putOnDisk(disk, join(folder, logName(number)), segment.bytes);
    }
    if (segment.to < segment.from) {
      if (isLast) segments.push({ ...segment, from: end + 1, to: end });
      continue;
    }
    // A later file counts where two hold the same number: it was written after a write that was never confirmed.
    while ((segments.at(-1)?.from ?? 0) >= segment.from) segments.pop();
    const before = segments.at(-1);
    if (before !== undefined && before.to >= segment.from) {
      before.to = segment.from - 1;
      before.hasStale = true;
    }
    const after = before?.to ?? 0;
    const runs = missingRuns(segment.entries ?? [{ seq: segment.from }], after);
    for (const [first, last] of unpurged(runs, files.purged())) repairs.push(missing(first, last));
    segments.push(segment);
    end = segment.to;
    const isPlain = segment.entries?.some(({ key }) => key === undefined) === true;
    hasPlain ||= isPlain;
    // A seal says that the file holds boxes alone.
    if (!isLast && segment.entries !== undefined && !isPlain) await tryToSeal(disk, folder, segment);
  }
  return { segments, repairs, hasPlain };
}

/** A seal saves time at the next start. A disk without room for one is no reason not to open the journal. */
async function tryToSeal(disk: Disk, folder: string, segment: Segment): Promise<void> {
  try {
    await writeSeal(disk, folder, segment);
  } catch (error) {
    if (causeOf(error) !== 'ENOSPC') throw error;
  }
}

const missing = (first: number, last: number): string =>
  first === last
    ? `Event ${first} is missing from this computer's journal.`
    : `Events ${first} to ${last} are missing from this computer's journal.`;

async function openSealed(disk: Disk, folder: string, number: number): Promise<Segment | undefined> {
  const size = await disk.size(join(folder, logName(number)));
  const seal = readSeal(await disk.read(join(folder, sealName(number))), size ?? 0);
  if (seal === undefined) return undefined;
  const { from, to, bytes, sha } = seal;
  return { number, from, to, bytes, sha, entries: undefined };
}

/** Reads one segment through and mends its file. */
export async function openScanned(files: StreamFiles, number: number, repairs: string[]): Promise<Segment> {
  const { disk, folder, stream, vault } = files;
  const isSound = (value: unknown): boolean => openLine(vault, value).kind !== 'broken';
  const path = join(folder, logName(number));
  const bytes = (await disk.read(path)) ?? new Uint8Array();
  const scan = scanSegment(bytes, stream, isSound);
  const tail = bytes.length - scan.goodBytes;
  if (scan.damaged.length > 0 || scan.tailLines > 0) {
    const aside = await copyAside(files, number, bytes);
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
    return segmentOf(number, kept, [...scanSegment(kept, stream, isSound).entries]);
  }
  if (tail > 0) await disk.truncate(path, scan.goodBytes);
  return segmentOf(number, bytes.subarray(0, scan.goodBytes), [...scan.entries]);
}

/**
 * Lines that a killed run left may be in the system's cache alone, and after a failed fsync no later one writes them.
 * They are about to be called kept, so they are written anew; without room for that an fsync is the most there is.
 */
async function putOnDisk(disk: Disk, path: string, length: number): Promise<void> {
  if (length === 0) return;
  try {
    await disk.replace(path, await disk.readRange(path, 0, length));
  } catch (error) {
    if (causeOf(error) !== 'ENOSPC') throw error;
    const file = await disk.openAppend(path);
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function segmentOf(number: number, file: Uint8Array, entries: Entry[]): Segment {
  const first = entries[0];
  const last = entries.at(-1);
  return {
    number,
    from: first?.seq ?? 1,
    to: last?.seq ?? 0,
    bytes: file.length,
    sha: shaOf(file),
    entries,
  };
}

/** In a box, under a name nothing has yet: an earlier copy is never written over. */
async function copyAside(files: StreamFiles, number: number, bytes: Uint8Array): Promise<string> {
  const { disk, folder, vault } = files;
  const taken = new Set(await disk.list(folder));
  let name = `${logName(number)}.damaged`;
  for (let copy = 2; taken.has(name); copy++) name = `${logName(number)}.damaged-${copy}`;
  await disk.replace(join(folder, name), damagedBox(bytes, name, vault));
  return name;
}

/** Writes down what a full segment holds. */
export async function writeSeal(disk: Disk, folder: string, segment: Segment): Promise<void> {
  const bytes = await disk.readRange(join(folder, logName(segment.number)), 0, segment.bytes);
  const { from, to } = segment;
  const seal: SealFile = { v: 2, from, to, bytes: segment.bytes, sha: shaOf(bytes) };
  segment.sha = seal.sha;
  await disk.replace(join(folder, sealName(segment.number)), Buffer.from(`${JSON.stringify(seal)}\n`));
}
