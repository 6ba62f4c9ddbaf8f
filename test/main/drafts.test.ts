import { appendFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDrafts, type Drafts } from '../../main/services/drafts.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { damagedCopy, testVault } from '../support/vault.ts';
import { faultyDisk } from './support/faulty-disk.ts';
import { must } from './support/journals.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

const open = (folder: string, disk = nodeDisk, compactBytes?: number): Drafts =>
  createDrafts({
    folder,
    disk,
    log: recordLog(),
    vault: testVault(),
    ...(compactBytes === undefined ? {} : { compactBytes }),
  });

const texts = async (drafts: Drafts): Promise<Record<string, string>> =>
  Object.fromEntries((await must(drafts.list())).drafts.map(({ key, text }) => [key, text]));

test('a draft belongs to who typed it; one from before drafts had an author goes to whoever takes it up', async () => {
  const folder = await tempFolder();
  const first = open(folder);
  await must(first.save({ key: 'note', text: 'of Sam', at: 1 }, 'sam'));
  await must(first.save({ key: 'note', text: 'of Asha', at: 2 }, 'asha'));
  await must(first.save({ key: 'old', text: 'of nobody known', at: 3 }));
  await first.close();
  const again = open(folder);
  const of = async (person: string) => (await must(again.list(person))).drafts.map(({ text }) => text);
  expect(await of('sam')).toEqual(['of Sam', 'of nobody known']);
  await must(again.discard('note', 'asha'));
  await must(again.save({ key: 'old', text: 'taken up', at: 4 }, 'asha'));
  expect(await of('asha')).toEqual(['taken up']);
  expect(await of('sam')).toEqual(['of Sam']);
  await again.close();
});

test('the latest text of each field is there after a restart, and a discarded one is not', async () => {
  const folder = await tempFolder();
  const drafts = open(folder);
  await must(drafts.save({ key: 'note', text: 'I feel', at: 1 }));
  await must(drafts.save({ key: 'plan', text: 'ring my sister', at: 2 }));
  await must(drafts.save({ key: 'note', text: 'I feel a bit better\n', at: 3 }));
  await must(drafts.save({ key: 'gone', text: 'never mind', at: 4 }));
  await must(drafts.discard('gone'));
  await drafts.close();
  const again = open(folder);
  expect(await texts(again)).toEqual({ note: 'I feel a bit better\n', plan: 'ring my sister' });
  await again.close();
});

test('saves that come together share one fsync', async () => {
  const disk = faultyDisk();
  const drafts = open(await tempFolder(), disk);
  await Promise.all(
    Array.from({ length: 100 }, (_, at) => drafts.save({ key: 'note', text: 'a'.repeat(at), at })),
  );
  expect(disk.syncs).toBeLessThanOrEqual(2);
  expect((await texts(drafts)).note).toHaveLength(99);
  await drafts.close();
});

test('the file is rewritten before it grows without end', async () => {
  const folder = await tempFolder();
  const drafts = open(folder, nodeDisk, 2_000);
  for (let at = 0; at < 200; at++) await must(drafts.save({ key: 'note', text: `text ${at}`, at }));
  expect((await stat(join(folder, 'drafts.log'))).size).toBeLessThan(2_500);
  await drafts.close();
  const again = open(folder);
  expect(await texts(again)).toEqual({ note: 'text 199' });
  await again.close();
});

test.each(['{"key":', 'junk\n', '00000000 {}\n', '\0\0\0'])(
  'a file that ends in %j keeps all its good lines',
  async (junk) => {
    const folder = await tempFolder();
    const drafts = open(folder);
    await must(drafts.save({ key: 'note', text: 'kept', at: 1 }));
    await drafts.close();
    await appendFile(join(folder, 'drafts.log'), junk);
    const again = open(folder);
    expect(await texts(again)).toEqual({ note: 'kept' });
    await must(again.save({ key: 'more', text: 'also kept', at: 2 }));
    await again.close();
    const third = open(folder);
    expect(await texts(third)).toEqual({ note: 'kept', more: 'also kept' });
    await third.close();
    expect((await damagedCopy(join(folder, 'drafts.log.damaged'))).toString()).toContain(junk);
  },
);

test('a full disk refuses the save, keeps the text before it, and recovers', async () => {
  const disk = faultyDisk();
  const folder = await tempFolder();
  const drafts = open(folder, disk);
  await must(drafts.save({ key: 'note', text: 'first', at: 1 }));
  disk.room = 20;
  expect(await drafts.save({ key: 'note', text: 'second', at: 2 })).toMatchObject({
    error: { code: 'drafts.writeFailed' },
  });
  expect(await texts(drafts)).toEqual({ note: 'first' });
  disk.room = Infinity;
  await must(drafts.save({ key: 'note', text: 'third', at: 3 }));
  await drafts.close();
  const again = open(folder);
  expect(await texts(again)).toEqual({ note: 'third' });
  await again.close();
});

test('a failed fsync refuses the save', async () => {
  const disk = faultyDisk();
  const drafts = open(await tempFolder(), disk);
  disk.failSyncs = 1;
  expect(await drafts.save({ key: 'note', text: 'a', at: 1 })).toMatchObject({ ok: false });
  await must(drafts.save({ key: 'note', text: 'b', at: 2 }));
  await drafts.close();
});

test('a folder that cannot be used is a fault', async () => {
  const folder = join(await tempFolder(), 'file');
  await writeFile(folder, '');
  const drafts = open(folder);
  expect(await drafts.list()).toMatchObject({ error: { code: 'drafts.unavailable' } });
  await drafts.close();
});
