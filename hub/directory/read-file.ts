import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** No feed is larger than this, packed or unpacked (bytes): a whole county is about one hundredth of it. */
export const MAX_FEED_BYTES = 200 * 1024 * 1024;
const MAX_RECORD = 1024 * 1024;

/** A table of text as it stands in a CSV: the first line, then every row. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const refuse = (file: string, message: string): Result<never, Problem> =>
  err({ code: 'directory.file', field: basename(file), message });

export class TooLarge extends Error {}

type Kind = 'folder' | 'zip' | 'gzip' | 'plain';

/** What a path holds, by its first bytes and not its name. Problem `directory.file` when it cannot be read. */
export async function kindOf(path: string): Promise<Result<Kind, Problem>> {
  try {
    if ((await stat(path)).isDirectory()) return ok('folder');
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      const [first, second] = buffer.subarray(0, bytesRead);
      if (first === 0x50 && second === 0x4b) return ok('zip');
      return ok(first === 0x1f && second === 0x8b ? 'gzip' : 'plain');
    } finally {
      await file.close();
    }
  } catch (error) {
    return refuse(path, `cannot be read (${codeOf(error)})`);
  }
}

/** The whole text, unpacked. A bomb is stopped at the limit, not after it. */
export async function readText(path: string, max = MAX_FEED_BYTES): Promise<Result<string, Problem>> {
  const chunks: Buffer[] = [];
  const read = await through(path, max, async (bytes) => {
    for await (const chunk of bytes) chunks.push(chunk as Buffer);
  });
  if (!read.ok) return read;
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return refuse(path, 'is not UTF-8');
  }
}

/** A CSV read as it comes. Rows keep their number of cells: whoever takes them says which is wrong. */
export async function readCsv(path: string, max = MAX_FEED_BYTES): Promise<Result<CsvTable, Problem>> {
  let rows: string[][] = [];
  const read = await through(path, max, async (bytes) => {
    rows = await csvRows(bytes);
  });
  if (!read.ok) return read;
  return tableOf(rows) ?? refuse(path, 'is empty');
}

/** Every row of a CSV as it comes. Rejects with CsvError, and with whatever the bytes reject with. */
export async function csvRows(bytes: NodeJS.ReadableStream): Promise<string[][]> {
  const rows: string[][] = [];
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD,
  });
  await pipeline(bytes, parser, async (records: AsyncIterable<string[]>) => {
    for await (const record of records) rows.push(record);
  });
  return rows;
}

/** The first row names the columns; undefined when there is none. */
export function tableOf([header, ...rows]: string[][]): Result<CsvTable, Problem> | undefined {
  return header === undefined ? undefined : ok({ header: header.map((name) => name.trim()), rows });
}

/** Every CSV of a folder by its name without the ending; together no larger than one feed may be. */
export async function readFolder(path: string): Promise<Result<ReadonlyMap<string, CsvTable>, Problem>> {
  const tables = new Map<string, CsvTable>();
  let left = MAX_FEED_BYTES;
  for (const name of (await readdir(path)).filter((each) => each.endsWith('.csv')).toSorted()) {
    const file = join(path, name);
    const { size } = await stat(file);
    if (size > left) return refuse(path, `holds more than ${MAX_FEED_BYTES / 1024 / 1024} MB`);
    left -= size;
    if (size === 0) continue;
    const table = await readCsv(file);
    if (!table.ok) return table;
    tables.set(name.slice(0, -'.csv'.length), table.value);
  }
  if (tables.size === 0) return refuse(path, 'holds no CSV');
  return ok(tables);
}

async function through(
  path: string,
  max: number,
  read: (bytes: AsyncIterable<unknown> & NodeJS.ReadableStream) => Promise<void>,
): Promise<Result<void, Problem>> {
  const kind = await kindOf(path);
  if (!kind.ok) return kind;
  if (kind.value === 'zip') return refuse(path, 'is a zip, which only a tabular data package may be');
  if (kind.value === 'folder') return refuse(path, 'is a folder');
  const { size } = await stat(path);
  if (size > max) return refuse(path, `is larger than ${max / 1024 / 1024} MB`);
  const limit = limited(max);
  const source = createReadStream(path);
  const parts = kind.value === 'gzip' ? [source, createGunzip(), limit] : [source, limit];
  try {
    // Both ends together: a fault of either ends the other.
    await Promise.all([pipeline(parts), read(limit)]);
    return ok(undefined);
  } catch (error) {
    source.destroy();
    if (limit.errored instanceof TooLarge || error instanceof TooLarge)
      return refuse(path, `unpacks to more than ${max / 1024 / 1024} MB`);
    if (error instanceof CsvError) {
      const { code, lines } = error;
      return refuse(path, `is no CSV that can be read: ${code} at line ${String(lines)}`);
    }
    return refuse(path, `cannot be read (${codeOf(error)})`);
  }
}

export function limited(max: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > max) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unreadable';
