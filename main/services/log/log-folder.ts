import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { appendFile, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogFolder } from '../../../shared/log/file-log.ts';
import { nodeDisk } from '../node-disk.ts';

/** A real folder, for this user alone; it is made with the first line. */
export function nodeLogFolder(folder: string): LogFolder {
  const path = (name: string): string => join(folder, name);
  return {
    async files() {
      await nodeDisk.makeFolder(folder);
      const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
      return Promise.all(names.map(async (name) => ({ name, bytes: await sizeOf(path(name)) })));
    },
    append: (name, text) => appendFile(path(name), text, { mode: 0o600 }),
    appendNow(name, text) {
      try {
        makeOwnFolder(folder);
        appendFileSync(path(name), text, { mode: 0o600 });
        return true;
      } catch {
        // The disk refused: whoever asked decides.
        return false;
      }
    },
    remove: (name) => unlink(path(name)),
  };
}

/** The folder alone: one above it is not ours to make private. */
function makeOwnFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
}

/** Another process of ours may have taken the file away since it was listed. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
