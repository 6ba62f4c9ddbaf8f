import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../main/services/node-system.ts';
import { openDeskLog } from '../../../main/services/log/desk-log.ts';
import { nodeLogFolder } from '../../../main/services/log/log-folder.ts';
import { createFileLog } from '../../../shared/log/file-log.ts';
import { logLine } from '../../../shared/log/line.ts';
import { recordLog } from '../support/logs.ts';
import { tempFolder } from '../support/temp-folder.ts';

const linesIn = async (folder: string): Promise<unknown[]> => {
  const names = (await readdir(folder)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line) as unknown);
};

test('a desk’s log says words on the terminal and events in the file, for this user alone', async () => {
  const profile = await tempFolder();
  const terminal = recordLog();
  const log = openDeskLog(profile, terminal, systemClock);
  log.started('0.1.0');
  log.warn({ code: 'hub.clock', message: 'words for a person', field: 'Priya', cause: 'ENOSPC' });
  log.uncaught('program.rejected', new RangeError('Priya on 07700 900123'));
  await log.close();
  const lines = (await linesIn(join(profile, 'logs'))).map((line) => logLine.parse(line));
  // What could not wait is written past the queue.
  expect(lines.map(({ event }) => event).toSorted()).toEqual([
    'hub.clock',
    'program.rejected',
    'program.started',
    'program.stopped',
  ]);
  expect(lines).toContainEqual(
    expect.objectContaining({ event: 'hub.clock', field: 'other', cause: 'ENOSPC' }),
  );
  expect(JSON.stringify([lines, terminal.entries])).not.toMatch(/07700/);
  expect(terminal.codes()).toEqual(['hub.clock', 'program.rejected']);
  const [name = ''] = await readdir(join(profile, 'logs'));
  expect((await stat(join(profile, 'logs', name))).mode & 0o777).toBe(0o600);
  expect((await stat(join(profile, 'logs'))).mode & 0o777).toBe(0o700);
});

test('a flood is bounded on the disk, and what was left out is counted', async () => {
  const folder = await tempFolder();
  const limits = { fileBytes: 20_000, totalBytes: 60_000, days: 3 };
  const log = createFileLog(nodeLogFolder(folder), systemClock, limits);
  for (let round = 0; round < 10; round++) {
    for (let index = 0; index < 2_000; index++)
      log.entry('warn', { code: 'journal.writeFailed', cause: 'ENOSPC' });
    await log.close();
  }
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  // One write is one batch: a file may end by that much later.
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(limits.totalBytes + 60_000);
  expect(JSON.stringify(await linesIn(folder))).toMatch(/"event":"log.dropped","n":\d{3,}/);
});

test('a disk that refuses costs lines and nothing else, and is tried again', async () => {
  let isFull = true;
  const written: string[] = [];
  const log = createFileLog(
    {
      files: () => Promise.resolve([]),
      append: (_name, text) =>
        isFull ? Promise.reject(new Error('ENOSPC')) : Promise.resolve(void written.push(text)),
      appendNow: () => false,
      remove: () => Promise.resolve(),
    },
    systemClock,
  );
  log.entry('warn', { code: 'hub.clock' });
  await log.close();
  isFull = false;
  log.entry('error', { code: 'journal.damaged' });
  await log.close();
  expect(written.join('')).toContain('journal.damaged');
});

test('files of days long gone go with the next line, and nothing else in the folder does', async () => {
  const folder = join(await tempFolder(), 'logs');
  await mkdir(folder);
  for (const name of ['lantern-2020-01-01-0001.log', 'notes.txt', 'other.log']) {
    await writeFile(join(folder, name), 'x');
    await utimes(join(folder, name), 1, 1);
  }
  const log = createFileLog(nodeLogFolder(folder), systemClock);
  log.entry('info', { code: 'hub.enrolled' });
  await log.close();
  const names = await readdir(folder);
  expect(names).toHaveLength(3);
  expect(names).not.toContain('lantern-2020-01-01-0001.log');
});
