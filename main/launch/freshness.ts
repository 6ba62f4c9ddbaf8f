import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const SOURCES = ['main', 'renderer', 'shared', 'package.json', 'package-lock.json'];
const MARKER = 'out/.built';

/** Whether everything under out/ is there and no source has changed since it was built. */
export async function isBuilt(root: string): Promise<boolean> {
  const parts = ['out/renderer/index.html', 'out/main/main.js', 'out/main/preload.cjs', MARKER];
  if (!parts.every((part) => existsSync(join(root, part)))) return false;
  const { mtimeMs } = await stat(join(root, MARKER));
  return (await newestChange(root)) <= mtimeMs;
}

/** Notes when a build began: what is changed while it runs counts as changed after it. */
export async function markBuilt(root: string, startedAt: Date): Promise<void> {
  const marker = join(root, MARKER);
  await mkdir(dirname(marker), { recursive: true });
  await writeFile(marker, '');
  await utimes(marker, startedAt, startedAt);
}

async function newestChange(root: string): Promise<number> {
  let newest = 0;
  for (const source of SOURCES) {
    const path = join(root, source);
    const { mtimeMs } = await stat(path);
    newest = Math.max(newest, mtimeMs);
    if (!source.includes('.')) {
      for (const name of await readdir(path, { recursive: true })) {
        newest = Math.max(newest, (await stat(join(path, name))).mtimeMs);
      }
    }
  }
  return newest;
}
