import { afterEach, expect, test } from 'vitest';
import { unhurried } from '../../hub/db/pool.ts';
import { emptyDatabase, type TestDatabase } from '../hub/support/database.ts';

// A connection on which nothing is stopped for taking long (a migration, a backup) was heard by nobody between two
// statements, nor while it was being closed: a database that stopped then ended the hub with an uncaught exception
// instead of a refusal in words. It was seen when the test databases were dropped.

let database: TestDatabase | undefined;
afterEach(async () => {
  await database?.drop();
  database = undefined;
});

test('a connection that the server ends between two statements of a migration fails the next one, and nothing else', async () => {
  database = await emptyDatabase();
  const { pool } = database;
  let ended = false;
  const work = unhurried(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    client.once('end', () => (ended = true));
    await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await expect.poll(() => ended, { timeout: 30_000 }).toBe(true);
    await client.query('SELECT 1');
  });
  await expect(work).rejects.toThrow();
  expect((await pool.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('a connection that the server ends while it is being closed is nobody’s fault', async () => {
  database = await emptyDatabase();
  const { pool } = database;
  // The end arrives before, during or after the goodbye: some of these meet each.
  for (let round = 0; round < 20; round += 1) {
    const ending = await unhurried(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      return [pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])];
    });
    await Promise.all(ending);
  }
  expect((await pool.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});
