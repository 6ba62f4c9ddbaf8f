import { type Client } from './pool.ts';

/** Whole tables as text, for backups. Names come from the schema and our own list, never from outside. */

/** The tables of the schema, in order of name. */
export async function listTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1`,
  );
  return rows.map((found) => found.name);
}

export interface Column {
  readonly name: string;
  readonly type: string;
}

export async function listColumns(client: Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  );
  return rows;
}

export type TextRow = (string | null)[];
const FETCH = 1_000;

/** Every row of a table as the transaction sees it, some at a time. */
export async function* readTable(
  client: Client,
  table: string,
  columns: readonly Column[],
): AsyncGenerator<readonly TextRow[]> {
  const list = columns.map((column) => `${column.name}::text`).join(', ');
  await client.query(`DECLARE rows_of_table NO SCROLL CURSOR FOR SELECT ${list} FROM ${table}`);
  for (;;) {
    const { rows } = await client.query<TextRow>({
      text: `FETCH ${FETCH} FROM rows_of_table`,
      rowMode: 'array',
    });
    if (rows.length > 0) yield rows;
    if (rows.length < FETCH) break;
  }
  await client.query('CLOSE rows_of_table');
}

export async function insertTexts(
  client: Client,
  table: string,
  columns: readonly Column[],
  rows: readonly TextRow[],
): Promise<void> {
  const names = columns.map((column) => column.name).join(', ');
  const typed = columns.map((column, at) => `c${at}::${column.type}`).join(', ');
  const lists = columns.map((_column, at) => `$${at + 1}::text[]`).join(', ');
  const aliases = columns.map((_column, at) => `c${at}`).join(', ');
  await client.query(
    `INSERT INTO ${table} (${names}) OVERRIDING SYSTEM VALUE
     SELECT ${typed} FROM unnest(${lists}) AS given (${aliases})`,
    columns.map((_column, at) => rows.map((values) => values[at] ?? null)),
  );
}

export async function hasRows(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(`SELECT EXISTS (SELECT FROM ${table}) AS any`);
  return rows[0]?.any ?? false;
}

/**
 * Every number the hub gives out goes on from the highest that is stored, and `beyond` further: what was given out
 * after a backup was made is not given out a second time for something else.
 */
export async function skipNumbers(client: Client, beyond: number): Promise<void> {
  const there = await listTables(client);
  for (const table of ['quarantine', 'receipts', 'stream_transfers', 'audit']) {
    // A later migration makes it, and begins at 1.
    if (!there.includes(table)) continue;
    await client.query(
      `SELECT setval(pg_get_serial_sequence('${table}', 'n'), coalesce(max(n), 0) + $1) FROM ${table}`,
      [beyond],
    );
  }
  await client.query(`SELECT setval('event_positions', coalesce(max(position), 0) + $1) FROM events`, [
    beyond,
  ]);
}
