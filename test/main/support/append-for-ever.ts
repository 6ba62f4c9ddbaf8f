import { createJournal } from '../../../main/services/journal/journal.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { sha256, systemClock, uuidSource } from '../../../main/services/node-system.ts';
import { testVault } from '../../support/vault.ts';
import { headOf, makeEvents } from './events.ts';
import { recordLog } from './logs.ts';

/** A program to be killed: appends events for ever, and prints the number of each acknowledged one. */
const folder = process.argv[2] ?? '';
const journal = createJournal({
  folder,
  disk: nodeDisk,
  clock: systemClock,
  ids: uuidSource,
  digest: sha256,
  log: recordLog(),
  vault: testVault(),
  segmentBytes: 20_000,
});
const opened = await journal.open();
if (!opened.ok) throw new Error(opened.error.code);
let { head } = opened.value;
for (;;) {
  const events = await makeEvents(opened.value.stream, 8, head, 'x'.repeat(500));
  const appends = events.map(async (event) => {
    const answer = await journal.append([event]);
    if (!answer.ok) throw new Error(answer.error.code);
    process.stdout.write(`${event.seq} ${event.hash}\n`);
  });
  await Promise.all(appends);
  head = headOf(events);
}
