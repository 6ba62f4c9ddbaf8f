import { type AppendFile, type Disk } from '../../../main/ports/disk.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';

/** The real disk, with a size limit and failures that a test can order. */
export interface FaultyDisk extends Disk {
  /** Bytes that may still be appended before the disk is full. A write that does not fit leaves what fits. */
  room: number;
  /** Number of coming fsyncs of appended files that fail. */
  failSyncs: number;
  /** Number of coming truncations of appended files that fail. */
  failTruncates: number;
  syncs: number;
}

const failure = (code: string): Error => Object.assign(new Error(`${code}: ordered by the test`), { code });

export function faultyDisk(): FaultyDisk {
  const disk: FaultyDisk = {
    ...nodeDisk,
    room: Infinity,
    failSyncs: 0,
    failTruncates: 0,
    syncs: 0,
    async openAppend(path) {
      const file = await nodeDisk.openAppend(path);
      return wrap(file);
    },
  };

  const wrap = (file: AppendFile): AppendFile => ({
    async append(bytes) {
      const fits = bytes.subarray(0, Math.min(bytes.length, disk.room));
      disk.room -= fits.length;
      await file.append(fits);
      if (fits.length < bytes.length) throw failure('ENOSPC');
    },
    async sync() {
      disk.syncs += 1;
      if (disk.failSyncs > 0) {
        disk.failSyncs -= 1;
        throw failure('EIO');
      }
      await file.sync();
    },
    async truncate(length) {
      if (disk.failTruncates > 0) {
        disk.failTruncates -= 1;
        throw failure('EIO');
      }
      await file.truncate(length);
    },
    close: () => file.close(),
  });
  return disk;
}
