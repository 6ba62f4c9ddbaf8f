import { join } from 'node:path';
import { z } from 'zod';
import { callId, type CallId, streamId } from '../../../shared/ids.ts';
import { utcMs } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { decodeLines, encodeLine } from '../lines.ts';

/**
 * `<journal>/purge-log.lines`: which calls were purged from this PC, one line for a call, append-only. It names nobody and
 * holds nothing that was said. A line is written before its call is purged: one that a crash left without its purge is
 * followed by another when the call is purged after all.
 */
const entry = z.strictObject({
  /** When, by the hub's clock. */
  at: utcMs,
  call: callId,
  events: z.int().min(1),
  streams: z.array(
    z.strictObject({ stream: streamId, runs: z.array(z.tuple([z.int().min(1), z.int().min(1)])) }),
  ),
  /** The policy that asked for it: days after the last entry. */
  afterDays: z.number().positive(),
});
export type PurgeEntry = z.infer<typeof entry>;

/** A copy that a repair had set aside, by its place in the profile. */
const asideEntry = z.strictObject({
  at: utcMs,
  aside: z.string().min(1).max(200),
  afterDays: z.number().positive(),
});
export type AsideEntry = z.infer<typeof asideEntry>;

const pathOf = (folder: string): string => join(folder, 'purge-log.lines');
const LINE_FEED = 0x0a;

/** Resolves after the fsync. */
export async function appendPurgeLog(
  disk: Disk,
  folder: string,
  entries: readonly (PurgeEntry | AsideEntry)[],
): Promise<void> {
  const path = pathOf(folder);
  const size = (await disk.size(path)) ?? 0;
  const last = size === 0 ? undefined : (await disk.readRange(path, size - 1, 1))[0];
  // Half a line of a run that was killed is ended, so that the next one is whole.
  const lead = last === undefined || last === LINE_FEED ? [] : [Buffer.from('\n')];
  const log = await disk.openAppend(path);
  try {
    await log.append(Buffer.concat([...lead, ...entries.map((one) => encodeLine(one))]));
    await log.sync();
  } finally {
    await log.close();
  }
}

/** Oldest first. Lines that cannot be read are counted. */
export async function readPurgeLog(
  disk: Disk,
  folder: string,
): Promise<{
  readonly entries: readonly PurgeEntry[];
  readonly asides: readonly AsideEntry[];
  readonly unread: number;
}> {
  const lines = decodeLines((await disk.read(pathOf(folder))) ?? new Uint8Array());
  const entries = lines.flatMap(({ value }) => entry.safeParse(value).data ?? []);
  const asides = lines.flatMap(({ value }) => asideEntry.safeParse(value).data ?? []);
  return { entries, asides, unread: lines.length - entries.length - asides.length };
}

/** Every call that the log names. */
export const purgedCalls = async (disk: Disk, folder: string): Promise<ReadonlySet<CallId>> =>
  new Set((await readPurgeLog(disk, folder)).entries.map(({ call }) => call));
