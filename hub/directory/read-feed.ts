import { checkColumns, type ColumnMap, columnMap, rowToHsds } from '../../shared/directory/column-map.ts';
import { type Import, importFeed, importServices, type RefusedRow } from '../../shared/directory/import.ts';
import { nest } from '../../shared/directory/hsds/tabular.ts';
import { serviceKind } from '../../shared/directory/service.ts';
import { type Problem, problemOf } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { z } from 'zod';
import { type CsvTable, kindOf, readCsv, readFolder, readText } from './read-file.ts';
import { readZip } from './read-zip.ts';

const kindsTable = z.record(z.string().min(1), serviceKind);

export interface FeedFiles {
  readonly file: string;
  /** A JSON file with a column map: the feed is then a CSV with one service in each row. */
  readonly columns?: string | undefined;
  /** A JSON file that says which of the feed's own terms is which kind. */
  readonly kinds?: string | undefined;
}

/**
 * A feed from the disk as services, each row taken or refused by itself: HSDS JSON, the tabular data package (a folder or a zip),
 * or a CSV with a column map; JSON and CSV also packed with gzip. A problem means that nothing of it can be taken.
 */
export async function readFeed({ file, columns, kinds }: FeedFiles): Promise<Result<Import, Problem>> {
  const table = kinds === undefined ? ok({}) : await readJson(kinds, kindsTable);
  if (!table.ok) return table;
  const kind = await kindOf(file);
  if (!kind.ok) return kind;
  if (columns !== undefined) {
    const map = await readJson(columns, columnMap);
    if (!map.ok) return map;
    const read = await readCsv(file);
    return read.ok ? fromRows(read.value, map.value, table.value) : read;
  }
  if (kind.value === 'folder' || kind.value === 'zip') {
    const read = await (kind.value === 'zip' ? readZip(file) : readFolder(file));
    return read.ok ? fromPackage(read.value, table.value) : read;
  }
  const feed = await readJson(file, z.unknown());
  return feed.ok ? importFeed(feed.value, { kinds: table.value }) : feed;
}

type Kinds = ColumnMap['kinds'];

function fromRows(table: CsvTable, map: ColumnMap, kinds: Kinds): Result<Import, Problem> {
  const there = checkColumns(table.header, map);
  if (!there.ok) return there;
  const rows = table.rows.map((row) => rowToHsds(named(table.header, row), map));
  return ok(wrongCells(importServices(rows, { kinds: { ...kinds, ...map.kinds } }), table));
}

function fromPackage(tables: ReadonlyMap<string, CsvTable>, kinds: Kinds): Result<Import, Problem> {
  for (const [name, { header, rows }] of tables) {
    const at = rows.findIndex((row) => row.length !== header.length);
    // A row that is torn may belong to any service: none of them can be told to be whole.
    if (at >= 0)
      return err({
        code: 'directory.file',
        field: `${name}.csv`,
        message: `has another number of cells in row ${at + 1}`,
      });
  }
  const byName = [...tables].map(
    ([name, { header, rows }]) => [name, rows.map((row) => named(header, row))] as const,
  );
  const services = nest(Object.fromEntries(byName));
  if (services.length === 0)
    return err({ code: 'directory.feed', field: 'services.csv', message: 'is missing or holds no service' });
  return ok(importServices(services, { kinds }));
}

const named = (header: readonly string[], row: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(header.map((name, at) => [name, row[at] ?? '']));

/** A row with too many or too few cells is refused, whatever could be read of it: its cells may stand in wrong columns. */
function wrongCells({ services, refused }: Import, { header, rows }: CsvTable): Import {
  const wrong = rows.flatMap((row, at): RefusedRow[] =>
    row.length === header.length
      ? []
      : [
          {
            row: at + 1,
            problem: {
              code: 'directory.row',
              field: '(whole)',
              message: `has ${row.length} cells where the first line has ${header.length}`,
            },
          },
        ],
  );
  if (wrong.length === 0) return { services, refused };
  const torn = new Set(wrong.map(({ row }) => row));
  const refusedRows = new Set(refused.map(({ row }) => row));
  const taken = rows.map((_row, at) => at + 1).filter((row) => !refusedRows.has(row));
  return {
    services: services.filter((_service, at) => !torn.has(taken[at] ?? 0)),
    refused: [...refused.filter(({ row }) => !torn.has(row)), ...wrong].toSorted((a, b) => a.row - b.row),
  };
}

/** Problem `directory.file` when it is not JSON, or not of this shape. */
export async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<Result<T, Problem>> {
  const text = await readText(path);
  if (!text.ok) return text;
  let value: unknown;
  try {
    value = JSON.parse(text.value.replace(/^\uFEFF/, ''));
  } catch {
    return err({ code: 'directory.file', field: path.split(/[\\/]/).at(-1) ?? path, message: 'is not JSON' });
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? ok(parsed.data) : err(problemOf('directory.file', parsed.error));
}
