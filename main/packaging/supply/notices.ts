import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Locked } from './lockfile.ts';

const TEXTS = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

/**
 * The notices that go with an installer: each shipped package with its licence and the text its authors ask to be shown. A
 * package for another platform is not on this machine; it is named with its licence.
 */
export async function noticesFor(packages: readonly Locked[], root: string): Promise<string> {
  const parts = await Promise.all(packages.map((one) => noticeOf(one, root)));
  return (
    'Lantern is made with the work of others. Their packages and licences:\n' +
    'Electron and Chromium have files of their own beside this one (LICENSE.electron.txt, LICENSES.chromium.html).\n\n' +
    [...new Set(parts)].toSorted().join('\n')
  );
}

async function noticeOf({ path, name, version, entry }: Locked, root: string): Promise<string> {
  const head = `${name} ${version}, ${entry.license ?? 'no licence named'}\n`;
  const folder = join(root, path);
  const there = await readdir(folder).catch(() => undefined);
  if (there === undefined) return `${head}For another kind of computer: not in this installer.\n`;
  const files = there.filter((file) => TEXTS.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const indented = texts.map((text) => text.trim().replaceAll(/^/gm, '    ')).join('\n\n');
  return `${head}${indented === '' ? 'Its package holds no text of the licence.' : indented}\n`;
}
