import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readPostmaster } from '../../hub/db/cluster.ts';
import { databaseFolder } from '../support/postgres.ts';
import { removeDatabase, startHubProcess } from '../hub/support/process.ts';

// The hub was told to stop while it started its killed database again: it asked a server to stop that was not there yet,
// failed, and ended with 1.

test.each([0, 40, 90, 150, 250, 400])(
  'a hub told to stop %i ms after its database was killed stops cleanly',
  async (ms) => {
    const folder = await databaseFolder();
    const hub = await startHubProcess({ LANTERN_HUB_DATA: folder, LANTERN_HUB_LOG: 'silent' });
    try {
      process.kill((await readPostmaster(folder))?.pid ?? 0, 'SIGKILL');
      await sleep(ms);
      expect(await hub.end('SIGTERM')).toBe(0);
    } finally {
      if (hub.child.exitCode === null) await hub.end('SIGKILL');
      await removeDatabase(folder);
    }
  },
  60_000,
);
