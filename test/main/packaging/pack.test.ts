import { spawnSync } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { binaryOf } from '../../../main/packaging/after-pack.ts';
import { fuseConfig, fuses } from '../../../main/services/hardening/fuses.ts';
import { type BuiltElectron, builtElectron, startElectron } from '../../support/electron-double-process.ts';
import { ROOT, sources } from '../../support/sources.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** What marks the fuses in Electron's binary, a version and nine fuses, as Electron ships them. */
const WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100011'),
]);

/** Folders of ours that a packed program reads at run time, seen from `out/main`, where it runs. */
const READ_AT_RUN_TIME = ['../../shared/training/scripts', '../renderer', 'preload.cjs'];

/** A project with our configuration and a few files of a built program; a stand-in for Electron's binary beside it. */
async function project(built?: string): Promise<{
  readonly folder: string;
  readonly pack: (...options: string[]) => { status: number | null; said: string };
}> {
  const folder = await mkdtemp(join(tmpdir(), 'lantern-pack-'));
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
  if (built !== undefined) await cp(dirname(built), join(folder, 'out/main'), { recursive: true });
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

/** The project packed once, with the main process as it is really built. */
let built: BuiltElectron;
let folder = '';
beforeAll(async () => {
  built = await builtElectron();
  const made = await project(built.main);
  ({ folder } = made);
  const { status, said } = made.pack();
  expect(status, said).toBe(0);
}, 120_000);
afterAll(async () => {
  await built.remove();
  await rm(folder, { recursive: true, force: true });
});

test('electron-builder packs the program, and nothing that is not run, with every fuse as it is written', async () => {
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

test('whatever the program reads beside itself is known here', async () => {
  const hosts = join(ROOT, 'main/hosts/electron');
  const files = (await readdir(hosts, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join(hosts, file), 'utf8')));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/(?:join|resolve)\(built, '([^']+)'/g)].map(([, path]) => path),
  );
  expect(new Set(named)).toEqual(new Set(READ_AT_RUN_TIME));
  // Nothing deeper than the host asks where its own file is: bundled into one file it would get another answer.
  const askers = sources().filter(
    ({ path, text }) =>
      /^(main\/(services|ports|compose)|shared\/)/.test(path) && text.includes('import.meta.'),
  );
  expect(askers.map(({ path }) => path)).toEqual([]);
});

test('the packed program has what it reads: in the training world every script that came with it can be played', async () => {
  const resources = join(folder, 'out/dist/linux-unpacked/resources');
  for (const path of [
    'training/reference.md',
    'training/names.md',
    'training/script.schema.json',
    'training/trainers.md',
  ])
    expect((await readFile(join(resources, path), 'utf8')).length, path).toBeGreaterThan(500);
  const unpacked = join(folder, 'unpacked');
  extractAll(join(resources, 'app.asar'), unpacked);
  for (const path of READ_AT_RUN_TIME) await access(resolve(unpacked, 'out/main', path));

  const { main } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as { main: string };
  const data = await tempFolder();
  const env = { ELECTRON_DOUBLE_PACKAGED: 'yes', ELECTRON_DOUBLE_DATA: '/roaming', XDG_DATA_HOME: data };
  const program = startElectron(join(unpacked, main), env, ['--training']);
  onTestFinished(() => program.kill());
  // The trainer's console is the window that was opened last.
  await expect
    .poll(() => program.order({ op: 'exposed' }).catch(() => []), { timeout: 20_000 })
    .not.toEqual([]);
  await program.order({ op: 'listen' });
  const call = { v: 1, kind: 'call', id: 1, method: 'training.library', input: {} };
  await program.order({ op: 'send', as: 'page', frame: call });
  await expect
    .poll(() => program.frames, { timeout: 20_000 })
    .toContainEqual(expect.objectContaining({ kind: 'reply', id: 1 }));
  const reply = program.frames.find((frame) => (frame as { id?: number }).id === 1) as {
    output: { scripts: { file: string; problems: { kind: string }[] }[] };
  };
  const shipped = (await readdir(join(ROOT, 'shared/training/scripts'))).filter((file) =>
    file.endsWith('.yaml'),
  );
  expect(shipped.length).toBeGreaterThan(0);
  const playable = reply.output.scripts.filter(
    ({ problems }) => !problems.some(({ kind }) => kind === 'error'),
  );
  expect(playable.map(({ file }) => file).toSorted()).toEqual(shipped.toSorted());
  // Practice is kept in the local part of the profile, never in the one that roams.
  const calls = (await program.order({ op: 'calls' })) as unknown[][];
  expect(calls.find(([name, what]) => name === 'app.setPath' && what === 'userData')?.[2]).toMatch(
    new RegExp(`^${data}/lantern/`),
  );
});

test('electron-builder refuses a configuration with a key that it does not know', async () => {
  const { folder: other, pack } = await project();
  onTestFinished(() => rm(other, { recursive: true, force: true }));
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
