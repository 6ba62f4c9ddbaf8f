import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { createInterface } from 'node:readline';
import { type z } from 'zod';
import { type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readApplied, migrate } from '../db/migrate.ts';
import { inTransaction, type Client, type Pool, unhurried } from '../db/pool.ts';
import {
  hasRows,
  insertTexts,
  listColumns,
  listTables,
  skipNumbers,
  type TextRow,
} from '../db/table-rows.ts';
import { end, header, row, type RowCounts, TABLES, tableStart } from './format.ts';

/** More numbers than were ever given out between a backup and the loss of its database. */
const SKIPPED_NUMBERS = 1_000_000;
const ROWS_AT_ONCE = 1_000;

export interface Restored {
  readonly at: number;
  readonly rows: RowCounts;
}

const refuse = (code: string, message: string): Result<never, Problem> =>
  err({ code, field: 'FILE', message });
const damaged = refuse('restore.damaged', 'is not a whole backup: it was cut short or changed');

/**
 * Puts a backup into an empty database, all of it or nothing. The schema is brought to what the backup was made with,
 * and then to this hub's. Desks find the hub behind their receipts and send the rest again.
 */
export async function restoreBackup(pool: Pool, path: string): Promise<Result<Restored, Problem>> {
  const lines = linesOf(path);
  try {
    const first = header.safeParse(jsonOf((await lines.next()).value));
    if (!first.success) return damaged;
    const empty = await mustBeEmpty(pool);
    if (!empty.ok) return empty;
    const before = await migrate(pool, undefined, first.data.migrations.length);
    if (!before.ok) return before;
    const loaded = await load(pool, lines, first.data.migrations);
    if (!loaded.ok) return loaded;
    const after = await migrate(pool);
    if (!after.ok) return after;
    return ok({ at: first.data.at, rows: loaded.value });
  } catch (error) {
    // zlib's word for a file that is no gzip, or ends too early.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_')) return damaged;
    if (code === 'ENOENT') return refuse('restore.noFile', 'is not there');
    throw error;
  } finally {
    await lines.return(undefined);
  }
}

function mustBeEmpty(pool: Pool): Promise<Result<void, Problem>> {
  return inTransaction(pool, async (client) => {
    const there = await listTables(client);
    for (const table of there.filter((name) => TABLES.some((known) => known === name))) {
      if (await hasRows(client, table)) {
        const message = `holds something already (${table}): a backup goes only into an empty one`;
        return err({ code: 'restore.notEmpty', field: 'database', message });
      }
    }
    return ok(undefined);
  });
}

type Lines = AsyncGenerator<string, undefined, undefined>;

async function load(
  pool: Pool,
  lines: Lines,
  migrations: z.infer<typeof header>['migrations'],
): Promise<Result<RowCounts, Problem>> {
  // Whatever is not committed is rolled back when its connection ends.
  return unhurried(pool, async (client) => {
    await client.query('BEGIN');
    if (JSON.stringify(await readApplied(client)) !== JSON.stringify(migrations)) {
      return refuse('restore.otherSchema', 'was made with another schema than this database has');
    }
    const loaded = await loadRows(client, lines);
    if (!loaded.ok) return loaded;
    await skipNumbers(client, SKIPPED_NUMBERS);
    await client.query('COMMIT');
    return loaded;
  });
}

async function loadRows(client: Client, lines: Lines): Promise<Result<RowCounts, Problem>> {
  const counted: Record<string, number> = {};
  let table: Awaited<ReturnType<typeof tableOf>>;
  let waiting: TextRow[] = [];
  const flush = async (): Promise<void> => {
    if (table === undefined || waiting.length === 0) return;
    await insertTexts(client, table.name, table.columns, waiting);
    counted[table.name] = (counted[table.name] ?? 0) + waiting.length;
    waiting = [];
  };
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const value = jsonOf(next.value);
    const values = row.safeParse(value);
    if (values.success) {
      if (table === undefined || values.data.length !== table.columns.length) return damaged;
      waiting.push(values.data);
      if (waiting.length >= ROWS_AT_ONCE) await flush();
      continue;
    }
    await flush();
    const last = end.safeParse(value);
    // The hash was compared as the lines were read; see linesOf.
    if (last.success) return sameCounts(counted, last.data.rows) ? ok(counted) : damaged;
    table = await tableOf(client, value);
    if (table === undefined) return damaged;
    counted[table.name] = 0;
  }
  return damaged;
}

async function tableOf(client: Client, value: unknown) {
  const start = tableStart.safeParse(value);
  const name = TABLES.find((known) => start.success && known === start.data.table);
  if (!start.success || name === undefined) return undefined;
  const columns = await listColumns(client, name);
  const same = columns.map((column) => column.name).join() === start.data.columns.join();
  return same ? { name, columns } : undefined;
}

const sameCounts = (a: RowCounts, b: RowCounts): boolean =>
  Object.keys({ ...a, ...b }).every((table) => a[table] === b[table]);

/** The lines of a backup. The end is given only when its hash is that of everything before it. */
async function* linesOf(path: string): Lines {
  const hash = createHash('sha256');
  const file = createReadStream(path);
  const unpacked = file.pipe(createGunzip());
  file.on('error', (error) => unpacked.destroy(error));
  for await (const text of createInterface({ input: unpacked, crlfDelay: Infinity })) {
    const last = end.safeParse(jsonOf(text));
    if (last.success) {
      if (last.data.sha256 === hash.digest('hex')) yield text;
      return;
    }
    hash.update(`${text}\n`);
    yield text;
  }
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    // No schema takes undefined: refused as damaged by whoever asked.
    return undefined;
  }
}
