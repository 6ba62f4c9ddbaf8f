import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  type BuiltElectron,
  builtElectron,
  type ElectronProcess,
  startElectron,
} from '../support/electron-double-process.ts';
import { NOTHING_AT_STAKE } from '../../shared/sync/leaving.ts';
import { tempFolder } from './support/temp-folder.ts';

/** The BUILT main process and preload, unmodified, on the double: see test/support/electron-double.ts for its limits. */
let built: BuiltElectron;
beforeAll(async () => {
  built = await builtElectron();
});
afterAll(() => built.remove());

interface StartOptions {
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
  readonly data?: string;
}
async function start({ env = {}, args = [], data }: StartOptions = {}): Promise<
  ElectronProcess & { data: string }
> {
  const folder = data ?? (await tempFolder());
  // Port 1: no hub is there, which is a state like any other.
  const settings = { LANTERN_DATA: folder, LANTERN_HUB_URL: 'http://127.0.0.1:1', ...env };
  const electron = startElectron(built.main, settings, args);
  onTestFinished(() => electron.kill());
  return { ...electron, data: folder };
}
async function open(options: StartOptions = {}): Promise<ElectronProcess & { data: string }> {
  const electron = await start(options);
  await electron.ready;
  await electron.order({ op: 'listen' });
  return electron;
}
const called = async (electron: ElectronProcess, name: string): Promise<unknown[][]> =>
  ((await electron.order({ op: 'calls' })) as unknown[][]).filter((call) => call[0] === name);

const call = (id: number, method: string, input: unknown = {}): object => ({
  v: 1,
  kind: 'call',
  id,
  method,
  input,
});

describe('the window', () => {
  test('is sandboxed, isolated and without Node, and so is every process', async () => {
    const electron = await open();
    expect(await called(electron, 'app.enableSandbox')).toHaveLength(1);
    const [[, options] = []] = await called(electron, 'BrowserWindow');
    expect(options).toMatchObject({
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        preload: built.preload,
      },
    });
    expect(await called(electron, 'window.loadURL')).toEqual([['window.loadURL', 'app://lantern/']]);
  });

  test('gets one raw transport from the preload and nothing else', async () => {
    const electron = await open();
    expect(await electron.order({ op: 'exposed' })).toEqual([['lanternTransport', ['send', 'onFrame']]]);
    const preload = await readFile(built.preload, 'utf8');
    expect([...preload.matchAll(/require\(["'](.+?)["']\)/g)].map(([, name]) => name)).toEqual(['electron']);
  });

  test('may not navigate, open windows, attach webviews or get a permission', async () => {
    const electron = await open();
    const frame = { isSameDocument: false, isMainFrame: true };
    const prevented = (event: string, details: object): Promise<unknown> =>
      electron.order({ op: 'contentsEvent', event, details });
    for (const url of [
      'https://evil.example',
      'file:///etc/passwd',
      'app://other/',
      'app://lantern/index.html#x',
    ]) {
      expect(await prevented('will-frame-navigate', { ...frame, url }), url).toBe(true);
    }
    expect(
      await prevented('will-frame-navigate', { ...frame, isMainFrame: false, url: 'app://lantern/' }),
    ).toBe(true);
    expect(await prevented('will-frame-navigate', { ...frame, url: 'app://lantern/' })).toBe(false);
    expect(await prevented('will-redirect', { ...frame, url: 'https://evil.example' })).toBe(true);
    expect(await prevented('will-attach-webview', {})).toBe(true);
    expect(await electron.order({ op: 'openWindow', url: 'https://www.nhs.uk' })).toEqual({ action: 'deny' });
    for (const permission of [
      'media',
      'clipboard-read',
      'geolocation',
      'notifications',
      'hid',
      'openExternal',
    ]) {
      const denied = { request: false, check: false, device: false };
      expect(await electron.order({ op: 'permission', permission }), permission).toEqual(denied);
    }
    expect(await called(electron, 'shell.openExternal')).toEqual([]);
  });
});

describe('app://', () => {
  test('is registered as standard and secure, and not past the CSP', async () => {
    const electron = await open();
    const [[, schemes] = []] = await called(electron, 'protocol.registerSchemesAsPrivileged');
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  test('serves the window’s files with the strict headers', async () => {
    const electron = await open();
    const page = await electron.order({ op: 'fetch', url: 'app://lantern/', method: 'GET' });
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    const { headers } = page as { headers: Record<string, string> };
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*; trusted-types 'none'$/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    const script = await electron.order({ op: 'fetch', url: 'app://lantern/assets/index.js', method: 'GET' });
    expect(script).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    });
  });

  test.each([
    'app://lantern/../secret.json',
    'app://lantern/%2e%2e/secret.json',
    'app://lantern/..%2fsecret.json',
    'app://lantern/assets/..%2f..%2fsecret.json',
    'app://lantern/%2e%2e%5csecret.json',
    'app://lantern/%00index.html',
    'app://lantern/%',
    'app://lantern/assets',
    'app://lantern/..%2fmain%2fmain.js',
    'app://evil/index.html',
    'app://lantern.evil/index.html',
    'file:///etc/passwd',
    'not a url',
  ])('%s leads nowhere', async (url) => {
    const electron = await open();
    const answer = await electron.order({ op: 'fetch', url, method: 'GET' });
    expect(answer).toMatchObject({ status: 404, body: 'Not found' });
  });

  test('only reads', async () => {
    const electron = await open();
    expect(await electron.order({ op: 'fetch', url: 'app://lantern/', method: 'POST' })).toMatchObject({
      status: 404,
    });
  });
});

describe('printing', () => {
  const print = async (electron: ElectronProcess, input: object, method = 'host.print') => {
    await electron.order({ op: 'send', as: 'page', frame: call(1, method, input) });
    await expect.poll(() => electron.frames).toContainEqual(expect.objectContaining({ id: 1 }));
    return electron.frames.find((frame) => (frame as { id?: number }).id === 1);
  };

  test('opens the system’s dialogue, and tells printed from cancelled from failed', async () => {
    const printed = await print(await open(), { how: 'printer', title: 'Card' });
    expect(printed).toMatchObject({ output: { done: true } });
    const cancelled = await open({ env: { ELECTRON_DOUBLE_PRINT: 'Print job canceled' } });
    expect(await print(cancelled, { how: 'printer', title: 'Card' })).toMatchObject({
      output: { done: false },
    });
    const failed = await open({ env: { ELECTRON_DOUBLE_PRINT: 'Print job failed' } });
    expect(await print(failed, { how: 'printer', title: 'Card' })).toMatchObject({
      fault: { code: 'print.failed' },
    });
    expect(await called(failed, 'webContents.print')).toEqual([
      ['webContents.print', { silent: false, printBackground: true }],
    ]);
  });

  test('keeps a PDF where the person says, readable by them alone, or nothing when they cancel', async () => {
    const folder = await tempFolder();
    const saving = await open({ env: { ELECTRON_DOUBLE_SAVE_IN: folder } });
    expect(await print(saving, { how: 'pdf', title: 'Card 2026' })).toMatchObject({ output: { done: true } });
    expect(await readFile(join(folder, 'Card 2026.pdf'), 'utf8')).toBe('%PDF-double');
    expect((await stat(join(folder, 'Card 2026.pdf'))).mode & 0o777).toBe(0o600);
    const cancelling = await open();
    expect(await print(cancelling, { how: 'pdf', title: 'Card' })).toMatchObject({ output: { done: false } });
    expect(await called(cancelling, 'webContents.printToPDF')).toEqual([]);
  });

  test('keeps a text as a file where the person says', async () => {
    const folder = await tempFolder();
    const saving = await open({ env: { ELECTRON_DOUBLE_SAVE_IN: folder } });
    await print(saving, { name: 'Card.json', text: '{"a":"é"}' }, 'host.save');
    expect(await readFile(join(folder, 'Card.json'), 'utf8')).toBe('{"a":"é"}');
  });
});

describe('the bridge', () => {
  test('answers the page over the one channel', async () => {
    const electron = await open();
    await electron.order({ op: 'send', as: 'page', frame: call(1, 'host.describe') });
    await expect
      .poll(() => electron.frames)
      .toContainEqual(expect.objectContaining({ kind: 'reply', id: 1 }));
    const reply = electron.frames.find((frame) => (frame as { id?: number }).id === 1);
    expect(reply).toMatchObject({
      output: { host: 'electron', capabilities: { keyStore: 'os', deepLinks: true, print: 'host' } },
    });
  });

  test.each(['subframe', 'otherOrigin', 'nearlyOrigin', 'noFrame'] as const)(
    'drops and reports a frame from a %s',
    async (as) => {
      const electron = await open();
      await electron.order({ op: 'send', as, frame: call(1, 'host.describe') });
      await electron.order({ op: 'send', as: 'page', frame: call(2, 'host.describe') });
      await expect.poll(() => electron.frames).toContainEqual(expect.objectContaining({ id: 2 }));
      expect(electron.frames).not.toContainEqual(expect.objectContaining({ id: 1 }));
      expect(electron.stderr.join('')).toContain('bridge.foreignSender');
    },
  );

  test('goes on after the page is loaded again', async () => {
    const electron = await open();
    await electron.order({ op: 'reload' });
    await electron.order({ op: 'listen' });
    await electron.order({ op: 'send', as: 'page', frame: call(7, 'session.current') });
    await expect
      .poll(() => electron.frames)
      .toContainEqual(expect.objectContaining({ kind: 'reply', id: 7 }));
  });

  test('keeps settings in the file shape of conf', async () => {
    const electron = await open();
    const input = { theme: 'dark', contrast: 'system', singleKeyAnswers: true };
    await electron.order({ op: 'send', as: 'page', frame: call(1, 'settings.set', input) });
    await expect
      .poll(() => electron.frames)
      .toContainEqual(expect.objectContaining({ kind: 'reply', id: 1 }));
    const text = await readFile(join(electron.data, 'electron/development/config.json'), 'utf8');
    expect(text).toBe('{\n\t"theme": "dark"\n}');
  });

  test.each(['basic_text', 'missing'])(
    'says so when the system has no real key store (%s)',
    async (KEY_STORE) => {
      const electron = await open({ env: { ELECTRON_DOUBLE_KEY_STORE: KEY_STORE } });
      await electron.order({ op: 'send', as: 'page', frame: call(1, 'host.describe') });
      await expect
        .poll(() => electron.frames)
        .toContainEqual(expect.objectContaining({ kind: 'reply', id: 1 }));
      const reply = electron.frames.find((frame) => (frame as { id?: number }).id === 1);
      expect(reply).toMatchObject({
        output: {
          capabilities: { keyStore: 'file' },
          notices: [expect.stringContaining('not in the operating system’s key store')],
        },
      });
    },
  );
});

describe('links from outside', () => {
  const offers = (electron: ElectronProcess): unknown[] =>
    electron.frames.filter((frame) => (frame as { name?: string }).name === 'call.offered');

  test('one that started the program waits for the window', async () => {
    const electron = await open({ args: ['lantern://call?waited=30'] });
    expect(offers(electron)).toEqual([]);
    await electron.order({ op: 'send', as: 'page', frame: call(1, 'host.describe') });
    await expect
      .poll(() => offers(electron))
      .toMatchObject([{ payload: { source: 'deepLink', waitedMs: 30_000 } }]);
  });

  test('one handed over by a second start, or by macOS, arrives; the window comes to the front', async () => {
    const electron = await open();
    await electron.order({ op: 'send', as: 'page', frame: call(1, 'host.describe') });
    const commandLine = ['lantern', 'lantern://call?waited=1'];
    await electron.order({ op: 'appEvent', event: 'second-instance', args: [commandLine] });
    expect(
      await electron.order({ op: 'appEvent', event: 'open-url', args: ['lantern://call?waited=2'] }),
    ).toBe(true);
    await expect
      .poll(() => offers(electron))
      .toMatchObject([{ payload: { waitedMs: 1_000 } }, { payload: { waitedMs: 2_000 } }]);
    expect(await called(electron, 'window.focus')).toHaveLength(1);
    expect(await called(electron, 'app.setAsDefaultProtocolClient')).toHaveLength(1);
  });

  test('a bad one is reported without repeating it, and nothing happens', async () => {
    const electron = await open();
    await electron.order({ op: 'send', as: 'page', frame: call(1, 'host.describe') });
    await electron.order({ op: 'appEvent', event: 'open-url', args: ['lantern://call?note=Maya'] });
    await expect.poll(() => electron.stderr.join('')).toContain('deepLink.refused');
    expect(electron.stderr.join('')).not.toContain('Maya');
    expect(offers(electron)).toEqual([]);
  });
});

describe('the life of the program', () => {
  test('a second start ends at once and touches nothing', async () => {
    const electron = await start({ env: { ELECTRON_DOUBLE_SECOND_INSTANCE: 'yes' } });
    expect(await electron.exit).toEqual({ code: 0, signal: null });
  });

  test('closing the window finishes what is being written, frees the profile, and ends', async () => {
    const electron = await open();
    await electron.order({
      op: 'send',
      as: 'page',
      frame: call(1, 'drafts.save', { key: 'note', text: 'x', at: 1, by: 'demo-handler' }),
    });
    await electron.order({ op: 'closeWindow' }).catch(() => undefined);
    expect(await electron.exit).toEqual({ code: 0, signal: null });
    const again = await open({ data: electron.data });
    await again.order({ op: 'send', as: 'page', frame: call(1, 'drafts.list') });
    await expect
      .poll(() => again.frames)
      .toContainEqual(expect.objectContaining({ output: { drafts: [{ key: 'note', text: 'x', at: 1 }] } }));
    expect(again.stderr.join('')).not.toContain('profile.takenOver');
  });

  const stake = { ...NOTHING_AT_STAKE, unsent: 3, openCalls: 1 };
  const asked = (electron: ElectronProcess): Promise<unknown[][]> =>
    called(electron, 'dialog.showMessageBox');
  const tell = async (electron: ElectronProcess): Promise<void> => {
    await electron.order({ op: 'send', as: 'page', frame: call(1, 'leaving.stake', stake) });
    await expect
      .poll(() => electron.frames)
      .toContainEqual(expect.objectContaining({ kind: 'reply', id: 1 }));
  };

  test('closing the window with a call open and unsent entries asks first, and staying stays', async () => {
    const electron = await open();
    await tell(electron);
    await electron.order({ op: 'closeWindow' });
    await expect
      .poll(() => asked(electron))
      .toEqual([['dialog.showMessageBox', 'Close this window with 1 call open?']]);
    expect(await electron.order({ op: 'appEvent', event: 'before-quit', args: [] })).toBe(true);
    await expect.poll(() => asked(electron)).toHaveLength(2);
  });

  test('leaving all the same is possible, and asked about once', async () => {
    const electron = await open({ env: { ELECTRON_DOUBLE_CHOOSE: '1' } });
    await tell(electron);
    await electron.order({ op: 'closeWindow' }).catch(() => undefined);
    expect(await electron.exit).toEqual({ code: 0, signal: null });
  });

  test('the end of the session asks nobody', async () => {
    const electron = await open();
    await tell(electron);
    expect(await electron.order({ op: 'appEvent', event: 'before-quit', args: [] })).toBe(true);
    electron.child.kill('SIGTERM');
    expect(await electron.exit, electron.stderr.join('')).toEqual({ code: 0, signal: null });
  });

  test('a profile that is in use is said in one line', async () => {
    const first = await open();
    const second = await start({ data: first.data });
    expect(await second.exit).toEqual({ code: 1, signal: null });
    expect(second.stderr.join('')).toMatch(
      /^Lantern cannot start: profile is in use by another Lantern \(process \d+\).*\n$/,
    );
  });

  test('bad settings are said in one line that names the variable', async () => {
    const electron = await start({ env: { LANTERN_HUB_URL: 'http://hub.example' } });
    expect(await electron.exit).toEqual({ code: 2, signal: null });
    expect(electron.stderr.join('')).toMatch(/^Lantern cannot start: LANTERN_HUB_URL .*\n$/);
  });

  test('a crashed window is said, with what is safe, and opened again when asked', async () => {
    const electron = await open();
    await electron.order({
      op: 'contentsEvent',
      event: 'render-process-gone',
      details: {},
      args: [{ reason: 'crashed', exitCode: 1 }],
    });
    await expect.poll(() => called(electron, 'webContents.reload')).toHaveLength(1);
    expect(await called(electron, 'dialog.showMessageBox')).toEqual([
      ['dialog.showMessageBox', 'The window has stopped.'],
    ]);
    expect(electron.stderr.join('')).toContain('window.crashed');
  });
});
