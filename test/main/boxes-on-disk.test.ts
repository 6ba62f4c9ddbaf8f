import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDrafts } from '../../main/services/drafts.ts';
import { createJournal, type Journal } from '../../main/services/journal/journal.ts';
import { decodeLines, encodeLine } from '../../main/services/lines.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { sha256, systemClock, uuidSource } from '../../main/services/node-system.ts';
import { createVault, type Vault } from '../../main/services/vault/vault.ts';
import { keyId } from '../../shared/boxes/box.ts';
import { verifyChain } from '../../shared/events/chain.ts';
import { testVault } from '../support/vault.ts';
import { headOf, makeEvents } from './support/events.ts';
import { must, readAll } from './support/journals.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

const OLD = join(import.meta.dirname, 'fixtures/profile-before-boxes');

const journalOf = (folder: string, vault: Vault, disk = nodeDisk, log = recordLog()): Journal =>
  createJournal({
    folder,
    disk,
    clock: systemClock,
    ids: uuidSource,
    digest: sha256,
    log,
    vault,
    segmentBytes: 3_000,
  });

function otherVault(): Vault {
  const id = keyId.parse(uuidSource.next());
  return createVault(id, [{ id, bytes: new Uint8Array(32).fill(9) }]);
}

/** Everything in a folder's files, as one text. */
async function rawText(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}

async function oldProfile(): Promise<string> {
  const folder = await tempFolder();
  await cp(OLD, folder, { recursive: true });
  return folder;
}

describe('a profile that an older Lantern wrote plainly', () => {
  test('is read whole, and nothing readable is left in any of its files', async () => {
    const folder = await oldProfile();
    expect(await rawText(folder)).toContain('an old plain note');
    await writeFile(join(folder, 'drafts/drafts.log.damaged'), 'an old plain half word, damaged');
    const [earlier = '', present = ''] = (await readdir(join(folder, 'journal'))).toSorted();
    await writeFile(join(folder, 'journal', present, '00000001.log.damaged'), 'an old plain note, damaged');
    await writeFile(join(folder, 'journal', earlier, '00000001.log.damaged-2'), 'an old plain note, damaged');

    const journal = journalOf(join(folder, 'journal'), testVault());
    expect(await must(journal.open())).toMatchObject({ stream: present, head: { seq: 4 }, repairs: [] });
    const events = await readAll(journal);
    expect(await verifyChain(events, sha256)).toEqual([]);
    expect(events.map(({ data }) => data['text'])).toEqual([1, 2, 3, 4].map((n) => `an old plain note ${n}`));
    await journal.close();
    const drafts = createDrafts({
      folder: join(folder, 'drafts'),
      disk: nodeDisk,
      log: recordLog(),
      vault: testVault(),
    });
    expect((await must(drafts.list())).drafts).toEqual([
      { key: 'note', text: 'an old plain half word', at: 1 },
    ]);
    await drafts.close();
    expect(await rawText(folder)).not.toMatch(/old plain|demo-handler|"hash"/);

    // The earlier stream is whole as well, under its new form.
    const list = JSON.parse(await readFile(join(folder, 'journal/current.json'), 'utf8')) as object;
    await writeFile(
      join(folder, 'journal/current.json'),
      JSON.stringify({ ...list, stream: earlier, previous: [] }),
    );
    const before = journalOf(join(folder, 'journal'), testVault());
    expect(await must(before.open())).toMatchObject({ head: { seq: 12 }, repairs: [] });
    expect(await verifyChain(await readAll(before), sha256)).toEqual([]);
    await before.close();
  });

  test('goes on after a crash at every write of the change', async () => {
    for (let crashAt = 1; crashAt <= 8; crashAt += 1) {
      const folder = await oldProfile();
      let writes = 0;
      const disk = {
        ...nodeDisk,
        replace: (path: string, bytes: Uint8Array) =>
          ++writes === crashAt ? Promise.reject(new Error('killed')) : nodeDisk.replace(path, bytes),
      };
      const dying = journalOf(join(folder, 'journal'), testVault(), disk);
      await dying.open();
      const journal = journalOf(join(folder, 'journal'), testVault());
      expect(await must(journal.open())).toMatchObject({ head: { seq: 4 } });
      expect(await verifyChain(await readAll(journal), sha256)).toEqual([]);
      await journal.close();
      expect(await rawText(join(folder, 'journal'))).not.toContain('old plain');
    }
  });
});

describe('a journal whose key cannot be opened', () => {
  test('is kept as it is, a new stream is begun beside it, and the right key reads the old one', async () => {
    const folder = await tempFolder();
    const first = journalOf(folder, testVault());
    const { stream } = await must(first.open());
    const events = await makeEvents(stream, 12);
    for (const event of events) await must(first.append([event]));
    await first.close();
    const raw = await rawText(join(folder, stream));

    const second = journalOf(folder, otherVault());
    const opened = await must(second.open(stream));
    expect(opened.stream).not.toBe(stream);
    expect(opened.head.seq).toBe(0);
    await must(second.append(await makeEvents(opened.stream, 2)));
    await second.close();
    expect(await rawText(join(folder, stream))).toBe(raw);
    const list = JSON.parse(await readFile(join(folder, 'current.json'), 'utf8')) as { previous: unknown[] };
    expect(list.previous).toEqual([
      expect.objectContaining({ stream, reason: expect.stringContaining('key') as string }),
    ]);

    await writeFile(join(folder, 'current.json'), JSON.stringify({ ...list, stream, previous: [] }));
    const third = journalOf(folder, testVault());
    expect((await must(third.open())).head).toEqual(headOf(events));
    expect(await readAll(third)).toEqual(events);
    await third.close();
  });

  test('half-typed text of that key is kept beside, and new text is kept under the new key', async () => {
    const folder = await tempFolder();
    const open = (vault: Vault) => createDrafts({ folder, disk: nodeDisk, log: recordLog(), vault });
    const first = open(testVault());
    await must(first.save({ key: 'note', text: 'half', at: 1 }));
    await first.close();
    const second = open(otherVault());
    expect((await must(second.list())).drafts).toEqual([]);
    await must(second.save({ key: 'note', text: 'new', at: 2 }));
    await second.close();
    expect(await readdir(folder)).toContain(`drafts.locked-${testVault().current}.log`);
  });
});

test('a box that was moved to another number is not taken for that event', async () => {
  const folder = await tempFolder();
  const journal = journalOf(folder, testVault());
  const { stream } = await must(journal.open());
  await must(journal.append(await makeEvents(stream, 2)));
  await journal.close();
  const path = join(folder, stream, '00000001.log');
  const [one, two] = decodeLines(await readFile(path)).map(({ value }) => value as { box: string });
  const swapped = [
    { ...one, box: two?.box },
    { ...two, box: one?.box },
  ];
  await writeFile(path, Buffer.concat(swapped.map((value) => encodeLine(value))));
  const log = recordLog();
  const again = journalOf(folder, testVault(), nodeDisk, log);
  expect((await must(again.open())).head.seq).toBe(0);
  expect(log.codes()).toContain('journal.repaired');
  await again.close();
});
