import { type Disk } from '../../main/ports/disk.ts';

/** A disk in memory, for two thousand desks' small identity files. Only whole files are ever asked of it. */
export function memoryDisk(): Disk {
  const files = new Map<string, Uint8Array>();
  const not = (what: string) => (): never => {
    throw new Error(`${what} is not needed of this disk`);
  };
  return {
    makeFolder: () => Promise.resolve(),
    list: () => Promise.resolve([...files.keys()]),
    read: (path) => Promise.resolve(files.get(path)),
    size: (path) => Promise.resolve(files.get(path)?.length),
    replace: (path, bytes) => Promise.resolve(void files.set(path, bytes)),
    writtenAt: not('the time of writing'),
    remove: not('deleting'),
    readRange: not('a range'),
    openAppend: not('appending'),
    copy: not('copying'),
    rename: not('renaming'),
    truncate: not('truncating'),
  };
}
