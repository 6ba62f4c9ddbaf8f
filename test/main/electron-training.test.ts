import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  type BuiltElectron,
  builtElectron,
  type ElectronProcess,
  startElectron,
} from '../support/electron-double-process.ts';
import { tempFolder } from './support/temp-folder.ts';

/**
 * The BUILT program of the training world and its two windows on the double: test/support/electron-double.ts says what that shows.
 * The room itself over Electron's IPC is in test/contract/training.test.ts.
 */
const TRAINEE = 0;
const TRAINER = 1;
let built: BuiltElectron;
beforeAll(async () => {
  built = await builtElectron();
});
afterAll(() => built.remove());

async function open(env: Record<string, string> = {}): Promise<ElectronProcess & { data: string }> {
  const data = await tempFolder();
  const electron = startElectron(built.training, { LANTERN_DATA: data, ...env });
  onTestFinished(() => electron.kill());
  await electron.ready;
  return { ...electron, data };
}
const called = async (electron: ElectronProcess, name: string): Promise<unknown[][]> =>
  ((await electron.order({ op: 'calls' })) as unknown[][]).filter((call) => call[0] === name);

let id = 0;
/** One call of one of the windows, and its answer. */
async function ask(
  electron: ElectronProcess,
  window: number,
  method: string,
  input: object = {},
): Promise<unknown> {
  const mine = ++id;
  await electron.order({ op: 'pick', window });
  await electron.order({ op: 'listen' });
  await electron.order({ op: 'send', as: 'page', frame: { v: 1, kind: 'call', id: mine, method, input } });
  await expect.poll(() => electron.frames).toContainEqual(expect.objectContaining({ id: mine }));
  return electron.frames.find((frame) => (frame as { id?: number }).id === mine);
}

test('opens a window for the trainee and one for the trainer, each as locked as a live desk’s, with the same preload', async () => {
  const electron = await open();
  const windows = (await called(electron, 'BrowserWindow')).map(([, options]) => options);
  expect(windows).toHaveLength(2);
  for (const options of windows)
    expect(options).toMatchObject({
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        preload: built.preload,
      },
    });
  const pages = (await called(electron, 'window.loadURL')).map(([, url]) => url);
  expect(new Set(pages)).toEqual(new Set(['app://lantern/', 'app://lantern/trainer.html']));
  for (const window of [TRAINEE, TRAINER]) {
    await electron.order({ op: 'pick', window });
    expect(await electron.order({ op: 'exposed' })).toEqual([['lanternTransport', ['send', 'onFrame']]]);
    const away = { url: 'https://evil.example', isSameDocument: false, isMainFrame: true };
    expect(await electron.order({ op: 'contentsEvent', event: 'will-frame-navigate', details: away })).toBe(
      true,
    );
    expect(await electron.order({ op: 'openWindow', url: 'https://www.nhs.uk' })).toEqual({ action: 'deny' });
  }
  expect(await called(electron, 'app.setAsDefaultProtocolClient')).toEqual([]);
  expect(JSON.stringify(await called(electron, 'webContents.openDevTools'))).toBe('[]');
});

test('each window is answered as whose it is, and neither is taken for a stranger', async () => {
  const electron = await open();
  expect(await ask(electron, TRAINEE, 'training.console')).toMatchObject({
    fault: { code: 'training.trainerOnly' },
  });
  expect(await ask(electron, TRAINER, 'training.console')).toMatchObject({ output: {} });
  expect(await ask(electron, TRAINER, 'keys.open')).toMatchObject({
    fault: { code: 'training.traineeOnly' },
  });
  expect(await ask(electron, TRAINEE, 'host.describe')).toMatchObject({
    output: { profile: { kind: 'training' }, capabilities: { print: 'host', deepLinks: false } },
  });
  expect(electron.stderr.join('')).not.toContain('bridge.foreignSender');
});

test('no page of either window is let out to the network', async () => {
  const electron = await open();
  expect(await electron.order({ op: 'request', url: 'https://hub.example/v1' })).toEqual({ cancel: true });
  expect(await electron.order({ op: 'request', url: 'app://lantern/trainer.html' })).toEqual({
    cancel: false,
  });
});

test('a debrief becomes a PDF of the window that asked, under a name that says TRAINING', async () => {
  const folder = await tempFolder();
  const electron = await open({ ELECTRON_DOUBLE_SAVE_IN: folder });
  const pdf = { how: 'pdf', title: 'Lantern debrief A first call' };
  expect(await ask(electron, TRAINER, 'host.print', pdf)).toMatchObject({ output: { done: true } });
  expect(await readdir(folder)).toEqual(['TRAINING Lantern debrief A first call.pdf']);
  expect(await readFile(join(folder, 'TRAINING Lantern debrief A first call.pdf'), 'utf8')).toBe(
    '%PDF-double',
  );
  // The double's windows are numbered as they were opened.
  expect((await called(electron, 'webContents.printToPDF')).map(([, , of]) => of)).toEqual([TRAINER + 1]);
  await ask(electron, TRAINEE, 'host.print', pdf);
  expect((await called(electron, 'webContents.printToPDF')).map(([, , of]) => of)).toEqual([
    TRAINER + 1,
    TRAINEE + 1,
  ]);
});

test('writes below the training folder alone', async () => {
  const electron = await open();
  await ask(electron, TRAINEE, 'journal.open');
  expect(await readdir(electron.data)).toEqual(['training']);
});
