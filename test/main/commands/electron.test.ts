import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { diagnosis } from '../../../shared/diagnose/facts.ts';
import { logLine } from '../../../shared/log/line.ts';
import { policyReport } from '../../../shared/policy/report.ts';
import {
  type BuiltElectron,
  builtElectron,
  type ElectronProcess,
  startElectron,
} from '../../support/electron-double-process.ts';
import { command } from '../support/kept-profile.ts';
import { tempFolder } from '../support/temp-folder.ts';

/**
 * The words of an installed Lantern, given to the BUILT main process on the double. What the double cannot show: that
 * Windows shows the answer in the console it was typed into.
 */
let built: BuiltElectron;
beforeAll(async () => {
  built = await builtElectron();
});
afterAll(() => built.remove());

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly calls: readonly [string, ...unknown[]][];
}

function start(args: readonly string[], env: Record<string, string>): ElectronProcess {
  const electron = startElectron(built.main, env, args);
  onTestFinished(() => electron.kill());
  return electron;
}

async function answer(args: readonly string[], env: Record<string, string> = {}): Promise<Answer> {
  const data = await tempFolder();
  const file = join(data, 'calls.json');
  const electron = start(args, { LANTERN_DATA: data, ELECTRON_DOUBLE_CALLS: file, ...env });
  const { code } = await electron.exit;
  const calls = JSON.parse(await readFile(file, 'utf8')) as Answer['calls'];
  return { code, stdout: electron.stdout.join(''), stderr: electron.stderr.join(''), calls };
}

const names = ({ calls }: Answer): string[] => calls.map(([name]) => name);

describe('a command of the installed program', () => {
  test('lantern policy --json answers with every key, opens no window, registers nothing and takes no lock', async () => {
    // A second program of the same profile: the lock is not asked for, so the answer comes all the same.
    const told = await answer(['policy', '--json'], { ELECTRON_DOUBLE_SECOND_INSTANCE: 'yes' });
    expect(told).toMatchObject({ code: 0, stderr: '' });
    const report = policyReport.parse(JSON.parse(told.stdout));
    expect(report).toMatchObject({ mode: 'unmanaged', problems: [] });
    expect(names(told)).toContain('app.enableSandbox');
    for (const name of ['BrowserWindow', 'app.setAsDefaultProtocolClient', 'app.quit', 'crashReporter.start'])
      expect(names(told)).not.toContain(name);
  });

  test('gives Chromium a folder of its own, which is gone afterwards, and leaves the desk’s alone', async () => {
    const data = await tempFolder();
    const temporary = await tempFolder();
    const told = await answer(['policy'], { LANTERN_DATA: data, TMPDIR: temporary });
    const [[, , folder] = []] = told.calls.filter(([name]) => name === 'app.setPath');
    expect(String(folder)).toContain('lantern-command-');
    expect(await readdir(data)).toEqual([]);
    expect(await readdir(temporary)).toEqual([]);
  });

  test('answers beside a desk that is open', async () => {
    const data = await tempFolder();
    const desk = start([], { LANTERN_DATA: data, LANTERN_HUB_URL: 'http://127.0.0.1:1' });
    await desk.ready;
    expect(await answer(['policy'], { LANTERN_DATA: data })).toMatchObject({ code: 0 });
    expect(desk.child.exitCode).toBeNull();
  });

  test('lantern diagnose says what Chromium would do about a proxy, and which versions run', async () => {
    const told = await answer(['diagnose', '--json'], {
      LANTERN_HUB_URL: 'http://127.0.0.1:1',
      ELECTRON_DOUBLE_PROXY: 'PROXY proxy.wexshire.test:8080; DIRECT',
    });
    expect(told).toMatchObject({ code: 1, stderr: '' });
    const { findings, ...facts } = JSON.parse(told.stdout) as { findings: { code: string }[] };
    expect(diagnosis.parse(facts)).toMatchObject({
      program: { lantern: '0.0.0-double', host: 'electron' },
      profile: { state: 'missing' },
      hub: { proxy: { kind: 'http', at: 'proxy.wexshire.test:8080' }, tcp: { outcome: 'failed' } },
    });
    expect(findings.map(({ code }) => code)).toContain('hub.tcp');
    expect(names(told)).not.toContain('BrowserWindow');
  });

  test('a desk keeps a log of its own, and neither it nor a command ever starts a crash reporter', async () => {
    const data = await tempFolder();
    const desk = start([], { LANTERN_DATA: data, LANTERN_HUB_URL: 'http://127.0.0.1:1' });
    await desk.ready;
    await desk.order({ op: 'appEvent', event: 'open-url', args: ['lantern://call?note=Maya'] });
    const calls = (await desk.order({ op: 'calls' })) as [string][];
    expect(calls.map(([name]) => name)).toContain('app.enableSandbox');
    expect(calls.map(([name]) => name)).not.toContain('crashReporter.start');
    await desk.order({ op: 'closeWindow' }).catch(() => undefined);
    await desk.exit;
    const logs = join(data, 'electron/development/logs');
    const [name = ''] = await readdir(logs);
    const lines = (await readFile(join(logs, name), 'utf8')).trimEnd().split('\n');
    const events = lines.map((line) => logLine.parse(JSON.parse(line)).event);
    expect(events).toEqual(
      expect.arrayContaining(['program.started', 'deepLink.refused', 'program.stopped']),
    );
    expect(lines.join('')).not.toContain('Maya');
    // What it found of its own hardening is in the answer of a later command.
    const told = await answer(['diagnose', '--json'], {
      LANTERN_DATA: data,
      LANTERN_HUB_URL: 'http://127.0.0.1:1',
    });
    const { findings: _findings, ...facts } = JSON.parse(told.stdout) as { findings: object };
    expect(diagnosis.parse(facts).hardening).toMatchObject({ held: expect.any(Number) });
    expect(diagnosis.parse(facts)).toMatchObject({
      profile: { state: 'free' },
      keyStore: { under: { os: 1 } },
    });
  });

  test('writes into a file where that is asked, for a program without a console', async () => {
    const out = join(await tempFolder(), 'policy.json');
    const told = await answer(['policy', '--json', '--out', out]);
    expect(told).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(policyReport.parse(JSON.parse(await readFile(out, 'utf8'))).rows.length).toBeGreaterThan(20);
    expect(await answer(['policy', '--out', join(out, 'no')])).toMatchObject({ code: 2, stdout: '' });
  });

  test.each([
    [
      ['recover', '--profile', '/nowhere', '--key', '/nowhere', '--out', '/nowhere/x'],
      2,
      'Nothing was recovered',
    ],
    [['purge-log', '--profile', '/nowhere'], 2, 'has no journal'],
    [['help'], 0, ''],
  ])('%j ends with %i', async (args, code, words) => {
    const told = await answer(args);
    expect(told.code).toBe(code);
    expect(told.stderr).toContain(words);
  });

  test('a word that is not known is answered with the usage, and not repeated', async () => {
    const told = await answer(['diagnos', 'Priya']);
    expect(told.code).toBe(2);
    expect(told.stdout).toBe('');
    expect(told.stderr).toContain('  lantern policy ');
    expect(told.stderr).not.toMatch(/diagnos |Priya/);
    expect(names(told)).not.toContain('BrowserWindow');
  });
});

test('the browser host takes the same words', async () => {
  const host = 'hosts/browser/main.ts';
  const told = await command(host, ['policy', '--json']);
  expect(told.code).toBe(0);
  expect(policyReport.parse(JSON.parse(told.output)).mode).toBe('unmanaged');
  expect(await command(host, ['Priya'])).toMatchObject({
    code: 2,
    output: expect.not.stringContaining('Priya'),
  });
});
