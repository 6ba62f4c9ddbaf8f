import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createIndexBuilder } from '../../shared/geography/build.ts';
import { openIndex } from '../../shared/geography/index-file.ts';
import { type PostcodeRow } from '../../shared/geography/place.ts';
import { type Bench } from './support/result.ts';
import { seeded } from './support/seeded.ts';
import { percentile, round } from './support/stats.ts';

const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';

/** From a postcode to its areas and position: index, SQLite and a map from JSON, each read from its file on the disk. */
export const postcode: Bench = async ({ small, say }) => {
  const wanted = small ? 50_000 : 1_800_000;
  const folder = await mkdtemp(join(tmpdir(), 'lantern-postcodes-'));
  try {
    const rows = generated(wanted);
    say(`  ${rows.length} postcodes generated`);
    const builder = createIndexBuilder();
    for (const row of rows) builder.add(row);
    const files = {
      index: join(folder, 'index'),
      sqlite: join(folder, 'sqlite'),
      json: join(folder, 'json'),
    };
    await writeFile(files.index, builder.finish({ issue: 'a measurement', attribution: ['invented'] }));
    writeSqlite(files.sqlite, rows);
    await writeFile(
      files.json,
      JSON.stringify(rows.map(({ postcode: code, areas, point }) => [code, areas, point])),
    );
    const random = seeded(9);
    const asked = Array.from(
      { length: small ? 5_000 : 50_000 },
      () => rows[Math.floor(random() * rows.length)]?.postcode ?? '',
    );
    rows.length = 0;

    const ours = await measured(
      files.index,
      async () => {
        const opened = openIndex(new Uint8Array(await readFile(files.index)));
        if (!opened.ok) throw new Error(opened.error.message);
        return (code) => opened.value.find(code)?.areas.icb;
      },
      asked,
    );
    const sqlite = await measured(
      files.sqlite,
      () => {
        const database = new DatabaseSync(files.sqlite, { readOnly: true });
        const statement = database.prepare(
          'SELECT icb, sub_icb, authority, easting, northing FROM postcodes WHERE postcode = ?',
        );
        return Promise.resolve((code) => statement.get(code)?.['icb']);
      },
      asked,
    );
    const json = await measured(
      files.json,
      async () => {
        const map = new Map(
          (JSON.parse(await readFile(files.json, 'utf8')) as [string, { icb: string }][]).map(
            ([code, areas]) => [code, areas],
          ),
        );
        return (code) => map.get(code)?.icb;
      },
      asked,
    );
    const { p99, MB, ready } = ours;
    return {
      what: `a postcode looked up among ${builder.count}: ICB, sub-ICB, local authority, grid position`,
      unit: 'µs, MB, ms',
      ours: { name: 'Lantern index', version: '', durability: 'read into memory', values: { ...ours } },
      peers: [
        {
          name: 'SQLite',
          version: process.versions['sqlite'] ?? '',
          durability: 'primary key, read only',
          values: { ...sqlite },
        },
        {
          name: 'map from JSON',
          version: process.version,
          durability: 'read into memory',
          values: { ...json },
        },
      ],
      ratios: {
        'p99 to SQLite': round(p99 / sqlite.p99, 3),
        'size to SQLite': round(MB / sqlite.MB, 3),
        'ready to JSON': round(ready / json.ready, 4),
      },
      limit: {
        text: 'p99 under 50 µs, under 16 MB on disk, ready in under 100 ms',
        met: p99 < 50 && MB < 16 && ready < 100,
      },
      runs: `${asked.length} look-ups of postcodes that are there, in any order`,
      how: [
        'The postcodes are invented, in the real shape and density: about 145 units a sector, neighbours near each other.',
        '`ready` is from the file to the first answer; `heap` is what the process grew by (MB, rss, after a collection where Node offers one).',
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
};

interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly MB: number;
  readonly ready: number;
  readonly heap: number;
}

async function measured(
  file: string,
  open: () => Promise<(code: string) => unknown>,
  asked: readonly string[],
): Promise<Figures> {
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const find = await open();
  if (find(asked[0] ?? '') === undefined) throw new Error('a postcode that was put in is not found');
  const ready = performance.now() - began;
  for (const code of asked.slice(0, 2_000)) find(code);
  const times = asked.map((code) => {
    const start = performance.now();
    find(code);
    return (performance.now() - start) * 1000;
  });
  return {
    p50: round(percentile(times, 0.5)),
    p99: round(percentile(times, 0.99)),
    MB: round((await stat(file)).size / 1_000_000, 1),
    ready: round(ready, 1),
    heap: round(Math.max(0, process.memoryUsage().rss - before) / 1_000_000, 1),
  };
}

/** Sectors of neighbouring units, as real ones are, until there are enough. */
function generated(wanted: number): PostcodeRow[] {
  const random = seeded(1);
  const rows: PostcodeRow[] = [];
  for (let outward = 0; rows.length < wanted; outward += 1) {
    const [a, b] = [LETTERS[Math.floor(outward / 20) % 20] ?? 'A', LETTERS[outward % 20] ?? 'A'];
    const area = `${a}${b}${1 + Math.floor(outward / 400)}`;
    for (let sector = 0; sector < 10 && rows.length < wanted; sector += 1) {
      const centre = {
        easting: 100_000 + Math.floor(random() * 500_000),
        northing: 50_000 + Math.floor(random() * 600_000),
      };
      const areas = {
        icb: `E540000${String(outward % 42).padStart(2, '0')}`,
        subIcb: `E380${String(outward % 106).padStart(5, '0')}`,
        localAuthority: `E060${String(outward % 309).padStart(5, '0')}`,
      };
      for (let unit = 0; unit < 400 && rows.length < wanted; unit += 1) {
        if (random() < 0.64) continue;
        rows.push({
          postcode: `${area} ${sector}${LETTERS[Math.floor(unit / 20)]}${LETTERS[unit % 20]}`,
          terminated: random() < 0.3,
          areas,
          point: {
            easting: centre.easting + Math.floor(random() * 3_000),
            northing: centre.northing + Math.floor(random() * 3_000),
          },
        });
      }
    }
  }
  return rows;
}

function writeSqlite(file: string, rows: readonly PostcodeRow[]): void {
  const database = new DatabaseSync(file);
  database.exec(
    'CREATE TABLE postcodes (postcode TEXT PRIMARY KEY, terminated INTEGER, icb TEXT, sub_icb TEXT, authority TEXT, easting INTEGER, northing INTEGER) WITHOUT ROWID; BEGIN',
  );
  const insert = database.prepare('INSERT OR REPLACE INTO postcodes VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const { postcode: code, terminated, areas, point } of rows)
    insert.run(
      code,
      terminated ? 1 : 0,
      areas.icb,
      areas.subIcb,
      areas.localAuthority,
      point?.easting ?? null,
      point?.northing ?? null,
    );
  database.exec('COMMIT; VACUUM');
  database.close();
}
