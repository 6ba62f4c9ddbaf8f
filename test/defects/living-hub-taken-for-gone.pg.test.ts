import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readPostmaster } from '../../hub/db/cluster.ts';
import { findRunning } from '../../hub/db/running.ts';
import { childrenOf, signal } from '../kills/parts/processes.ts';
import { databaseFolder } from '../support/postgres.ts';
import { removeDatabase, runHub, startHubProcess } from '../hub/support/process.ts';

// When one back end of PostgreSQL is killed, the server ends all connections and starts again by itself. The hub never
// took hold of it again, so that anything else started on the folder took the hub for gone and stopped its server.

test('a database that restarted itself after a crash still belongs to the hub that uses it', async () => {
  const folder = await databaseFolder();
  const hub = await startHubProcess({ LANTERN_HUB_DATA: folder, LANTERN_HUB_LOG: 'silent' });
  try {
    // Longer than a hub may take to take hold of its server.
    await sleep(5_500);
    const server = await readPostmaster(folder);
    const backEnd = childrenOf(server?.pid ?? 0).find(({ title }) => title.includes('127.0.0.1'));
    signal(backEnd?.pid ?? 0, 'SIGKILL');
    await sleep(300);
    while ((await findRunning(folder)) === undefined) await sleep(20);

    const second = await runHub({ LANTERN_HUB_DATA: folder, LANTERN_HUB_LOG: 'silent' });
    expect(second.code).not.toBe(0);
    expect(second.stderr + second.stdout).toContain('in use by another hub');
    expect((await readPostmaster(folder))?.pid).toBe(server?.pid);
    expect(await hub.end('SIGTERM')).toBe(0);
  } finally {
    if (hub.child.exitCode === null) await hub.end('SIGKILL');
    await removeDatabase(folder);
  }
}, 120_000);
