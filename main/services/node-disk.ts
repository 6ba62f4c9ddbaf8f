import { constants } from 'node:fs';
import {
  copyFile,
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type AppendFile, type Disk } from '../ports/disk.ts';

/** The real disk. Files are 0600 and folders 0700: what a caller said is on them. */
export const nodeDisk: Disk = {
  async makeFolder(path) {
    // Only the folder itself is private: one above it may be shared with the hub's database user.
    const above = await mkdir(dirname(resolve(path)), { recursive: true });
    const made = above ?? (await mkdir(path, { recursive: true, mode: 0o700 }));
    if (above !== undefined) await mkdir(path, { recursive: true, mode: 0o700 });
    if (made === undefined) return;
    // Each new folder's name is in the folder above it, up to the first one that was already there.
    for (let folder = resolve(path); folder.length >= made.length; folder = dirname(folder)) {
      await syncFolder(dirname(folder));
    }
  },
  list: (path) => orMissing(readdir(path), []),
  read: (path) => orMissing<Uint8Array | undefined>(readFile(path), undefined),
  size: (path) =>
    orMissing<number | undefined>(
      stat(path).then(({ size }) => size),
      undefined,
    ),
  writtenAt: (path) =>
    orMissing<number | undefined>(
      stat(path).then(({ mtimeMs }) => mtimeMs),
      undefined,
    ),

  async readRange(path, from, length) {
    const file = await open(path, 'r');
    try {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await file.read(bytes, filled, length - filled, from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    } finally {
      await file.close();
    }
  },

  async openAppend(path) {
    const isNew = (await nodeDisk.size(path)) === undefined;
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o600);
    if (isNew) await syncFolder(dirname(path));
    return appendFile(file);
  },

  async replace(path, bytes) {
    const temporary = `${path}.new`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  },

  async copy(from, to) {
    await copyFile(from, to);
    await syncFile(to);
    await syncFolder(dirname(to));
  },
  async rename(from, to) {
    await rename(from, to);
    await syncFolder(dirname(to));
  },
  async remove(path) {
    await unlink(path);
    await syncFolder(dirname(path));
  },
  async truncate(path, length) {
    const file = await open(path, 'r+');
    try {
      await file.truncate(length);
      await file.sync();
    } finally {
      await file.close();
    }
  },
};

function appendFile(file: FileHandle): AppendFile {
  return {
    async append(bytes) {
      let written = 0;
      while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten;
    },
    sync: () => file.datasync(),
    truncate: (length) => file.truncate(length),
    close: () => file.close(),
  };
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A file's name is only on the disk once its folder is. Windows cannot open a folder, and needs no such call. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function orMissing<T>(reading: Promise<T>, missing: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return missing;
    throw error;
  }
}
