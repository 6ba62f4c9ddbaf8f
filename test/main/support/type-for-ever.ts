import { createDrafts } from '../../../main/services/drafts.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { testVault } from '../../support/vault.ts';
import { recordLog } from './logs.ts';

/** A program to be killed: types into two fields for ever, and prints each text that was acknowledged. The second argument: what it types. */
const words = process.argv[3] ?? 'typed '.repeat(20);
const drafts = createDrafts({
  folder: process.argv[2] ?? '',
  disk: nodeDisk,
  log: recordLog(),
  vault: testVault(),
  compactBytes: 4_000,
});
for (let count = 1; ; count++) {
  const key = count % 2 === 0 ? 'even' : 'odd';
  const answer = await drafts.save({ key, text: `${words}${count}`, at: count });
  if (!answer.ok) throw new Error(answer.error.code);
  process.stdout.write(`${key} ${count}\n`);
}
