import { join } from 'node:path';
import { z } from 'zod';
import { boxed } from '../../../shared/boxes/box.ts';
import { type CallId, sha256Hex, type StreamId, streamId } from '../../../shared/ids.ts';
import { joinRuns, type PurgedRun, type PurgedStream } from '../../../shared/sync/purge.ts';
import { type Clock } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { readJsonFile, setAside, writeJsonFile } from '../json-file.ts';
import { type Vault } from '../vault/vault.ts';

/**
 * `<journal>/purged.json`: which numbers of which streams were purged. Replacing it whole is what purges: from then on
 * the numbers are not read any more, and a start that finds `pending` takes out what lines of them are left. The hashes
 * of the runs' ends are in a box, because a guess at what was said could be checked by them.
 */
const file = z.strictObject({
  v: z.literal(1),
  /** Lines of these runs may still be in the files. */
  pending: z.boolean(),
  streams: z.array(
    boxed.extend({
      stream: streamId,
      runs: z.array(z.tuple([z.int().min(1), z.int().min(1)])),
    }),
  ),
});
type PurgedFile = z.infer<typeof file>;
const hashes = z.array(sha256Hex.nullable());

/** What a journal's streams have had purged, as the disk has it. */
export interface Purged {
  readonly repairs: readonly string[];
  isPending(): boolean;
  runs(stream: StreamId): readonly PurgedRun[];
  all(): readonly PurgedStream[];
  /** Resolves after the fsync: they are purged, and their lines are still to be taken out. */
  add(more: readonly PurgedStream[]): Promise<void>;
  /** Every line has been taken out. */
  done(): Promise<void>;
}

export async function openPurged(disk: Disk, folder: string, vault: Vault, clock: Clock): Promise<Purged> {
  const path = join(folder, 'purged.json');
  const read = await readJsonFile(disk, path, file);
  const repairs: string[] = [];
  if (read.kind === 'broken') {
    const aside = await setAside(disk, path, clock);
    repairs.push(`The list of what was purged here could not be read; it was kept as ${aside}.`);
  }
  const start: PurgedFile = read.kind === 'good' ? read.value : { v: 1, pending: false, streams: [] };
  let { pending } = start;
  const streams = new Map(start.streams.map((one) => [one.stream, openRuns(one, vault)]));

  async function write(next: ReadonlyMap<StreamId, readonly PurgedRun[]>, isPending: boolean): Promise<void> {
    const list = [...next].map(([stream, runs]) => closeRuns(stream, runs, vault));
    const value: PurgedFile = { v: 1, pending: isPending, streams: list };
    await writeJsonFile(disk, path, value);
  }

  return {
    repairs,
    isPending: () => pending,
    runs: (stream) => streams.get(stream) ?? [],
    all: () => [...streams].map(([stream, runs]) => ({ stream, runs: [...runs] })),
    async add(more) {
      const next = new Map(streams);
      for (const { stream, runs } of more) next.set(stream, joinRuns(next.get(stream) ?? [], runs));
      await write(next, true);
      pending = true;
      for (const [stream, runs] of next) streams.set(stream, runs);
    },
    async done() {
      await write(streams, false);
      pending = false;
    },
  };
}

/** The same for a dead profile, which is only read. */
export async function readPurged(
  disk: Disk,
  folder: string,
  vault: Pick<Vault, 'open'>,
): Promise<ReadonlyMap<StreamId, readonly PurgedRun[]> | 'broken'> {
  const read = await readJsonFile(disk, join(folder, 'purged.json'), file);
  if (read.kind === 'broken') return 'broken';
  const streams = read.kind === 'good' ? read.value.streams : [];
  return new Map(streams.map((one) => [one.stream, openRuns(one, vault)]));
}

function openRuns(
  { stream, runs, key, box }: PurgedFile['streams'][number],
  vault: Pick<Vault, 'open'>,
): readonly PurgedRun[] {
  const opened = vault.open({ key, box }, ['purged', stream]);
  const ends = opened.kind === 'open' ? hashes.safeParse(JSON.parse(opened.text)).data : undefined;
  return runs.map(([from, to], at) => {
    const hash = ends?.[at] ?? undefined;
    return hash === undefined ? { from, to } : { from, to, hash };
  });
}

function closeRuns(
  stream: StreamId,
  runs: readonly PurgedRun[],
  vault: Vault,
): PurgedFile['streams'][number] {
  const ends = JSON.stringify(runs.map(({ hash }) => hash ?? null));
  return {
    stream,
    runs: runs.map(({ from, to }): [number, number] => [from, to]),
    ...vault.seal(ends, ['purged', stream]),
  };
}

/** The streams of several calls, each stream's runs together. */
export const streamsOf = (
  calls: readonly { readonly call: CallId; readonly streams: readonly PurgedStream[] }[],
): readonly PurgedStream[] => {
  const together = new Map<StreamId, readonly PurgedRun[]>();
  for (const { stream, runs } of calls.flatMap(({ streams }) => streams))
    together.set(stream, joinRuns(together.get(stream) ?? [], runs));
  return [...together].map(([stream, runs]) => ({ stream, runs: [...runs] }));
};
