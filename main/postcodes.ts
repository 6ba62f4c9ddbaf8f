import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { type Problem } from '../shared/problem.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { areaName, nameColumns } from '../shared/geography/area-names.ts';
import { createIndexBuilder } from '../shared/geography/build.ts';
import { onspdColumns, onspdRow } from '../shared/geography/onspd.ts';
import { readPaths, takeOption } from './commands/options.ts';
import { nodeDisk } from './services/node-disk.ts';

/**
 * ENTRY of `npm run postcodes -- build --from FILE --out FILE [--names FOLDER]`: an ONS Postcode Directory CSV, any issue, to
 * the index that `LANTERN_POSTCODES` names. `--names`: the folder of tables of names that the ONS ships with it
 * (`Documents`). Exit 0: written; 2: refused, nothing was written.
 */

/** What the Open Government Licence asks whoever shows the data to say. */
const attribution = [
  'Contains OS data © Crown copyright and database right',
  'Contains Royal Mail data © Royal Mail copyright and database right',
  'Source: Office for National Statistics licensed under the Open Government Licence v.3.0',
];

export interface Built {
  readonly bytes: Uint8Array;
  readonly taken: number;
  readonly outside: number;
  /** Line numbers of the first rows that cannot be one, and how many there are. */
  readonly refused: { readonly count: number; readonly first: readonly string[] };
}

/** Reads the CSV as it comes. Problems: `onspd.columns`, `onspd.file`, and `onspd.row` when no row at all can be taken. */
export async function buildIndex(
  from: string,
  issue: string,
  names: ReadonlyMap<string, string> = new Map(),
): Promise<Result<Built, Problem>> {
  const builder = createIndexBuilder();
  const first: string[] = [];
  let [outside, refused, line] = [0, 0, 1];
  let columns: ReturnType<typeof onspdColumns> | undefined;
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 65_536,
  });
  try {
    await pipeline(createReadStream(from), parser, async (records: AsyncIterable<string[]>) => {
      for await (const record of records) {
        if (columns === undefined) {
          columns = onspdColumns(record);
          if (!columns.ok) return;
          continue;
        }
        if (!columns.ok) return;
        line += 1;
        const row = onspdRow(record, columns.value);
        const added = row.ok && row.value !== undefined ? builder.add(row.value) : row;
        if (!added.ok) {
          refused += 1;
          if (first.length < 10) first.push(`line ${line}: ${added.error.field} ${added.error.message}`);
        } else if (row.ok && row.value === undefined) outside += 1;
      }
    });
  } catch (error) {
    // Reading was ended because the first line is not one of this directory.
    if (columns?.ok === false) return columns;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return err({ code: 'onspd.file', field: '--from', message: `cannot be read (${code})` });
  }
  if (columns === undefined) return err({ code: 'onspd.file', field: '--from', message: 'is empty' });
  if (!columns.ok) return columns;
  if (builder.count === 0)
    return err({ code: 'onspd.row', field: '--from', message: 'has no postcode of England' });
  return ok({
    bytes: builder.finish({ issue, attribution, names }),
    taken: builder.count,
    outside,
    refused: { count: refused, first },
  });
}

/**
 * Every name of an area in the tables of a folder, whatever they are called; other files are passed over. Problem
 * `onspd.file` when the folder cannot be read, or has none.
 */
export async function readAreaNames(folder: string): Promise<Result<ReadonlyMap<string, string>, Problem>> {
  const names = new Map<string, string>();
  try {
    for (const file of (await readdir(folder)).filter((each) => /\.csv$/i.test(each)).toSorted()) {
      const parser = parse({
        bom: true,
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: 65_536,
      });
      let columns: ReturnType<typeof nameColumns> | null = null;
      await pipeline(
        createReadStream(join(folder, file)),
        parser,
        async (records: AsyncIterable<string[]>) => {
          for await (const record of records) {
            if (columns === null) columns = nameColumns(record);
            if (columns === undefined) return;
            const named = areaName(record, columns);
            if (named !== undefined) names.set(...named);
          }
        },
      ).catch((error: unknown) => {
        // A table of something else, left after its first line or not even one: no names are in it.
        if (columns !== undefined && !(error instanceof CsvError)) throw error;
      });
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return err({ code: 'onspd.file', field: '--names', message: `cannot be read (${code})` });
  }
  if (names.size > 0) return ok(names);
  return err({ code: 'onspd.file', field: '--names', message: 'holds no table of names of areas' });
}

async function main([command, ...args]: readonly string[]): Promise<number> {
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const { value: folder, rest } = takeOption(args, 'names');
  const paths = readPaths(rest, ['from', 'out'], cwd);
  if (command !== 'build') return stop({ code: '', field: 'arguments', message: 'must begin with build' });
  if (!paths.ok) return stop(paths.error);
  const { from, out } = paths.value;
  const names =
    folder === undefined ? ok(new Map<string, string>()) : await readAreaNames(resolve(cwd, folder));
  if (!names.ok) return stop(names.error);
  const built = await buildIndex(from, from.split(/[\\/]/).at(-1) ?? from, names.value);
  if (!built.ok) return stop(built.error);
  const { bytes, taken, outside, refused } = built.value;
  await nodeDisk.replace(out, bytes);
  for (const sentence of refused.first) process.stdout.write(`${sentence}\n`);
  process.stdout.write(
    `${taken} postcodes, ${outside} outside England, ${refused.count} lines refused, ${names.value.size} names of areas read, ${bytes.length} bytes\n`,
  );
  return 0;
}

function stop({ field, message }: Problem): number {
  process.stderr.write(`No index was written: ${field} ${message}\n`);
  return 2;
}

if (process.argv[1] === resolve(import.meta.filename)) process.exitCode = await main(process.argv.slice(2));
