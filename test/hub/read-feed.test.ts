import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFeed } from '../../hub/directory/read-feed.ts';
import { MAX_FEED_BYTES, readCsv, readText } from '../../hub/directory/read-file.ts';
import { inOrder } from '../../shared/directory/exchange.ts';
import { type Import } from '../../shared/directory/import.ts';
import { type ZipEntry, zipOf } from '../support/zip.ts';
import { nest, type TableRow } from '../../shared/directory/hsds/tabular.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantern-feed-'));
});
afterAll(() => rm(folder, { recursive: true }));
const file = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

const MAP = {
  columns: {
    id: 'Ref',
    name: 'Service',
    kind: 'Type',
    status: 'State',
    organisation: 'Run by',
    postcode: 'Postcode',
    address: 'Street',
    friday: 'Fri',
    areas: 'Areas',
    minimumAge: 'From age',
    bankHolidays: 'Bank holidays',
    checkedOn: 'Checked',
    checkedBy: 'Checked by',
  },
  kinds: { 'Crisis café': 'crisisCafe', Haven: 'safeHaven' },
};
const HEADER = Object.values(MAP.columns);
const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvOf = (rows: readonly (readonly string[])[]): string =>
  [HEADER, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
const GOOD: readonly string[] = [
  'c1',
  'Café "Tide", back door',
  'Crisis café',
  'active',
  'Tide (invented)',
  'WX4 2QT',
  '1 Tide Street',
  '18:00-23:00;23:30-02:00',
  'E54000901; E06000901',
  '16',
  'closed',
  '2026-11-01',
  'Directory team',
];

async function fromCsv(content: string): Promise<Import> {
  const columns = await file('map.json', JSON.stringify(MAP));
  const read = await readFeed({ file: await file('rows.csv', content), columns });
  if (!read.ok) throw new Error(`${read.error.field} ${read.error.message}`);
  return read.value;
}

describe('a CSV with a column map', () => {
  test('is read into services: kinds by the sender’s words, hours by days, areas and who looked last', async () => {
    const { services, refused } = await fromCsv(`\uFEFF${csvOf([GOOD])}`);
    expect(refused).toEqual([]);
    expect(services).toMatchObject([
      {
        id: 'c1',
        name: 'Café "Tide", back door',
        kinds: ['crisisCafe'],
        status: 'active',
        organisation: { name: 'Tide (invented)' },
        places: [{ postcode: 'WX4 2QT', address: ['1 Tide Street'] }],
        hours: {
          kind: 'hours',
          regular: [
            { byDay: ['FR'], opensAt: '18:00', closesAt: '23:00' },
            { byDay: ['FR'], opensAt: '23:30', closesAt: '02:00' },
          ],
          bankHolidays: 'closed',
        },
        eligibility: { minAgeMonths: 192, areas: ['E54000901', 'E06000901'] },
        verified: { on: '2026-11-01', by: 'Directory team' },
      },
    ]);
  });

  test('refuses the second of two rows under one id, whatever became of the first', async () => {
    const junk = GOOD.with(0, 'twin').with(9, 'sixteen');
    const twin = GOOD.with(0, 'twin');
    const once = await fromCsv(csvOf([twin, twin]));
    expect(once.services.map(({ id }) => id)).toEqual(['twin']);
    expect(once.refused).toMatchObject([
      { row: 2, problem: { field: 'id', message: 'comes a second time' } },
    ]);
    const never = await fromCsv(csvOf([junk, twin]));
    expect(never.services).toEqual([]);
    expect(never.refused.map(({ row, problem }) => [row, problem.field])).toEqual([
      [1, 'minimum_age'],
      [2, 'id'],
    ]);
  });

  test('gives the same services whatever order its rows stand in, and refuses junk rows by their numbers', async () => {
    const junk: readonly (readonly [readonly string[], string])[] = [
      // No junk row has an id that a drawn row can have: of two rows under one id the second is refused for that.
      [['X'], '(whole)'],
      [GOOD.with(0, ''), 'id'],
      [GOOD.with(2, 'Bakery'), 'attributes'],
      [GOOD.with(9, 'sixteen'), 'minimum_age'],
      [GOOD.with(7, '18:00-23:00;22:00-23:30'), 'schedules'],
      [[...GOOD, 'one too many'], '(whole)'],
    ];
    const row = fc
      .record({
        id: fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/).filter((id) => id !== GOOD[0]),
        name: fc
          .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
          .filter((text) => text.trim() !== ''),
        bad: fc.option(fc.nat(junk.length - 1), { freq: 3, nil: undefined }),
      })
      .map(({ id, name, bad }) => ({ id, name: name.trim(), bad }));
    const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, fc.infiniteStream(fc.nat()), async (given, picks) => {
        const lines = given.map(({ id, name, bad }) =>
          bad === undefined ? GOOD.with(0, id).with(1, name) : (junk[bad]?.[0] ?? []),
        );
        const read = await fromCsv(csvOf(lines));
        const good = given.filter(({ bad }) => bad === undefined);
        expect(read.services.map(({ id, name }) => [id, name])).toEqual(
          good.map(({ id, name }) => [id, name]),
        );
        expect(read.refused.map(({ row: at, problem }) => [at, problem.field])).toEqual(
          given.flatMap(({ bad }, at) => (bad === undefined ? [] : [[at + 1, junk[bad]?.[1]]])),
        );
        const turned = lines.toSorted(() => ((picks.next().value ?? 0) % 2 === 0 ? -1 : 1));
        expect(inOrder((await fromCsv(csvOf(turned))).services)).toEqual(inOrder(read.services));
      }),
      { numRuns: 60 },
    );
  });

  test('is refused whole when a column is missing, with its name', async () => {
    const columns = await file('map.json', JSON.stringify(MAP));
    const rows = await file('rows.csv', 'Ref,Service\nc1,Café\n');
    expect(await readFeed({ file: rows, columns })).toMatchObject({
      ok: false,
      error: {
        code: 'directory.columns',
        field: 'kind',
        message: expect.stringContaining('"Type"') as string,
      },
    });
    expect(await readFeed({ file: await file('torn.csv', 'Ref,"Serv'), columns })).toMatchObject({
      ok: false,
      error: { code: 'directory.file', message: expect.stringContaining('CSV') as string },
    });
  });
});

describe('the tabular data package', () => {
  const TABLES: Readonly<Record<string, readonly TableRow[]>> = {
    organizations: [{ id: 'o', name: 'Tide (invented)' }],
    services: [
      { id: 'a', name: 'Tide café, "front"', organization_id: 'o', status: 'active' },
      { id: 'b', name: 'Haven', organization_id: 'o', status: 'inactive' },
    ],
    taxonomy_terms: [{ id: 't', code: 'crisisCafe', name: 'Café', taxonomy: 'lantern:kind' }],
    attributes: [
      { id: 'x', link_id: 'a', taxonomy_term_id: 't', label: '', value: '' },
      { id: 'y', link_id: 'b', taxonomy_term_id: 't', label: '', value: '' },
    ],
    schedules: [
      { id: 's', service_id: 'a', freq: 'WEEKLY', byday: 'FR', opens_at: '18:00', closes_at: '23:00' },
    ],
  };
  const write = async (tables: typeof TABLES, name: string): Promise<string> => {
    const path = join(folder, name);
    await mkdir(path, { recursive: true });
    for (const [table, rows] of Object.entries(tables)) {
      const header = Object.keys(rows[0] ?? {});
      const lines = [header, ...rows.map((row) => header.map((column) => row[column] ?? ''))];
      await writeFile(join(path, `${table}.csv`), lines.map((line) => line.map(cell).join(',')).join('\n'));
    }
    return path;
  };

  test('written as CSV files reads as the same services as its rows joined in memory', async () => {
    const read = await readFeed({ file: await write(TABLES, 'package') });
    const joined = await readFeed({ file: await file('joined.json', JSON.stringify(nest(TABLES))) });
    expect(read).toEqual(joined);
    expect(read).toMatchObject({ ok: true, value: { services: [{ id: 'a' }, { id: 'b' }], refused: [] } });
  });

  const zipped = (tables: typeof TABLES, under = ''): ZipEntry[] =>
    Object.entries(tables).map(([table, rows]) => {
      const header = Object.keys(rows[0] ?? {});
      const lines = [header, ...rows.map((row) => header.map((column) => row[column] ?? ''))];
      return {
        name: `${under}${table}.csv`,
        content: lines.map((line) => line.map(cell).join(',')).join('\n'),
      };
    });

  test('as a zip reads as the same services, in a folder of its own too, and with other files beside it', async () => {
    const joined = await readFeed({ file: await file('joined.json', JSON.stringify(nest(TABLES))) });
    const beside = [
      { name: 'package/', content: '', method: 0 },
      { name: 'package/datapackage.json', content: '{}' },
      { name: '__MACOSX/package/._services.csv', content: 'junk' },
    ];
    for (const entries of [zipped(TABLES), [...beside, ...zipped(TABLES, 'package/')]])
      expect(await readFeed({ file: await file('package.zip', zipOf(entries)) })).toEqual(joined);
  });

  const services = { name: 'services.csv', content: 'id,name\na,Tide\n' };
  const many = Array.from({ length: 201 }, (_, n) => ({ name: `${n}.csv`, content: 'a' }));
  test.each([
    ['a bomb', () => zipOf([{ name: 'services.csv', content: Buffer.alloc(50_000_000) }]), /more tightly/],
    [
      'a bomb that claims to be small',
      () => zipOf([{ name: 'services.csv', content: Buffer.alloc(50_000_000, 'a,'), claims: 90 }]),
      /is no zip that can be read/,
    ],
    ['what claims to be huge', () => zipOf([{ ...services, claims: 300_000_000 }]), /more than 200 MB/],
    ['more entries than there are tables', () => zipOf(many), /more than 200 files/],
    ['one table twice', () => zipOf([services, { ...services, name: 'b/services.csv' }]), /a table twice/],
    ['one that is encrypted', () => zipOf([{ ...services, flags: 1 }]), /is encrypted/],
    ['one packed in another way', () => zipOf([{ ...services, method: 12 }]), /is packed in a way/],
    ['a path out of the folder', () => zipOf([{ ...services, name: '../services.csv' }]), /is no zip/],
    ['no table', () => zipOf([{ name: 'readme.txt', content: 'hello' }]), /holds no CSV/],
    ['one that is cut short', () => zipOf([services]).subarray(0, 60), /is no zip/],
    [
      'a CSV that is none',
      () => zipOf([{ name: 'services.csv', content: 'id\n"a' }]),
      /cannot be read: CSV_/,
    ],
  ])('as a zip is refused by name: %s', async (_name, make, message) => {
    const path = await file('bad.zip', make());
    expect(await readFeed({ file: path })).toMatchObject({
      ok: false,
      error: { code: 'directory.file', field: 'bad.zip', message },
    });
  });

  test('as a zip larger than any feed is not begun', async () => {
    const path = await file('large.zip', zipOf([services]));
    await truncate(path, MAX_FEED_BYTES + 1);
    expect(await readFeed({ file: path })).toMatchObject({ error: { message: 'is larger than 200 MB' } });
  });

  test('with a torn row is refused whole: what the row belonged to cannot be told', async () => {
    const path = await write(TABLES, 'torn');
    await writeFile(join(path, 'schedules.csv'), 'id,service_id,freq\ns,a\n');
    expect(await readFeed({ file: path })).toMatchObject({ ok: false, error: { field: 'schedules.csv' } });
  });
});

describe('files', () => {
  test('come packed with gzip too: the county reads the same either way', async () => {
    const county = join(import.meta.dirname, '../../shared/directory/demonstration/wexshire-directory.json');
    const packed = await file('county.json.gz', gzipSync(await readFile(county)));
    const read = await readFeed({ file: packed });
    expect(read).toEqual(await readFeed({ file: county }));
    expect(read.ok && [read.value.services.length, read.value.refused.length]).toEqual([31, 0]);
  });

  test('that unpack to more than the limit are stopped there, and a file over 200 MB is not begun', async () => {
    const bomb = await file('bomb.gz', gzipSync(Buffer.alloc(5_000_000)));
    expect(await readText(bomb, 1024 * 1024)).toMatchObject({
      ok: false,
      error: { code: 'directory.file', message: 'unpacks to more than 1 MB' },
    });
    expect(await readCsv(bomb, 1024 * 1024)).toMatchObject({ ok: false });
    const large = await file('large.json', '[');
    await truncate(large, MAX_FEED_BYTES + 1);
    expect(await readFeed({ file: large })).toMatchObject({
      ok: false,
      error: { field: 'large.json', message: 'is larger than 200 MB' },
    });
  });

  test.each([
    ['nothing.json', Buffer.from(''), 'is not JSON'],
    ['zipped.json', Buffer.from('PK\u0003\u0004 rest'), 'is no zip that can be read (unreadable)'],
    ['latin.json', Buffer.from([0x22, 0xe9, 0x22]), 'is not UTF-8'],
    ['torn.gz', gzipSync('[1,2,3]').subarray(0, 15), 'cannot be read (Z_BUF_ERROR)'],
  ])('that are not what they should be say so: %s', async (name, content, message) => {
    expect(await readFeed({ file: await file(name, content) })).toMatchObject({
      ok: false,
      error: { message },
    });
  });

  test('that are not there say so', async () => {
    expect(await readFeed({ file: join(folder, 'none.json') })).toMatchObject({
      ok: false,
      error: { message: 'cannot be read (ENOENT)' },
    });
  });
});
