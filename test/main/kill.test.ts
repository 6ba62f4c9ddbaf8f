import { testVault } from '../support/vault.ts';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDrafts } from '../../main/services/drafts.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { sha256 } from '../../main/services/node-system.ts';
import { verifyChain } from '../../shared/events/chain.ts';
import { must, openJournal, readAll } from './support/journals.ts';
import { runAndKill } from './support/kill-child.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

const program = (name: string): string => join(import.meta.dirname, 'support', name);

test('kill -9 while appending, five times over: every acknowledged event is there and the chain holds', async () => {
  const folder = await tempFolder();
  const acked = new Map<number, string>();
  for (const count of [1, 7, 40, 150, 400]) {
    for (const line of await runAndKill(program('append-for-ever.ts'), [folder], count)) {
      const [seq, hash] = line.split(' ');
      acked.set(Number(seq), hash ?? '');
    }
    const journal = openJournal(folder, nodeDisk, 20_000);
    const stored = await readAll(journal);
    expect(await verifyChain(stored, sha256)).toEqual([]);
    const bySeq = new Map(stored.map(({ seq, hash }) => [seq, hash]));
    const missing = [...acked].filter(([seq, hash]) => bySeq.get(seq) !== hash);
    expect(missing).toEqual([]);
    await journal.close();
  }
  expect(acked.size).toBeGreaterThanOrEqual(598);
});

test('kill -9 while typing, five times over: each field has a text no older than the last acknowledged one', async () => {
  const folder = await tempFolder();
  for (const count of [1, 10, 60, 150, 300]) {
    const acked = new Map<string, number>();
    for (const line of await runAndKill(program('type-for-ever.ts'), [folder], count)) {
      const [key, number] = line.split(' ');
      acked.set(key ?? '', Number(number));
    }
    const drafts = createDrafts({ folder, disk: nodeDisk, log: recordLog(), vault: testVault() });
    const kept = new Map(
      (await must(drafts.list())).drafts.map(({ key, text }) => [key, Number(text.split(' ').at(-1))]),
    );
    for (const [key, number] of acked) expect(kept.get(key), key).toBeGreaterThanOrEqual(number);
    await drafts.close();
  }
});
