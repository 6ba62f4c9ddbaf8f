import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type UtcMs } from '../../shared/time.ts';
import { readApplied } from '../db/migrate.ts';
import { type Client, type Pool, unhurried } from '../db/pool.ts';
import { listColumns, listTables, readTable } from '../db/table-rows.ts';
import { LEFT_OUT, type RowCounts, TABLES } from './format.ts';

/**
 * Writes everything the hub keeps to one file, as it stood at one moment, while hubs go on. The file appears under its
 * name only when it is whole and on the disk; only its owner may read it.
 */
export async function writeBackup(pool: Pool, path: string, now: UtcMs): Promise<RowCounts> {
  const partial = `${path}.partial-${process.pid}`;
  const rows: Record<string, number> = {};
  try {
    // A long table is a long statement; the transaction sees one moment throughout.
    await unhurried(pool, async (client) => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const file = await open(partial, 'wx', 0o600);
      await pipeline(
        Readable.from(linesOf(client, now, rows)),
        createGzip({ level: 6 }),
        file.createWriteStream({ flush: true }),
      );
      await client.query('COMMIT');
    });
    await rename(partial, path);
    await syncFolder(dirname(path));
    return rows;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function* linesOf(client: Client, now: UtcMs, rows: Record<string, number>): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (value: unknown): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line({ lantern: 'hub-backup', v: 1, at: now, migrations: await readApplied(client) });
  const there = await listTables(client);
  const unknown = there.filter(
    (table) => !LEFT_OUT.includes(table) && !TABLES.some((known) => known === table),
  );
  if (unknown.length > 0) throw new Error(`a backup would leave out ${unknown.join(', ')}`);
  // A database that an older hub has made, and no hub has brought up to date yet, has fewer.
  for (const table of TABLES.filter((known) => there.includes(known))) {
    const columns = await listColumns(client, table);
    yield line({ table, columns: columns.map((column) => column.name) });
    rows[table] = 0;
    for await (const page of readTable(client, table, columns)) {
      rows[table] += page.length;
      yield page.map(line).join('');
    }
  }
  yield `${JSON.stringify({ end: true, rows, sha256: hash.digest('hex') })}\n`;
}

/** The new name is on the disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  // Windows has no such thing as syncing a folder.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
