import { inject } from 'vitest';
import { migrate } from '../../../hub/db/migrate.ts';
import { createPool, type Pool } from '../../../hub/db/pool.ts';
import { v7 } from 'uuid';

export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  /** Another pool on the same database, as a second hub process would have. Ended with this one. */
  readonly another: () => Pool;
  readonly drop: () => Promise<void>;
}

const poolOn = (url: string): Pool =>
  createPool(url, { max: 4, statementTimeoutMs: 15_000, onError: () => undefined });

/** A database of its own on the run's PostgreSQL server. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const answer = await fetch(inject('postgresDoor'));
  if (!answer.ok) throw new Error(await answer.text());
  const serverUrl = new URL(await answer.text());
  const name = `test_${v7().replaceAll('-', '')}`;
  const admin = poolOn(serverUrl.href);
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const pools = [poolOn(url.href)];
  return {
    url: url.href,
    pool: pools[0] as Pool,
    another() {
      const pool = poolOn(url.href);
      pools.push(pool);
      return pool;
    },
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

/** The same, with the hub's schema. */
export async function hubDatabase(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  const migrated = await migrate(database.pool);
  if (!migrated.ok) throw new Error(migrated.error.message);
  return database;
}
