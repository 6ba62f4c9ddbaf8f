import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  electronUpdates,
  feedOf,
  type FeedSettings,
  type Installation,
  type Updater,
} from '../../../main/hosts/electron/updates.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { type BuiltElectron, builtElectron, startElectron } from '../../support/electron-double-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

const NSIS: Installation = { platform: 'win32', isPackaged: true, hasNsisUninstaller: true };
const BASE = { updates: 'auto', updateChannel: 'latest', updateDowngrade: false } as const;
const ADDRESS = { updateAddress: 'https://lantern.example.nhs.uk/updates' };
const PUBLISHER = { updatePublisher: 'Example NHS Trust' };
const KEYS = { ...BASE, ...ADDRESS, ...PUBLISHER };

describe('where updates come from', () => {
  test('Windows: the organisation’s folder, with the name that the signature must bear', () => {
    const value: FeedSettings = {
      provider: 'generic',
      url: 'https://lantern.example.nhs.uk/updates',
      channel: 'latest',
      updaterCacheDirName: 'lantern-updater',
      publisherName: ['Example NHS Trust'],
    };
    expect(feedOf(KEYS, NSIS)).toEqual({ ok: true, value });
  });

  test('macOS: the same folder; the system itself compares the signatures', () => {
    const mac = { platform: 'darwin', isPackaged: true, hasNsisUninstaller: false } as const;
    expect(feedOf({ ...BASE, ...ADDRESS }, mac)).toMatchObject({
      ok: true,
      value: { url: ADDRESS.updateAddress },
    });
  });

  test.each([
    ['policy', { ...KEYS, updates: 'off' as const }, NSIS],
    ['notInstalled', KEYS, { ...NSIS, isPackaged: false }],
    ['noAddress', { ...BASE, ...PUBLISHER }, NSIS],
    ['noPublisher', { ...BASE, ...ADDRESS }, NSIS],
    ['softwareDistribution', KEYS, { ...NSIS, hasNsisUninstaller: false }],
    ['packageManager', KEYS, { ...NSIS, platform: 'linux' as const }],
  ])('%s: nothing is contacted', (why, keys, installation) => {
    expect(feedOf(keys, installation)).toEqual({ ok: false, error: why });
  });
});

const FEED: FeedSettings = {
  provider: 'generic',
  url: 'https://u.example',
  channel: 'latest',
  updaterCacheDirName: 'lantern-updater',
  publisherName: ['P'],
};

/** A double typed by electron-updater's own definitions, with everything switched on that it has on by itself. */
async function setUp(found: object | null = null, response = 0) {
  const did: unknown[] = [];
  const asked: Electron.MessageBoxOptions[] = [];
  let configPath: string | null = null;
  const updater: Updater = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    allowPrerelease: true,
    disableWebInstaller: false,
    disableDifferentialDownload: false,
    logger: console,
    set updateConfigPath(path: string | null) {
      configPath = path;
    },
    checkForUpdates: () => {
      did.push('check');
      return Promise.resolve(found as Awaited<ReturnType<Updater['checkForUpdates']>>);
    },
    downloadUpdate: () => {
      did.push('download');
      return Promise.resolve([]);
    },
    quitAndInstall: (...how) => void did.push(['install', ...how]),
  };
  const dialog = {
    showMessageBox: (...args: unknown[]) => {
      asked.push(args.at(-1) as Electron.MessageBoxOptions);
      return Promise.resolve({ response, checkboxChecked: false });
    },
  } satisfies Partial<Electron.Dialog>;
  const configFile = join(await tempFolder(), 'updates.yml');
  const port = await electronUpdates({
    updater,
    feed: FEED,
    allowDowngrade: false,
    configFile,
    disk: nodeDisk,
    dialog: dialog as unknown as Electron.Dialog,
    window: () => ({}) as Electron.BrowserWindow,
  });
  return { port, updater, did, asked, configFile, configPath: () => configPath };
}

test('everything that electron-updater does by itself is switched off, and its settings are the policy’s alone', async () => {
  const { updater, did, configFile, configPath } = await setUp();
  expect(updater).toMatchObject({
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: false,
    allowPrerelease: false,
    disableWebInstaller: true,
    disableDifferentialDownload: true,
    logger: null,
  });
  expect(configPath()).toBe(configFile);
  expect(JSON.parse(await readFile(configFile, 'utf8'))).toEqual(FEED);
  expect(did).toEqual([]);
});

test('what is offered is a version, or nothing', async () => {
  expect(await (await setUp()).port.check()).toBeUndefined();
  const updateInfo = { version: '1.5.0' };
  expect(await (await setUp({ isUpdateAvailable: true, updateInfo })).port.check()).toBe('1.5.0');
  expect(await (await setUp({ isUpdateAvailable: false, updateInfo })).port.check()).toBeUndefined();
});

test('the person is asked with “Later” as what Return and Esc do; the installation starts the program again', async () => {
  const { port, asked, did } = await setUp(null, 1);
  expect(await port.ask('1.5.0')).toBe('yes');
  expect(asked).toMatchObject([{ buttons: ['Later', 'Start again now'], defaultId: 0, cancelId: 0 }]);
  expect(await (await setUp(null, 0)).port.ask('1.5.0')).toBe('later');
  port.install();
  expect(did).toEqual([['install', true, true]]);
});

describe('the program as it is built', () => {
  let built: BuiltElectron;
  beforeAll(async () => {
    built = await builtElectron();
  });
  afterAll(() => built.remove());

  test('has electron-updater in a file of its own, which the start does not load', async () => {
    const main = await readFile(built.main, 'utf8');
    expect(main).not.toContain('NsisUpdater');
    expect(main).toMatch(/import\("\.\/[\w./-]+\.js"\)/);
  });

  test('by default writes nothing and says nothing of updates', async () => {
    const data = await tempFolder();
    const electron = startElectron(built.main, { LANTERN_DATA: data, LANTERN_HUB_URL: 'http://127.0.0.1:1' });
    onTestFinished(() => electron.kill());
    await electron.ready;
    await expect.poll(() => electron.stderr.join('')).toContain('hardening.checked');
    expect(electron.stderr.join('')).not.toContain('updates.');
    await expect(readFile(join(data, 'electron/development/updates.yml'))).rejects.toThrow('ENOENT');
  });
});
