import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

async function open(
  { env = {} }: { readonly env?: Record<string, string> } = {},
  args: readonly string[] = [],
): Promise<ElectronProcess> {
  const settings = { LANTERN_DATA: await tempFolder(), LANTERN_HUB_URL: 'http://127.0.0.1:1', ...env };
  const electron = startElectron(built.main, settings, args);
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

  test('is not reached at all with a policy that cannot be used, and a link still opens a call', async () => {
    const policy = join(await tempFolder(), 'policy.json');
    await writeFile(policy, '{"hubUrl":');
    const electron = await open({ env: { LANTERN_POLICY_FILE: policy } }, ['lantern://call?waited=30']);
    await electron.order({ op: 'listen' });
    const describe = { v: 1, kind: 'call', id: 1, method: 'policy.describe', input: {} };
    await electron.order({ op: 'send', as: 'page', frame: describe });
    await expect
      .poll(() => electron.frames)
      .toContainEqual(
        expect.objectContaining({ id: 1, output: expect.objectContaining({ mode: 'minimal' }) }),
      );
    await expect
      .poll(() => electron.frames)
      .toContainEqual(
        expect.objectContaining({ name: 'call.offered', payload: { source: 'deepLink', waitedMs: 30_000 } }),
      );
    await electron.order({ op: 'send', as: 'page', frame: { ...describe, id: 2, method: 'hub.state' } });
    await expect
      .poll(() => electron.frames)
      .toContainEqual(expect.objectContaining({ id: 2, kind: 'reply' }));
    expect(await called(electron, 'session.fetch')).toEqual([]);
  });
});
