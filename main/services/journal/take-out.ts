import { join } from 'node:path';
import { isPurged, type PurgedRun } from '../../../shared/sync/purge.ts';
import { decodeLines } from '../lines.ts';
import { openLine, placeOf } from './event-line.ts';
import { type Segment, type StreamFiles, writeSeal } from './recover.ts';
import { logName, scanSegment } from './segment.ts';

/**
 * Writes a closed file anew without the lines of purged numbers (written beside, fsynced, renamed), and seals it. Every
 * other line stays byte for byte. Answers the file as it is then, or undefined when it held none of them. A crash leaves
 * the old file or the new one; the old seal does not fit the new file and is not trusted.
 */
export async function takeOut(
  files: StreamFiles,
  number: number,
  segment: Segment | undefined,
  purged: readonly PurgedRun[],
): Promise<Segment | undefined> {
  const { disk, folder, stream, vault } = files;
  const path = join(folder, logName(number));
  const bytes = (await disk.read(path)) ?? new Uint8Array();
  const lines = decodeLines(bytes);
  const stays = lines.filter(({ value }) => {
    const place = placeOf(value);
    return place?.stream !== stream || !isPurged(purged, place.seq);
  });
  if (stays.length === lines.length) return undefined;
  const kept = Buffer.concat(stays.map(({ offset, length }) => bytes.subarray(offset, offset + length)));
  await disk.replace(path, kept);
  const scan = scanSegment(kept, stream, (value) => openLine(vault, value).kind !== 'broken');
  const last = segment?.to ?? 0;
  const entries = scan.entries.filter(({ seq }) => seq <= last);
  const first = entries[0];
  const left: Segment = {
    number,
    from: first?.seq ?? 1,
    to: entries.at(-1)?.seq ?? 0,
    bytes: kept.length,
    entries,
    ...(segment?.hasStale === true ? { hasStale: true } : {}),
  };
  // A seal says that all of the file is sound and counts.
  const isSound = scan.goodBytes === kept.length && scan.damaged.length === 0;
  if (first === undefined || !isSound || segment?.hasStale === true) return left;
  await writeSeal(disk, folder, left);
  return { ...left, entries: undefined };
}
