import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPassword, readPostmaster } from '../../hub/db/cluster.ts';
import { createPool } from '../../hub/db/pool.ts';
import { isAlive } from '../../hub/db/postmaster-pid.ts';
import { findRunning } from '../../hub/db/running.ts';
import { type StreamReport, verifyAllStreams } from '../../hub/verify.ts';
import { databaseFolder } from '../support/postgres.ts';
import { emptyDatabase } from './support/database.ts';
import { makeDesk } from './support/desk.ts';
import { newStream, notes, sealed } from './support/events.ts';
import { taken } from './support/hub.ts';
import {
  enrolAt,
  type HubProcess,
  pushTo,
  removeDatabase,
  runHub,
  startHubProcess,
} from './support/process.ts';

let folder: string;
let running: HubProcess[] = [];
const env = () => ({ LANTERN_HUB_DATA: folder, LANTERN_HUB_LOG: 'error' });

beforeEach(async () => {
  folder = await databaseFolder();
});
afterEach(async () => {
  for (const hub of running)
    if (hub.child.exitCode === null && hub.child.signalCode === null) await hub.end('SIGKILL');
  running = [];
  await removeDatabase(folder);
});

async function start(more: Record<string, string> = {}): Promise<HubProcess> {
  const hub = await startHubProcess({ ...env(), ...more });
  running.push(hub);
  return hub;
}

/** Looks into the database of the hub that is running. */
async function inside<T>(look: (pool: ReturnType<typeof createPool>) => Promise<T>): Promise<T> {
  const url = await findRunning(folder);
  if (url === undefined) throw new Error('no database is running');
  const pool = createPool(url, { max: 1, statementTimeoutMs: 10_000, onError: () => undefined });
  try {
    return await look(pool);
  } finally {
    await pool.end();
  }
}
const reports = (): Promise<StreamReport[]> => inside(verifyAllStreams);

// Each test starts processes and servers of its own, several times over: a cold machine takes its time.
describe('a hub process', { timeout: 120_000 }, () => {
  test('starts its own database, says so in one line, keeps its data, and stops cleanly', async () => {
    const hub = await start();
    expect(hub.readyLine).toBe(`Lantern hub ready on ${hub.url} (embedded PostgreSQL 18, data in ${folder})`);
    expect(hub.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const desk = await makeDesk();
    await enrolAt(hub, desk);
    const stream = newStream();
    const events = await sealed(notes(3), { stream, desk: desk.id, at: Date.now() });
    const first = taken(await pushTo(hub, desk, stream, 1, events));
    expect(await hub.end('SIGTERM')).toBe(0);
    // Its server is gone with it.
    expect(await readPostmaster(folder)).toBeUndefined();
    const password = await stat(join(folder, 'password'));
    expect(password.mode & 0o777).toBe(0o600);
    expect((await readPassword(folder))?.length).toBeGreaterThan(20);

    const again = await start();
    expect(taken(await pushTo(again, desk, stream, 1, events))).toEqual(first);
    expect(await again.end('SIGINT')).toBe(0);
  });

  test('killed with kill -9 in the middle of batches has every acknowledged event when it is back', async () => {
    const desk = await makeDesk();
    const stream = newStream();
    const all = await sealed(notes(2_000), { stream, desk: desk.id, at: Date.now() });
    let acked = 0;
    for (let round = 0; round < 4; round++) {
      const hub = await start();
      if (round === 0) await enrolAt(hub, desk);
      const ackedBefore = acked;
      const killAfter = 3 + round * 2;
      let answered = 0;
      let killed: Promise<unknown> | undefined;
      // Sends until the hub dies under it.
      while (acked < all.length) {
        const sending = pushTo(hub, desk, stream, acked + 1, all.slice(acked, acked + 20));
        if (answered === killAfter) killed = hub.end('SIGKILL');
        const answer = await sending.catch(() => undefined);
        if (answer === undefined) break;
        acked = taken(answer).acked;
        answered += 1;
      }
      await killed;
      expect(acked).toBeGreaterThan(ackedBefore);
      expect(hub.child.signalCode).toBe('SIGKILL');
    }
    const hub = await start();
    const [kept] = await reports();
    expect(kept).toMatchObject({ stream, quarantined: 0, faults: [] });
    expect(kept?.events).toBeGreaterThanOrEqual(acked);
    while (acked < all.length) {
      acked = taken(await pushTo(hub, desk, stream, acked + 1, all.slice(acked, acked + 500))).acked;
    }
    expect(await reports()).toEqual([{ stream, events: all.length, quarantined: 0, faults: [] }]);
    expect(await hub.end('SIGTERM')).toBe(0);
  });

  test('recovers when it and its database were killed together and left a stale lock file', async () => {
    const hub = await start();
    const desk = await makeDesk();
    await enrolAt(hub, desk);
    const stream = newStream();
    const events = await sealed(notes(5), { stream, desk: desk.id, at: Date.now() });
    taken(await pushTo(hub, desk, stream, 1, events));
    const postmaster = await readPostmaster(folder);
    await hub.end('SIGKILL');
    process.kill(postmaster?.pid ?? 0, 'SIGKILL');
    const again = await start();
    expect((await readPostmaster(folder))?.pid).not.toBe(postmaster?.pid);
    expect(await reports()).toEqual([{ stream, events: 5, quarantined: 0, faults: [] }]);
    expect(await again.end('SIGTERM')).toBe(0);
  });

  test('starts its database again when only that was killed, and takes in the rest', async () => {
    const hub = await start();
    const desk = await makeDesk();
    await enrolAt(hub, desk);
    const stream = newStream();
    const events = await sealed(notes(6), { stream, desk: desk.id, at: Date.now() });
    taken(await pushTo(hub, desk, stream, 1, events.slice(0, 3)));
    process.kill((await readPostmaster(folder))?.pid ?? 0, 'SIGKILL');
    let answer = await pushTo(hub, desk, stream, 4, events.slice(3));
    while (answer.status === 503) answer = await pushTo(hub, desk, stream, 4, events.slice(3));
    expect(taken(answer).acked).toBe(6);
    // A back end outlives its server for a moment and may have answered: the server itself is back a little later.
    await expect.poll(() => findRunning(folder), { timeout: 20_000 }).toBeDefined();
    expect(await reports()).toEqual([{ stream, events: 6, quarantined: 0, faults: [] }]);
    expect(await hub.end('SIGTERM')).toBe(0);
  });

  test('will not share a folder with a living hub, says so, and leaves that one alone', async () => {
    const hub = await start();
    const second = await runHub(env());
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toContain(`is in use by another hub (process ${hub.child.pid})`);
    expect(isAlive((await readPostmaster(folder))?.pid ?? 0)).toBe(true);
    expect((await fetch(`${hub.url}/v1/health/ready`)).status).toBe(200);
  });

  test('says that its port is taken and leaves no database running', async () => {
    const taker = createServer();
    await new Promise<void>((resolve) => taker.listen(0, '127.0.0.1', resolve));
    const address = taker.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const ended = await runHub({ ...env(), LANTERN_HUB_PORT: String(port) });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(`LANTERN_HUB_PORT ${port} is in use`);
    expect(await readPostmaster(folder)).toBeUndefined();
    taker.close();
  });

  test('ends with 2 and names the variable when a setting is junk', async () => {
    const ended = await runHub({ ...env(), LANTERN_HUB_PORT: 'seventy' });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Lantern hub: LANTERN_HUB_PORT must be a port number/);
    const secret = await runHub({ ...env(), DATABASE_URL: 'mysql://me:secret@host/db' });
    expect(secret.code).toBe(2);
    expect(secret.stderr).toContain('DATABASE_URL');
    expect(secret.stderr).not.toContain('secret');
    expect(await runHub(env(), ['serve-please'])).toMatchObject({ code: 2 });
  });

  test('ends with a readable line when its database cannot be reached or its folder not be used', async () => {
    const away = await runHub({ ...env(), DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/none' });
    expect(away.code).toBe(1);
    expect(away.stderr).toContain('DATABASE_URL names a database that does not answer (ECONNREFUSED)');
    expect(away.stderr).not.toContain('secret');
    const file = await runHub({ ...env(), LANTERN_HUB_DATA: fileURLToPath(import.meta.url) });
    expect(file.code).toBe(1);
    expect(file.stderr).toContain('LANTERN_HUB_DATA');
  });

  test('verify, beside a running hub or alone, prints a line for each stream and fails on an edited row', async () => {
    const hub = await start();
    const desk = await makeDesk();
    await enrolAt(hub, desk);
    const stream = newStream();
    const events = await sealed(notes(4), { stream, desk: desk.id, at: Date.now() });
    taken(await pushTo(hub, desk, stream, 1, events));
    const good = await runHub(env(), ['verify']);
    expect(good).toMatchObject({ code: 0 });
    expect(good.stdout).toBe(`${stream}: 4 events, 0 quarantined, chain whole\n1 streams, 0 faults\n`);
    await inside((pool) => pool.query(`UPDATE events SET event = replace(event, 'a note 2', 'a lie 2')`));
    await hub.end('SIGTERM');
    const edited = await runHub(env(), ['verify']);
    expect(edited.code).toBe(1);
    expect(edited.stdout).toContain(`${stream}: 4 events, 0 quarantined, faults: wrongHash at 2`);
    expect(await readPostmaster(folder)).toBeUndefined();
  });
});

test('two hub processes share the database that DATABASE_URL names', { timeout: 120_000 }, async () => {
  const database = await emptyDatabase();
  const hubs = await Promise.all([
    start({ DATABASE_URL: database.url }),
    start({ DATABASE_URL: database.url }),
  ]);
  const [one, other] = hubs;
  expect(one.readyLine).toContain('(PostgreSQL from DATABASE_URL)');
  const desk = await makeDesk();
  await enrolAt(one, desk);
  const stream = newStream();
  const events = await sealed(notes(100), { stream, desk: desk.id, at: Date.now() });
  const answers = await Promise.all(
    [one, other, one, other].map((hub) => pushTo(hub, desk, stream, 1, events)),
  );
  const [first, ...rest] = answers.map(taken);
  for (const answer of rest) expect(answer).toEqual(first);
  expect(await verifyAllStreams(database.pool)).toEqual([
    { stream, events: 100, quarantined: 0, faults: [] },
  ]);
  for (const hub of hubs) expect(await hub.end('SIGTERM')).toBe(0);
  await database.drop();
});
