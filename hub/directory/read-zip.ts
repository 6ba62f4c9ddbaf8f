import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CsvError } from 'csv-parse';
import { type Entry, open, type ZipFile } from 'yauzl';
import { type Problem } from '../../shared/problem.ts';
import { ok, type Result } from '../../shared/result.ts';
import {
  codeOf,
  csvRows,
  type CsvTable,
  limited,
  MAX_FEED_BYTES,
  refuse,
  tableOf,
  TooLarge,
} from './read-file.ts';

/** The tabular package has some twenty tables; a few files of its describers may lie beside them. */
const MAX_ENTRIES = 200;
/** Text packs to a tenth or so. What packs two hundred times smaller was made to. */
const MAX_RATIO = 200;
const SMALL_BYTES = 1024 * 1024;
const ENCRYPTED = 1;

/** Why a zip is not taken, in words. Thrown inside this file alone. */
class NotTaken extends Error {}

/**
 * Every CSV of a zipped tabular package by its name without the ending. Nothing is unpacked onto the disk, and nothing beyond
 * the bounds into memory: how many entries, how large together, how tightly packed, counted as the bytes come and not as
 * the zip claims. Problem `directory.file` otherwise.
 */
export async function readZip(path: string): Promise<Result<ReadonlyMap<string, CsvTable>, Problem>> {
  const { size } = await stat(path);
  if (size > MAX_FEED_BYTES) return refuse(path, `is larger than ${MAX_FEED_BYTES / 1024 / 1024} MB`);
  let zip: ZipFile | undefined;
  try {
    zip = await opened(path);
    const tables = await readTables(zip);
    return tables.size === 0 ? refuse(path, 'holds no CSV') : ok(tables);
  } catch (error) {
    if (error instanceof NotTaken) return refuse(path, error.message);
    if (error instanceof TooLarge) return refuse(path, TOO_LARGE);
    if (error instanceof CsvError) return refuse(path, `holds a CSV that cannot be read: ${error.code}`);
    return refuse(path, `is no zip that can be read (${codeOf(error)})`);
  } finally {
    zip?.close();
  }
}

const TOO_LARGE = `unpacks to more than ${MAX_FEED_BYTES / 1024 / 1024} MB`;

const opened = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(error);
    });
  });

async function readTables(zip: ZipFile): Promise<Map<string, CsvTable>> {
  if (zip.entryCount > MAX_ENTRIES) throw new NotTaken(`holds more than ${MAX_ENTRIES} files`);
  const tables = new Map<string, CsvTable>();
  let left = MAX_FEED_BYTES;
  for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
    const name = tableName(entry.fileName);
    if (name === undefined) continue;
    if (tables.has(name)) throw new NotTaken('holds a table twice');
    checkEntry(entry, left);
    const limit = limited(left);
    const [rows] = await Promise.all([csvRows(limit), pipeline(await bytesOf(zip, entry), limit)]);
    left -= entry.uncompressedSize;
    const table = tableOf(rows);
    if (table?.ok === true) tables.set(name, table.value);
  }
  return tables;
}

/** `services` of `package/services.csv`. Undefined for what is no table: folders, describers, what a Mac puts beside them. */
function tableName(file: string): string | undefined {
  const name = file.split('/').at(-1) ?? '';
  const isTable =
    name.toLowerCase().endsWith('.csv') && !name.startsWith('.') && !file.startsWith('__MACOSX/');
  return isTable ? name.slice(0, -'.csv'.length) : undefined;
}

function checkEntry(entry: Entry, left: number): void {
  const { compressedSize, uncompressedSize, compressionMethod, generalPurposeBitFlag } = entry;
  if ((generalPurposeBitFlag & ENCRYPTED) !== 0) throw new NotTaken('is encrypted');
  if (compressionMethod !== 0 && compressionMethod !== 8)
    throw new NotTaken('is packed in a way that is not read');
  if (uncompressedSize > left) throw new NotTaken(TOO_LARGE);
  if (uncompressedSize > SMALL_BYTES && uncompressedSize > compressedSize * MAX_RATIO)
    throw new NotTaken('is packed more tightly than tables of text are');
}

/** The next file of the zip; undefined at its end. */
const nextEntry = (zip: ZipFile): Promise<Entry | undefined> =>
  new Promise((resolve, reject) => {
    const settle = (done: () => void): void => {
      zip.off('entry', onEntry);
      zip.off('end', onEnd);
      zip.off('error', onError);
      done();
    };
    const onEntry = (entry: Entry): void => settle(() => resolve(entry));
    const onEnd = (): void => settle(() => resolve(undefined));
    const onError = (error: unknown): void => settle(() => reject(error));
    zip.on('entry', onEntry);
    zip.on('end', onEnd);
    zip.on('error', onError);
    zip.readEntry();
  });

/** Its bytes as they are unpacked; more or fewer than the zip says they are is an error. */
const bytesOf = (zip: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error === null) resolve(stream);
      else reject(error);
    });
  });
