import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDowntimePack, PACK_FILE } from '../../main/services/downtime-pack.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import wexshire from '../../shared/directory/demonstration/wexshire-directory.json' with { type: 'json' };
import { importFeed } from '../../shared/directory/import.ts';
import { currentContent } from '../../shared/content/packs.ts';
import { type DirectoryExtract } from '../../shared/exports/downtime/pack.ts';
import { virtualTime } from '../renderer/support/virtual-time.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

const HOUR = 3_600_000;

async function keeper(disk = nodeDisk) {
  const folder = join(await tempFolder(), 'for-it');
  const time = virtualTime();
  const log = recordLog();
  let number = '01632 960003';
  let directory: DirectoryExtract | undefined;
  const pack = createDowntimePack({
    folder,
    disk,
    clock: time.clock,
    timers: time.timers,
    log,
    content: currentContent,
    numbers: () => [{ title: 'Clinician on call', number }],
    directory: () => Promise.resolve(directory),
  });
  return {
    pack,
    log,
    /** Moves the clock on and waits until the pack waits for its next look. */
    pass: async (ms: number): Promise<void> => {
      time.moveTo(time.clock.now() + ms);
      await expect.poll(() => time.nextAt()).toBeDefined();
    },
    read: () => readFile(join(folder, PACK_FILE), 'utf8'),
    setNumber: (next: string) => (number = next),
    setDirectory: (next: DirectoryExtract) => (directory = next),
  };
}

it('is written after the start, again each day, and at once when asked, in a plain folder', async () => {
  const { pack, pass, read, setNumber } = await keeper();
  expect(pack.status().writtenAt).toBeUndefined();
  pack.start();
  await pass(3_000);
  await expect.poll(() => pack.status().writtenAt).toBeDefined();
  expect(await read()).toContain('01632 960003');
  const first = pack.status().writtenAt ?? 0;

  setNumber('01632 960004');
  await pass(HOUR);
  expect(pack.status().writtenAt).toBe(first);
  expect(await read()).toContain('01632 960003');
  for (let hour = 0; hour < 25; hour += 1) await pass(HOUR);
  await expect.poll(() => pack.status().writtenAt).toBeGreaterThan(first);
  expect(await read()).toContain('01632 960004');

  setNumber('01632 960005');
  expect((await pack.write()).ok).toBe(true);
  expect(await read()).toContain('01632 960005');
  pack.stop();
});

it('holds the directory of this desk with its age, and is made anew when that changes', async () => {
  const { pack, pass, read, setDirectory } = await keeper();
  pack.start();
  await pass(3_000);
  await expect.poll(() => pack.status().writtenAt).toBeDefined();
  expect(await read()).toContain('This desk holds no directory of services.');

  const feed = importFeed(wexshire, { kinds: {} });
  if (!feed.ok) throw new Error(feed.error.message);
  const { services } = feed.value;
  const source = { name: 'Wexshire', demonstration: true };
  const madeAt = Date.UTC(2026, 10, 24, 6, 0);
  setDirectory({ version: 1, madeAt, source, services });
  pack.directoryIs(1);
  await expect.poll(read).toContain('Wexshire, version 1 of Tue 24 Nov 2026 06:00 GMT');
  const text = (await read()).replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  for (const { name } of services.filter(({ status }) => status === 'active')) expect(text).toContain(name);

  setDirectory({ version: 2, madeAt, source, services: services.slice(1) });
  pack.directoryIs(2);
  await expect.poll(read).toContain('Wexshire, version 2');
  pack.stop();
});

it('says that the disk refused it, and goes on trying', async () => {
  const full = {
    ...nodeDisk,
    replace: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOSPC' })),
  };
  const { pack, log } = await keeper(full);
  const answer = await pack.write();
  expect(answer).toMatchObject({ ok: false, error: { code: 'pack.writeFailed' } });
  expect(pack.status().problem).toContain('could not be written');
  expect(log.entries).toMatchObject([{ code: 'pack.writeFailed', cause: 'ENOSPC' }]);
});
