import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listMigrations, migrate, migrationsCurrent } from '../../hub/db/migrate.ts';
import { emptyDatabase, type TestDatabase } from './support/database.ts';

let database: TestDatabase;
let folder: URL;
let path: string;
beforeEach(async () => {
  database = await emptyDatabase();
  path = await mkdtemp(join(tmpdir(), 'lantern-migrations-'));
  folder = pathToFileURL(`${path}/`);
});
afterEach(async () => {
  await database.drop();
  await rm(path, { recursive: true });
});

const write = (name: string, sql: string): Promise<void> => writeFile(join(path, name), sql);

test('an empty database gets every migration, in order, and only once', async () => {
  const names = (await listMigrations()).map((migration) => migration.name);
  expect(await migrate(database.pool)).toEqual({ ok: true, value: { applied: names } });
  expect(await migrate(database.pool)).toEqual({ ok: true, value: { applied: [] } });
  expect(await migrationsCurrent(database.pool)).toBe(true);
});

test('hubs that start together run each migration once', async () => {
  const pools = [database.pool, database.another(), database.another()];
  const results = await Promise.all(pools.map((pool) => migrate(pool)));
  const applied = results.flatMap((result) => (result.ok ? result.value.applied : ['failed']));
  expect(applied).toEqual((await listMigrations()).map((migration) => migration.name));
});

test('a later migration is added to what is there', async () => {
  await write('0001-one.sql', 'CREATE TABLE one (a int)');
  await migrate(database.pool, folder);
  await write('0002-two.sql', 'CREATE TABLE two (b int); INSERT INTO two VALUES (7)');
  expect(await migrate(database.pool, folder)).toMatchObject({ value: { applied: ['0002-two.sql'] } });
});

test('a migration that fails leaves nothing of itself behind', async () => {
  await write('0001-one.sql', 'CREATE TABLE one (a int)');
  await write('0002-bad.sql', 'CREATE TABLE two (b int); SELECT * FROM nowhere');
  await expect(migrate(database.pool, folder)).rejects.toThrow('0002-bad.sql failed');
  const { rows } = await database.pool.query("SELECT to_regclass('one') AS one, to_regclass('two') AS two");
  expect(rows).toEqual([{ one: 'one', two: null }]);
  await write('0002-bad.sql', 'CREATE TABLE two (b int)');
  expect(await migrate(database.pool, folder)).toMatchObject({ value: { applied: ['0002-bad.sql'] } });
});

test('a migration edited after it was applied, or a newer database, is refused naming the file', async () => {
  await write('0001-one.sql', 'CREATE TABLE one (a int)');
  await migrate(database.pool, folder);
  await write('0001-one.sql', 'CREATE TABLE one (a bigint)');
  expect(await migrate(database.pool, folder)).toMatchObject({
    error: { code: 'database.changed', field: '0001-one.sql' },
  });
  await write('0001-one.sql', 'CREATE TABLE one (a int)\r\n'.trimEnd());
  expect(await migrate(database.pool, folder)).toMatchObject({ ok: true });
  await database.pool.query("INSERT INTO schema_migrations VALUES (2, '0002-later.sql', 'x')");
  expect(await migrate(database.pool, folder)).toMatchObject({
    error: { code: 'database.newer', field: '0002-later.sql' },
  });
});

test('files that are not numbered one after the other are a bug, said by name', async () => {
  await write('0001-one.sql', 'SELECT 1');
  await write('0003-three.sql', 'SELECT 1');
  await expect(listMigrations(folder)).rejects.toThrow('migration 0003-three.sql should be number 2');
});
