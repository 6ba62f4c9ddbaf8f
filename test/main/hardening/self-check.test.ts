import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readFuses } from '../../../main/hosts/electron/hardening/read-fuses.ts';
import { fuseNames, isFuseOn } from '../../../main/services/hardening/fuses.ts';
import { readHardening, reportHardening } from '../../../main/services/hardening/report.ts';
import { nodePorts } from '../../../main/services/node-ports.ts';
import { type BuiltElectron, builtElectron, startElectron } from '../../support/electron-double-process.ts';
import { recordLog } from '../support/logs.ts';
import { tempFolder } from '../support/temp-folder.ts';

let built: BuiltElectron;
beforeAll(async () => {
  built = await builtElectron();
});
afterAll(() => built.remove());

async function checked(args: readonly string[], isInstalled: boolean) {
  const folder = await tempFolder();
  // Installed, the data folder is the account's own whatever a variable says.
  const data = isInstalled ? join(folder, 'lantern') : folder;
  const env = { LANTERN_DATA: folder, XDG_DATA_HOME: folder, LANTERN_HUB_URL: 'http://127.0.0.1:1' };
  const electron = startElectron(
    built.main,
    isInstalled ? { ...env, ELECTRON_DOUBLE_PACKAGED: 'yes' } : env,
    args,
  );
  onTestFinished(() => electron.kill());
  await electron.ready;
  await expect.poll(() => electron.stderr.join('')).toContain('hardening.checked');
  const profile = join(data, 'electron/development');
  await expect.poll(async () => (await readHardening(profile, nodePorts.disk)).kind).toBe('good');
  const report = await readHardening(profile, nodePorts.disk);
  if (report.kind !== 'good') throw new Error('no report');
  const of = (state: string): string[] =>
    report.value.findings.filter((one) => one.state === state).map(({ item }) => item);
  return { of, said: electron.stderr.join('') };
}

test('the program as it is built holds every item that can be looked at here', async () => {
  const { of, said } = await checked([], false);
  expect(of('broken')).toEqual([]);
  // Without Electron's binary there is no version and no fuse; three items are shown by tests alone.
  expect(of('notChecked')).toEqual([
    'limitNewWindows',
    'noOpenExternal',
    'currentElectron',
    'validateIpcSender',
    'fuses',
  ]);
  expect(of('held')).toHaveLength(15);
  expect(said).not.toContain('hardening.broken');
});

test('an installed program that was started for a debugger says so in its log, item by item', async () => {
  const { of, said } = await checked(['--remote-debugging-port=0', '--no-sandbox'], true);
  expect(of('broken')).toEqual(['sandbox', 'fuses', 'noApisToPages']);
  expect(said.match(/hardening\.broken/g)).toHaveLength(3);
  expect(said).toContain('started with --no-sandbox');
});

/** A binary with a fuse wire: the sentinel, version 1, nine fuses. */
async function binary(wire: string): Promise<string> {
  const path = join(await tempFolder(), 'lantern');
  const bytes = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
  await writeFile(
    path,
    Buffer.concat([Buffer.alloc(100), bytes, Buffer.from([1, wire.length]), Buffer.from(wire)]),
  );
  return path;
}
const AS_SET = fuseNames.map((name) => (isFuseOn(name) ? '1' : '0')).join('');

test('a fuse that is not as it was set is broken, by its name', async () => {
  const asSet = await readFuses(await binary(AS_SET));
  expect(asSet).toEqual(Object.fromEntries(fuseNames.map((name) => [name, isFuseOn(name)])));
  // RunAsNode on again: the signed program would run anybody's script.
  const turned = await readFuses(await binary(`1${AS_SET.slice(1)}`));
  expect(turned).toMatchObject({ RunAsNode: true });
  expect(await readFuses(await binary('').then((path) => `${path}-gone`))).toBe('unreadable');
});

test('a report that cannot be kept is said, and the findings are in the log all the same', async () => {
  const log = recordLog();
  const full = {
    ...nodePorts.disk,
    replace: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
  };
  const findings = [{ item: 'sandbox', state: 'broken', words: 'sandbox is not as it was decided' }] as const;
  await reportHardening(findings, 1, await tempFolder(), full, log);
  expect(log.entries.map(({ code, field, cause }) => [code, field ?? cause])).toEqual([
    ['hardening.broken', 'sandbox'],
    ['hardening.checked', undefined],
    ['hardening.notKept', 'ENOSPC'],
  ]);
});
