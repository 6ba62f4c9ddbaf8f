import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { must } from '../main/support/journals.ts';
import { openDesk } from '../main/support/kept-profile.ts';
import { tempFolder } from '../main/support/temp-folder.ts';

// Found by `npm run kills` on a busy machine: a window that stays open asks a host that was started again for no draft, so
// the first half-typed words waited for the file to be read, written anew and synced, and were 957 ms late.

test('a host that is started again has opened the half-typed text before anybody types', async () => {
  const profile = join(await tempFolder(), 'profile');
  const file = join(profile, 'drafts/drafts.log');
  const first = await openDesk(profile);
  await must(
    first.bridge.call('drafts.save', { key: 'note', text: 'She will not', at: 1, by: 'demo-handler' }),
  );
  await first.desk.close();
  const before = await stat(file);

  const again = await openDesk(profile);
  // Opening writes the living texts anew, in a file of its own.
  await expect.poll(async () => (await stat(file)).ino, { timeout: 10_000 }).not.toBe(before.ino);
  await again.desk.close();
});
