import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parsePostmasterPid, clusterNameOf, hubPidOf, isAlive } from '../../hub/db/postmaster-pid.ts';
import { isOrphan } from '../../hub/db/running.ts';
import { closedFolder, mayEnter } from '../../hub/db/server-user.ts';
import { describeError } from '../../hub/log.ts';

test('postmaster.pid is read as PostgreSQL writes it, and half of one is not read at all', () => {
  const text = '4711\n/srv/hub/postgres\n1795354430\n54321\n\n127.0.0.1\n  5432001    98304\nready   \n';
  expect(parsePostmasterPid(text)).toEqual({ pid: 4711, dataFolder: '/srv/hub/postgres', port: 54321 });
  for (const half of [
    '',
    '4711',
    '4711\n/srv/hub/postgres\n1795354430\n',
    'junk\njunk\njunk\njunk\n',
    '-1\n/x\n1\n5432\n',
  ]) {
    expect(parsePostmasterPid(half)).toBeUndefined();
  }
});

test('a server carries the id of the hub that started it', () => {
  expect(hubPidOf(clusterNameOf(42))).toBe(42);
  for (const other of ['', 'main', 'lantern-hub-', 'lantern-hub-4x']) expect(hubPidOf(other)).toBeUndefined();
});

test('a server is left behind when its hub is dead, or when nobody has held it for a while', () => {
  expect(isOrphan(0, true)).toBe(false);
  expect(isOrphan(0, false)).toBe(true);
  // The id has gone to another process, or the hub is dead and nobody has waited for it.
  expect(isOrphan(60_000, true)).toBe(true);
  // Just started, or started again after a crash: its hub has not got round to holding it.
  expect(isOrphan(4_000, true)).toBe(false);
});

test('a process is alive while it runs', () => {
  expect(isAlive(process.pid)).toBe(true);
  // Above the highest process id Linux gives out.
  expect(isAlive(2 ** 22 + 1)).toBe(false);
});

test('who may pass through a folder follows its owner, group and others bits', () => {
  const user = { uid: 101, gid: 104 };
  expect(mayEnter({ uid: 0, gid: 0, mode: 0o40700 }, user)).toBe(false);
  expect(mayEnter({ uid: 0, gid: 0, mode: 0o40711 }, user)).toBe(true);
  expect(mayEnter({ uid: 101, gid: 0, mode: 0o40700 }, user)).toBe(true);
  expect(mayEnter({ uid: 0, gid: 104, mode: 0o40710 }, user)).toBe(true);
  expect(mayEnter({ uid: 0, gid: 104, mode: 0o40701 }, user)).toBe(false);
});

test('the folder on the way that the database’s user may not enter is named', async () => {
  const closed = await mkdtemp(join(tmpdir(), 'lantern-closed-'));
  // mkdtemp makes it for its owner only; this id is nobody's.
  const stranger = { uid: 54_321, gid: 54_321 };
  expect(await closedFolder(join(closed, 'not', 'yet'), stranger)).toBe(closed);
  expect(await closedFolder(join(tmpdir(), 'not-there-yet'), stranger)).toBeUndefined();
  await rm(closed, { recursive: true });
});

test('what the log says about an error has no message in it', async () => {
  const error = await readFile('/nowhere/Maya Larch Road').catch((failed: unknown) => failed);
  const said = JSON.stringify(describeError(error));
  expect(said).toContain('ENOENT');
  expect(said).not.toContain('Maya');
});
