import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findBinary } from '../../main/hosts/electron/binary.ts';
import { isBuilt, markBuilt } from '../../main/launch/freshness.ts';
import { chooseHost, hasDisplay, type HostFacts } from '../../main/launch/host-choice.ts';
import { runHub } from '../../main/launch/hub-process.ts';
import { tempFolder } from './support/temp-folder.ts';
import { freePort } from '../../hub/db/free-port.ts';

describe('which host', () => {
  const facts = (given: Partial<HostFacts>): HostFacts => ({
    forced: undefined,
    hasDisplay: true,
    findBinary: () => undefined,
    install: () => Promise.resolve('failed'),
    ...given,
  });
  const noInstall = (): never => {
    throw new Error('nothing may be installed here');
  };

  test('Electron, when its binary and a display are there', async () => {
    const choice = await chooseHost(facts({ findBinary: () => '/electron', install: noInstall }));
    expect(choice).toMatchObject({ host: 'electron', binary: '/electron' });
  });

  test('Electron, when its binary can be installed within five seconds', async () => {
    let installed = false;
    const install = (ms: number): Promise<'done'> => {
      expect(ms).toBe(5_000);
      installed = true;
      return Promise.resolve('done');
    };
    const choice = await chooseHost(
      facts({ findBinary: () => (installed ? '/electron' : undefined), install }),
    );
    expect(choice).toMatchObject({ host: 'electron', binary: '/electron' });
  });

  test.each<[given: Partial<HostFacts>, host: string, why: string]>([
    [{}, 'browser', 'its installer failed'],
    [{ install: () => Promise.resolve('tooSlow') }, 'browser', 'longer than five seconds'],
    [{ install: () => Promise.resolve('done') }, 'browser', 'is not installed'],
    [{ hasDisplay: false, install: noInstall }, 'browser', 'no display'],
    [{ hasDisplay: false, findBinary: () => '/electron', install: noInstall }, 'browser', 'no display'],
    [{ forced: 'browser', findBinary: noInstall, install: noInstall }, 'browser', 'LANTERN_HOST'],
    [{ forced: 'electron' }, 'none', 'is not installed'],
    [{ forced: 'electron', hasDisplay: false, install: noInstall }, 'none', 'no display'],
  ])('%j: %s, and one line says why', async (given, host, why) => {
    const choice = await chooseHost(facts(given));
    expect(choice.host).toBe(host);
    expect(choice.line).toContain(why);
    expect(choice.line).not.toContain('\n');
  });

  test('a display is there on a desktop, or where X or Wayland says so', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('win32', {})).toBe(true);
  });

  test('the binary is found without loading the package', async () => {
    const root = await tempFolder();
    expect(findBinary(root, undefined)).toBeUndefined();
    const dist = join(root, 'node_modules/electron/dist');
    await mkdir(dist, { recursive: true });
    await writeFile(join(dist, 'lantern-test'), '');
    await writeFile(join(root, 'node_modules/electron/path.txt'), 'lantern-test');
    expect(findBinary(root, undefined)).toBe(join(dist, 'lantern-test'));
    expect(findBinary(root, join(root, 'elsewhere'))).toBeUndefined();
  });
});

test('a build is fresh until a source changes, and a change made while it ran counts', async () => {
  const root = await tempFolder();
  const old = new Date(Date.now() - 60_000);
  for (const folder of ['main', 'renderer/screens', 'shared', 'out/renderer', 'out/main']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  const sources = ['main/a.ts', 'renderer/screens/b.tsx', 'shared/c.ts', 'package.json', 'package-lock.json'];
  for (const file of [...sources, 'out/renderer/index.html', 'out/main/main.js', 'out/main/preload.cjs']) {
    await writeFile(join(root, file), '');
  }
  for (const path of [...sources, 'main', 'renderer', 'renderer/screens', 'shared'])
    await utimes(join(root, path), old, old);
  expect(await isBuilt(root)).toBe(false);
  const startedAt = new Date(Date.now() - 30_000);
  await markBuilt(root, startedAt);
  expect(await isBuilt(root)).toBe(true);
  const during = new Date(startedAt.getTime() + 5_000);
  await utimes(join(root, 'renderer/screens/b.tsx'), during, during);
  expect(await isBuilt(root)).toBe(false);
});

describe('the hub beside the desk', () => {
  const program = join(import.meta.dirname, 'support/answer-ready.ts');

  async function start(
    args: readonly string[] = [],
  ): Promise<{ hub: ReturnType<typeof runHub>; lines: string[]; pids: () => number[] }> {
    const port = await freePort();
    const lines: string[] = [];
    const child = {
      command: process.execPath,
      args: [program, String(port), ...args],
      cwd: process.cwd(),
      env: process.env,
    };
    const hub = runHub({ child, url: new URL(`http://127.0.0.1:${port}`), say: (line) => lines.push(line) });
    onTestFinished(() => hub.stop());
    const pids = (): number[] =>
      lines.flatMap((line) => /^Hub: process (\d+) on/.exec(line)?.[1] ?? []).map(Number);
    return { hub, lines, pids };
  }

  test('is waited for, says its process, and is gone after stop', async () => {
    const { hub, pids } = await start();
    expect(await hub.ready(20_000)).toBe(true);
    const [pid] = pids();
    await hub.stop();
    expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH');
  });

  test('is started again when it dies', async () => {
    const { hub, lines, pids } = await start();
    expect(await hub.ready(20_000)).toBe(true);
    process.kill(pids()[0] ?? 0, 'SIGKILL');
    await expect.poll(() => pids().length, { timeout: 20_000 }).toBe(2);
    expect(lines.join('\n')).toContain('ended (SIGKILL). The desk goes on');
    expect(await hub.ready(20_000)).toBe(true);
  });

  test('one that cannot start is said, and nobody waits for it', async () => {
    const { hub, lines } = await start(['fail']);
    expect(await hub.ready(20_000)).toBe(false);
    expect(lines.join('\n')).toContain('ended (code 3)');
  });
});
