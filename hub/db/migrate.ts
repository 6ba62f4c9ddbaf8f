import { readdir, readFile } from 'node:fs/promises';
import { sha256 } from '../digest.ts';
import { type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type Client, type Pool, unhurried } from './pool.ts';

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const FOLDER = new URL('migrations/', import.meta.url);
const NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/;
/** Any constant: hubs that start together on one database queue here. */
const LOCK = 7_110_001;

/** The program's migrations in order. Throws when the files are not numbered 1, 2, 3…: that is a bug. */
export async function listMigrations(folder: URL = FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name, index) => {
      const match = NAME.exec(name);
      if (match === null || Number(match[1]) !== index + 1) {
        throw new Error(`migration ${name} should be number ${index + 1}`);
      }
      // A checkout on Windows may have turned line ends; the checksum must not care.
      const sql = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n');
      return { number: index + 1, name, sql, sha256: sha256(sql) };
    }),
  );
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

/** Which migrations are still to run; or why this program must not touch this database. Pure. */
function pendingMigrations(
  known: readonly Migration[],
  applied: readonly Applied[],
): Result<readonly Migration[], Problem> {
  for (const done of applied) {
    const ours = known[done.number - 1];
    if (ours === undefined) {
      const message = `has ${done.name}, which this version of the hub does not know: run the newer hub`;
      return err({ code: 'database.newer', field: done.name, message });
    }
    if (ours.sha256 !== done.sha256) {
      const message = 'was changed after it was applied to this database; a migration is never edited';
      return err({ code: 'database.changed', field: done.name, message });
    }
  }
  const highest = Math.max(0, ...applied.map((done) => done.number));
  return ok(known.slice(highest));
}

/**
 * Brings the database's schema up to date, under a lock, each migration in its own transaction. `upTo`: no further than
 * that number, for restoring what an older hub has saved.
 */
export async function migrate(
  pool: Pool,
  folder?: URL,
  upTo = Infinity,
): Promise<Result<{ applied: string[] }, Problem>> {
  const known = await listMigrations(folder);
  return unhurried(pool, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
      number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
    const pending = pendingMigrations(known, await readApplied(client));
    if (!pending.ok) return pending;
    const due = pending.value.filter((migration) => migration.number <= upTo);
    for (const migration of due) await apply(client, migration);
    return ok({ applied: due.map((migration) => migration.name) });
  });
}

/** True when every migration this program knows has been applied, and no other. */
export async function migrationsCurrent(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<Applied>(
    'SELECT number, name, sha256 FROM schema_migrations ORDER BY number',
  );
  const pending = pendingMigrations(await listMigrations(), rows);
  return pending.ok && pending.value.length === 0;
}

/** Those that have been applied, in order. */
export async function readApplied(client: Client): Promise<Applied[]> {
  return (await client.query<Applied>('SELECT number, name, sha256 FROM schema_migrations ORDER BY number'))
    .rows;
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    const row = [migration.number, migration.name, migration.sha256];
    await client.query('INSERT INTO schema_migrations (number, name, sha256) VALUES ($1, $2, $3)', row);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`migration ${migration.name} failed`, { cause: error });
  }
}
