import { join } from 'node:path';
import { z } from 'zod';
import { type IdSource, streamId, type StreamId } from '../../../shared/ids.ts';
import { type Clock, utcMs } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { readJsonFile, setAside, writeJsonFile } from '../json-file.ts';

/** `<journal>/current.json`: which stream is being written, and those that were set aside. */
export const currentFile = z.strictObject({
  v: z.literal(1),
  stream: streamId,
  since: utcMs,
  previous: z.array(z.strictObject({ stream: streamId, setAsideAt: utcMs, reason: z.string() })),
});
type CurrentFile = z.infer<typeof currentFile>;

export interface CurrentStream {
  readonly stream: StreamId;
  readonly repairs: readonly string[];
  /** No stream was set aside before it: what a new or a lost profile folder has. */
  readonly isFirst: boolean;
  /** Sets this stream aside, with everything in it, and makes `next` the current one. */
  replace(next: StreamId, reason: string): Promise<CurrentStream>;
}

/**
 * Reads which stream is current, or starts the first one. Without a readable file the newest stream folder is
 * taken: ids are UUIDv7, so the newest sorts last.
 */
export async function openCurrent(
  disk: Disk,
  folder: string,
  ids: IdSource,
  clock: Clock,
): Promise<CurrentStream> {
  const path = join(folder, 'current.json');
  const repairs: string[] = [];
  const read = await readJsonFile(disk, path, currentFile);
  if (read.kind === 'good') return currentOf(read.value, repairs);
  const streams = (await disk.list(folder)).filter((name) => streamId.safeParse(name).success).toSorted();
  if (read.kind === 'broken') {
    const aside = await setAside(disk, path, clock);
    repairs.push(
      `The journal's list of streams could not be read (${read.problem.message}); kept as ${aside}.`,
    );
  }
  const newest = streams.at(-1);
  if (newest !== undefined) repairs.push('The newest stream on this computer was taken as the present one.');
  const stream = streamId.parse(newest ?? ids.next());
  const file: CurrentFile = { v: 1, stream, since: clock.now(), previous: [] };
  await writeJsonFile(disk, path, file);
  return currentOf(file, repairs);

  function currentOf(present: CurrentFile, found: readonly string[]): CurrentStream {
    return {
      stream: present.stream,
      repairs: found,
      isFirst: present.previous.length === 0,
      async replace(next, reason) {
        const now = clock.now();
        const setAsideNow = { stream: present.stream, setAsideAt: now, reason };
        const following: CurrentFile = {
          v: 1,
          stream: next,
          since: now,
          previous: [...present.previous, setAsideNow],
        };
        await writeJsonFile(disk, path, following);
        return currentOf(following, []);
      },
    };
  }
}
