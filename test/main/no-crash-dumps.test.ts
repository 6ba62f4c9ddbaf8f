import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { plantWord, searchRaw } from '../e2e/support/raw-search.ts';
import { ROOT } from '../support/sources.ts';
import { tempFolder } from './support/temp-folder.ts';

const PROGRAM = join(import.meta.dirname, 'support/type-for-ever.ts');

/**
 * Somebody types `word`; then the process gets the signal. Everything it can write to is one folder. Core dumps are the
 * operating system's and switched off here, as main/README.md asks of it.
 */
async function typedAnd(signal: NodeJS.Signals, flags: readonly string[] = []) {
  const folder = await tempFolder();
  const word = plantWord();
  const run = ['-c', 'ulimit -c 0 && exec "$@"', 'sh', process.execPath, ...flags, PROGRAM];
  const child = spawn('/bin/sh', [...run, join(folder, 'profile'), word], {
    cwd: folder,
    env: { PATH: process.env.PATH, TMPDIR: folder, HOME: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    lines += line === '' ? 0 : 1;
    if (lines === 20) child.kill(signal);
    // A snapshot is written between two lines.
    if (flags.length > 0 && lines > 20 && (await readdir(folder)).some(isSnapshot)) child.kill('SIGKILL');
  }
  await ended;
  return { ...(await searchRaw(folder, [word])), lines };
}

const isSnapshot = (name: string): boolean => name.endsWith('.heapsnapshot');

test.each(['SIGSEGV', 'SIGABRT', 'SIGILL', 'SIGBUS'] as const)(
  'a desk process that dies by %s leaves nothing readable of what was typed: no dump, no report, no snapshot',
  async (signal) => {
    const { found, files, lines } = await typedAnd(signal);
    expect(lines).toBeGreaterThanOrEqual(20);
    expect(found).toEqual([]);
    expect(files.filter((file) => !file.startsWith('profile/'))).toEqual([]);
  },
);

test('the search sees what was typed where a picture of memory is made', async () => {
  const { found } = await typedAnd('SIGUSR2', ['--heapsnapshot-signal=SIGUSR2']);
  expect(found.map(({ file }) => file).some(isSnapshot)).toBe(true);
});

test('nothing of the product asks for a dump: not Electron’s crash reporter, not Node’s reports', async () => {
  const asks = /crashReporter\.|process\.report|--report-|heapsnapshot|writeHeapSnapshot/;
  const names = await readdir(join(ROOT, 'main'), { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => `main/${name}`);
  const read = await Promise.all(
    [...files, 'package.json', 'electron-builder.yml'].map(async (name) => ({
      name,
      text: await readFile(join(ROOT, name), 'utf8'),
    })),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(read.filter(({ text }) => asks.test(text)).map(({ name }) => name)).toEqual([]);
});
