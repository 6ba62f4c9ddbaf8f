import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getFileList, parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { expect, test } from 'vitest';
import { writeFeeds } from '../../../main/packaging/feed.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('the lists beside the installers are what electron-updater reads: version, file, hash, and who may install', async () => {
  const folder = await tempFolder();
  const names = [
    'Lantern-1.5.0-win-x64.exe',
    'Lantern-1.5.0-mac-arm64.zip',
    'Lantern-1.5.0-mac-x64.zip',
    'Lantern-1.5.0-win-x64.msi',
  ];
  for (const name of names) await writeFile(join(folder, name), name);
  expect(await writeFeeds(folder, '1.5.0')).toEqual(['latest.yml', 'latest-mac.yml']);
  const hash = (name: string): string => createHash('sha512').update(name).digest('base64');
  const read = async (list: string) =>
    parseUpdateInfo(await readFile(join(folder, list), 'utf8'), list, new URL('https://u.example/'));
  const windows = await read('latest.yml');
  expect(windows.version).toBe('1.5.0');
  expect(getFileList(windows)).toEqual([
    { url: names[0], sha512: hash('Lantern-1.5.0-win-x64.exe'), size: 25, isAdminRightsRequired: true },
  ]);
  expect(getFileList(await read('latest-mac.yml')).map(({ url }) => url)).toEqual([names[1], names[2]]);
});

test('where nothing was made that a desk could take, no list is written', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'Lantern-1.5.0-linux-amd64.deb'), 'x');
  expect(await writeFeeds(folder, '1.5.0')).toEqual([]);
});
