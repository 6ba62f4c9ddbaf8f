import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { binaryOf } from '../../../main/packaging/after-pack.ts';
import { fuseConfig, fuses } from '../../../main/services/hardening/fuses.ts';
import { ROOT } from '../../support/sources.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** What marks the fuses in Electron's binary, a version and nine fuses, as Electron ships them. */
const WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100011'),
]);

/** A project with our configuration and a few files of a built program; a stand-in for Electron's binary beside it. */
async function project(): Promise<{
  readonly folder: string;
  readonly pack: (...options: string[]) => { status: number | null; said: string };
}> {
  const folder = await tempFolder();
  for (const path of [
    'electron-builder.yml',
    'package.json',
    'package-lock.json',
    'main/packaging',
    'main/services/hardening/fuses.ts',
    'main/managed/policy',
    'shared/training',
  ])
    await cp(join(ROOT, path), join(folder, path), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const path of [
    'out/main/main.js',
    'out/main/main.js.map',
    'out/renderer/index.html',
    'notes.txt',
    'hub/server.ts',
  ]) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), 'x');
  }
  const dist = join(folder, 'stand-in');
  await mkdir(join(dist, 'resources'), { recursive: true });
  await writeFile(join(dist, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\n'), WIRE]), { mode: 0o755 });
  await writeFile(join(dist, 'version'), '45.4.1');
  await writeFile(join(dist, 'resources/keep'), '');
  return {
    folder,
    pack(...options) {
      const cli = join(ROOT, 'node_modules/electron-builder/cli.js');
      const args = [cli, '--linux', '--dir', '--publish', 'never', `-c.electronDist=${dist}`, ...options];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      return { status, said: `${stdout}${stderr}` };
    },
  };
}

test('electron-builder packs the program, and nothing that is not run, with every fuse as it is written', async () => {
  const { folder, pack } = await project();
  const { status, said } = pack();
  expect(status, said).toBe(0);
  const unpacked = join(folder, 'out/dist/linux-unpacked');
  const files = listPackage(join(unpacked, 'resources/app.asar'), { isPack: false });
  expect(files).toEqual(
    expect.arrayContaining(['/out/main/main.js', '/out/renderer/index.html', '/package.json']),
  );
  expect(files.filter((path) => /node_modules|\.ts$|\.map$|notes|^\/hub|\/test/.test(path))).toEqual([]);
  expect(
    files.filter((path) => path.startsWith('/shared/') && path.endsWith('.yaml')).length,
  ).toBeGreaterThan(0);
  expect(await readFile(join(unpacked, 'resources/policy/windows/Lantern.admx'), 'utf8')).toContain(
    '<policyDefinitions',
  );
  const about = join(unpacked, 'resources/about');
  expect(await readFile(join(about, 'sbom.cdx.json'), 'utf8')).toContain('"pkg:npm/electron@');
  expect(await readFile(join(about, 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toMatch(/^xstate .*, MIT$/m);
  const wire = await getCurrentFuseWire(join(unpacked, 'lantern'));
  for (const [fuse, { on }] of Object.entries(fuses)) {
    const state = wire[Number(fuse) as FuseV1Options];
    expect(state, FuseV1Options[Number(fuse)]).toBe(on ? FuseState.ENABLE : FuseState.DISABLE);
  }
});

test('electron-builder refuses a configuration with a key that it does not know', async () => {
  const { pack } = await project();
  const { status, said } = pack('-c.nsis.perMashine=true');
  expect(status).not.toBe(0);
  expect(said).toContain('configuration.nsis');
});

test('every fuse of Electron is set, with a reason, and one more in the binary would stop the packing', () => {
  const all = Object.values(FuseV1Options).filter((value) => typeof value === 'number');
  expect(Object.keys(fuses).map(Number)).toEqual(all);
  for (const { why } of Object.values(fuses)) expect(why).not.toBe('');
  expect(fuseConfig()).toMatchObject({ strictlyRequireAllFuses: true });
});

test.each([
  ['win32', '/o/Lantern.exe'],
  ['darwin', '/o/Lantern.app'],
  ['linux', '/o/lantern'],
])('on %s the fuses are those of %s', (electronPlatformName, path) => {
  const packager = { appInfo: { productFilename: 'Lantern' }, executableName: 'lantern' };
  expect(binaryOf({ appOutDir: '/o', electronPlatformName, packager })).toBe(path);
});

test('what an installer must never change or do is written in the configuration', async () => {
  const text = await readFile(join(ROOT, 'electron-builder.yml'), 'utf8');
  for (const line of [
    "upgradeCode: '{7A9C0B4E-2B0D-4F0E-9D3C-5E8E6A1F0C21}'",
    'perMachine: true',
    'deleteAppDataOnUninstall: false',
    'disableAsarIntegrity: false',
    'requestedExecutionLevel: asInvoker',
  ])
    expect(text).toContain(line);
});
