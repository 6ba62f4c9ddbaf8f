import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  type BuiltElectron,
  builtElectron,
  type ElectronProcess,
  startElectron,
} from '../support/electron-double-process.ts';
import { tempFolder } from './support/temp-folder.ts';

/** The BUILT main process on the double, as in electron-host.test.ts: what it tells Chromium of the network. */
let built: BuiltElectron;
beforeAll(async () => {
  built = await builtElectron();
});
afterAll(() => built.remove());

async function open({ env = {} }: { readonly env?: Record<string, string> } = {}): Promise<ElectronProcess> {
  const settings = { LANTERN_DATA: await tempFolder(), LANTERN_HUB_URL: 'http://127.0.0.1:1', ...env };
  const electron = startElectron(built.main, settings, []);
  onTestFinished(() => electron.kill());
  await electron.ready;
  return electron;
}
const called = async (electron: ElectronProcess, name: string): Promise<unknown[][]> =>
  ((await electron.order({ op: 'calls' })) as unknown[][]).filter((call) => call[0] === name);

describe('the network', () => {
  test('is out of reach of the window: all but its own files is stopped in its session and reported', async () => {
    const electron = await open();
    const isStopped = (url: string): Promise<unknown> => electron.order({ op: 'request', url });
    for (const url of [
      'https://evil.example/',
      'http://127.0.0.1:1/v1/health/live',
      'wss://evil.example/',
      'file:///etc/passwd',
      'app://other/',
      'app://lantern.evil/',
      'data:text/html,x',
      'blob:https://evil.example/1',
    ])
      expect(await isStopped(url), url).toEqual({ cancel: true });
    for (const url of ['app://lantern/', 'app://lantern/assets/index.js', 'blob:app://lantern/1'])
      expect(await isStopped(url), url).toEqual({ cancel: false });
    expect(electron.stderr.join('')).toContain('window.requestDenied');
    expect(electron.stderr.join('')).not.toContain('evil');
  });

  test.each([
    [undefined, { mode: 'system' }],
    ['direct', { mode: 'direct' }],
    ['http://proxy.test:8080', { mode: 'fixed_servers', proxyRules: 'http://proxy.test:8080' }],
    ['pac:https://pac.test/x.pac', { mode: 'pac_script', pacScript: 'https://pac.test/x.pac' }],
  ])('is reached in a session of its own, with TLS 1.2 or newer and, for %s, %j', async (proxy, config) => {
    const electron = await open(proxy === undefined ? {} : { env: { LANTERN_PROXY: proxy } });
    expect(await called(electron, 'session.fromPartition')).toEqual([
      ['session.fromPartition', 'network', { cache: false }],
    ]);
    expect(await called(electron, 'session.setSSLConfig')).toEqual([
      ['session.setSSLConfig', { minVersion: 'tls1.2', maxVersion: 'tls1.3' }],
    ]);
    expect(await called(electron, 'session.setProxy')).toEqual([['session.setProxy', config]]);
  });
});
