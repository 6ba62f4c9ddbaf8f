import { dirname } from 'node:path';
import { type AppendFile, type Disk } from '../../../main/ports/disk.ts';
import { type Clock, type Timers } from '../../../shared/time.ts';
import { type SimulatedFile, simulatedFile } from './file.ts';
import { type Life } from './life.ts';

/** A PC's disk: files in memory with a platter below them, a size, and failures that the schedule orders. */
export interface SimulatedDisk {
  /** The disk as one process has it. */
  as(life: Life, timers: Timers, clock: Clock): Disk;
  readonly files: Map<string, SimulatedFile>;
  /** Bytes that may still be written. A write that does not fit leaves what fits, and fails. */
  room: number;
  /** So many coming syncs fail. */
  failSyncs: number;
  /** So many coming writes fail, half done. */
  failWrites: number;
  /** Every operation takes so long (ms). */
  slowMs: number;
  losePower(torn: number): void;
}

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** What a planted bug changes of how the disk is used. */
export interface DiskHabits {
  readonly syncFile?: (file: SimulatedFile) => void;
  readonly replacesByDeleting?: boolean;
}

export function simulatedDisk(habits: DiskHabits = {}): SimulatedDisk {
  const syncFile = habits.syncFile ?? ((file: SimulatedFile) => file.sync());
  const files = new Map<string, SimulatedFile>();
  const folders = new Set<string>();
  const written = new Map<string, number>();

  function write(file: SimulatedFile, bytes: Uint8Array): void {
    const broken = disk.failWrites > 0;
    if (broken) disk.failWrites -= 1;
    const fits = Math.min(broken ? Math.floor(bytes.length / 2) : bytes.length, disk.room);
    disk.room -= fits;
    file.append(bytes.subarray(0, fits));
    if (fits < bytes.length) throw failure(broken ? 'EIO' : 'ENOSPC');
  }

  function sync(file: SimulatedFile): void {
    if (disk.failSyncs === 0) return syncFile(file);
    disk.failSyncs -= 1;
    file.failSync();
    throw failure('EIO');
  }

  /** A whole new file, or the old one: it is written beside, synced and renamed. */
  function replace(path: string, bytes: Uint8Array): void {
    const beside = simulatedFile();
    write(beside, bytes);
    sync(beside);
    beside.sync();
    files.set(path, beside);
  }

  const found = (path: string): SimulatedFile => {
    const file = files.get(path);
    if (file === undefined) throw failure('ENOENT');
    return file;
  };

  const disk: SimulatedDisk = {
    files,
    room: Infinity,
    failSyncs: 0,
    failWrites: 0,
    slowMs: 0,
    losePower(torn) {
      for (const file of files.values()) file.losePower(torn);
    },
    as(life, timers, clock) {
      const slowly = (): Promise<void> | undefined =>
        disk.slowMs === 0 ? undefined : new Promise((resolve) => timers.after(disk.slowMs, resolve));
      const doing = <T>(work: () => T): Promise<T> =>
        life.through(async () => {
          const wait = slowly();
          if (wait !== undefined) await wait;
          return work();
        });
      const appendFile = (file: SimulatedFile): AppendFile => ({
        append: (bytes) => doing(() => write(file, bytes)),
        sync: () => doing(() => sync(file)),
        truncate: (length) => doing(() => file.truncate(length)),
        close: () => Promise.resolve(),
      });
      return {
        makeFolder: (path) => doing(() => void folders.add(path)),
        list: (path) => doing(() => namesIn(path, [...files.keys(), ...folders])),
        read: (path) => doing(() => files.get(path)?.bytes()),
        readRange: (path, from, length) =>
          doing(() =>
            found(path)
              .bytes()
              .subarray(from, from + length),
          ),
        size: (path) => doing(() => files.get(path)?.bytes().length),
        openAppend: (path) =>
          doing(() => {
            const file = files.get(path) ?? simulatedFile();
            files.set(path, file);
            return appendFile(file);
          }),
        async replace(path, bytes) {
          if (habits.replacesByDeleting === true) await doing(() => files.delete(path));
          await doing(() => {
            replace(path, bytes);
            written.set(path, clock.now());
          });
        },
        // Only of files that are written whole is it ever asked.
        writtenAt: (path) => doing(() => (files.has(path) ? written.get(path) : undefined)),
        remove: (path) => doing(() => void files.delete(path)),
        copy: (from, to) =>
          doing(() => {
            files.set(to, found(from).copy());
            written.set(to, clock.now());
          }),
        rename: (from, to) =>
          doing(() => {
            files.set(to, found(from));
            files.delete(from);
          }),
        truncate: (path, length) =>
          doing(() => {
            const file = found(path);
            file.truncate(length);
            sync(file);
          }),
      };
    },
  };
  return disk;
}

function namesIn(folder: string, paths: readonly string[]): string[] {
  const names = new Set<string>();
  for (let path of paths) {
    for (; path.startsWith(`${folder}/`); path = dirname(path))
      if (dirname(path) === folder) names.add(path.slice(folder.length + 1));
  }
  return [...names];
}
