import { afterEach, describe, expect, test } from 'vitest';
import { rm } from 'node:fs/promises';
import { startEmbedded } from '../../hub/db/embedded.ts';
import { migrate } from '../../hub/db/migrate.ts';
import { createPool, type Pool } from '../../hub/db/pool.ts';
import { databaseFolder } from '../support/postgres.ts';
import { startTcpProxy } from '../kills/parts/tcp-proxy.ts';
import { randomFrom } from '../kills/verdict/random.ts';
import { hubDatabase, type TestDatabase } from './support/database.ts';
import { newStream, notes, sealed } from './support/events.ts';
import { NOON, refused, startHub, storedEvents, taken, type TestHub } from './support/hub.ts';

const poolOn = (url: string): Pool =>
  createPool(url, { max: 4, statementTimeoutMs: 15_000, onError: () => undefined });

let hub: TestHub | undefined;
afterEach(async () => {
  await hub?.close();
  hub = undefined;
});

/** Ends the hub's connection that waits for this, as soon as there is one. */
async function whenWaiting(pool: Pool, forWhat: string) {
  const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${forWhat}`;
  while ((await pool.query(sql)).rowCount === 0);
}

/**
 * Cancels every wait for the standby until the answer is there: a push waits more than once, first for what keeps an
 * assertion from being used again.
 */
async function cancelWaits<T>(pool: Pool, answer: Promise<T>): Promise<T> {
  let isOver = false;
  const answered = answer.finally(() => (isOver = true));
  while (!isOver)
    await pool.query(`SELECT pg_cancel_backend(pid), pg_sleep(0.02) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event = 'SyncRep'`);
  return answered;
}

describe('a connection that is lost in the middle of a batch', () => {
  test('is answered with come back later, never with a receipt, and the batch comes in when sent again', async () => {
    hub = await startHub();
    const desk = await hub.enrolled();
    const looker = hub.database.another();
    for (const plain of [true, false]) {
      const stream = newStream();
      const events = await sealed(notes(30), { stream, desk: desk.id, at: NOON });
      // Junk makes it take the long way, of several statements.
      const batch = plain ? events : [...events, 'junk'];
      const holder = await looker.connect();
      await holder.query('BEGIN; LOCK TABLE events IN ACCESS EXCLUSIVE MODE');
      const sending = hub.push(desk, stream, 1, batch);
      await whenWaiting(looker, `wait_event_type = 'Lock'`);
      const answer = await sending;
      expect(refused(answer)).toEqual({ status: 503, code: 'hub.databaseAway', field: '(whole)' });
      expect(answer.headers['retry-after']).toBe('2');
      await holder.query('COMMIT');
      holder.release();
      expect(await storedEvents(hub.database, stream)).toEqual([]);
      expect(taken(await hub.push(desk, stream, 1, batch)).acked).toBe(batch.length);
      expect(await storedEvents(hub.database, stream)).toEqual(events);
    }
  });
});

describe('with a synchronous standby', { timeout: 60_000 }, () => {
  test('no receipt is given while the standby lacks the events, not even for a batch sent again', async () => {
    const folder = await databaseFolder();
    const server = await startEmbedded(folder, () => {});
    if (!server.ok) throw new Error(server.error.message);
    const { url } = server.value;
    const pool = poolOn(url);
    const looker = poolOn(url);
    const database: TestDatabase = { url, pool, another: () => poolOn(url), drop: async () => {} };
    await migrate(pool);
    hub = await startHub({}, database);
    const desk = await hub.enrolled();
    const stream = newStream();
    const events = await sealed(notes(10), { stream, desk: desk.id, at: NOON });
    const standbys = async (names: string): Promise<void> => {
      await looker.query(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
      await looker.query('SELECT pg_reload_conf()');
      while (
        (await looker.query('SHOW synchronous_standby_names')).rows[0]?.synchronous_standby_names !== names
      );
    };

    // A standby that never answers: COMMIT waits, and whoever cancels the wait leaves the events on one server.
    await standbys('away');
    const first = hub.push(desk, stream, 1, events);
    expect(refused(await cancelWaits(looker, first))).toMatchObject({
      status: 503,
      code: 'hub.databaseAway',
    });
    expect(await storedEvents(hub.database, stream)).toEqual(events);
    // The same batch finds its events stored, and still has to wait for the standby.
    const again = hub.push(desk, stream, 1, events);
    expect(refused(await cancelWaits(looker, again))).toMatchObject({
      status: 503,
      code: 'hub.databaseAway',
    });
    // Back to one server, as an administrator would decide.
    await standbys('');
    expect(taken(await hub.push(desk, stream, 1, events))).toMatchObject({
      acked: 10,
      receipts: [{ from: 1, to: 10 }],
    });
    expect(await storedEvents(hub.database, stream)).toEqual(events);
    await hub.close();
    hub = undefined;
    await Promise.all([pool.end(), looker.end()]);
    await server.value.stop();
    await rm(folder, { recursive: true });
  });
});

describe('a line to the database that goes silent', { timeout: 60_000 }, () => {
  test('holds nobody for ever: come back later is said, and the next batch takes a new connection', async () => {
    const database = await hubDatabase();
    const real = new URL(database.url);
    const line = await startTcpProxy(Number(real.port), randomFrom('silent line'));
    const url = new URL(database.url);
    url.port = String(line.port);
    const pool = createPool(url.href, { max: 1, statementTimeoutMs: 500, onError: () => undefined });
    hub = await startHub(
      {},
      {
        ...database,
        pool,
        async drop() {
          await pool.end();
          await database.drop();
        },
      },
    );
    const desk = await hub.enrolled();
    const stream = newStream();
    const events = await sealed(notes(6), { stream, desk: desk.id, at: NOON });
    expect(taken(await hub.push(desk, stream, 1, events.slice(0, 3))).acked).toBe(3);
    line.set('stall');
    const answer = await hub.push(desk, stream, 4, events.slice(3));
    expect(refused(answer)).toMatchObject({ status: 503, code: 'hub.databaseAway' });
    line.moveTo(Number(real.port));
    line.set('none');
    expect(taken(await hub.push(desk, stream, 4, events.slice(3))).acked).toBe(6);
    expect(await storedEvents(database, stream)).toEqual(events);
    await line.close();
  });
});
