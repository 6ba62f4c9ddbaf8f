import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPurged } from '../../../main/services/journal/purged.ts';
import { nodeDisk } from '../../../main/services/node-disk.ts';
import { sha256 } from '../../../main/services/node-system.ts';
import { readStream } from '../../../main/services/recover/read-stream.ts';
import { testVault } from '../../support/vault.ts';
import { command } from '../support/kept-profile.ts';
import { must, openJournal } from '../support/journals.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { askFor, inTurns, newCall, order } from './calls.ts';

const [a, b] = [newCall(), newCall()];

/** A profile with two calls in turns, of which the first was purged. */
async function purgedProfile() {
  const profile = await tempFolder();
  const journal = openJournal(join(profile, 'journal'));
  const { stream } = await must(journal.open());
  const events = await inTurns(stream, [a, b, a, a, b, a]);
  await must(journal.append(events));
  await must(journal.acknowledge(stream, { acked: 6 }));
  await must(journal.purge(order(askFor(a, events))));
  await journal.close();
  return { profile, stream, events };
}

test('npm run purge-log: which calls went, when, with which numbers, by which policy', async () => {
  const { profile, stream } = await purgedProfile();
  const told = await command('purge-log.ts', ['--profile', profile]);
  expect(told).toMatchObject({ code: 0 });
  expect(told.output).toContain(`call ${a}: 4 entries (${stream} 1,3-4,6), policy 30 days`);
  expect(told.output).toContain(
    '1 call(s) purged; 0 line(s) decided and not carried out; 0 line(s) unreadable',
  );
  await appendFile(join(profile, 'journal', 'purge-log.lines'), 'half a li');
  expect(await command('purge-log.ts', ['--profile', profile])).toMatchObject({
    code: 1,
    output: expect.stringContaining('1 line(s) unreadable'),
  });
  expect(await command('purge-log.ts', ['--profile', await tempFolder()])).toMatchObject({ code: 2 });
  expect(await command('purge-log.ts', [])).toMatchObject({ code: 2 });
});

test('a recovery of the profile reads over what was purged: nothing of it is missing, and the chain holds', async () => {
  const { profile, stream, events } = await purgedProfile();
  const journal = join(profile, 'journal');
  const vault = testVault();
  const purged = await readPurged(nodeDisk, journal, vault);
  if (purged === 'broken') throw new Error(purged);
  const found = await readStream(journal, stream, nodeDisk, vault, sha256, purged.get(stream));
  expect(found).toMatchObject({
    events: events.filter(({ call }) => call === b),
    missing: [],
    chain: [],
    damaged: [],
  });
  expect(found.purged.map(({ from, to }) => [from, to])).toEqual([
    [1, 1],
    [3, 4],
    [6, 6],
  ]);
  // Without the list it would be said.
  const without = await readStream(journal, stream, nodeDisk, vault, sha256);
  expect(without.missing).toEqual([
    [1, 1],
    [3, 4],
    [6, 6],
  ]);
});
