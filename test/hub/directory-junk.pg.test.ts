import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directory } from '../../hub/commands/directory.ts';
import { loadDemonstration } from '../../hub/directory/demonstration.ts';
import { MAX_FEED_BYTES } from '../../hub/directory/read-file.ts';
import { readHead, readServicesAt } from '../../hub/db/directory-rows.ts';
import { listFaults, readFlags } from '../../hub/db/report-rows.ts';
import { csv } from '../../shared/exports/csv/csv.ts';
import { refusal } from '../../shared/sync/protocol.ts';
import { zipOf } from '../support/zip.ts';
import { type TestDesk } from './support/desk.ts';
import { NOON, startHub, type TestHub } from './support/hub.ts';

let hub: TestHub;
let desk: TestDesk;
let folder: string;
let before: unknown;
const held = async () => {
  const head = await readHead(hub.database.pool);
  return { head, services: await readServicesAt(hub.database.pool, head?.version ?? 0) };
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantern-junk-'));
  hub = await startHub();
  desk = await hub.enrolled();
  await loadDemonstration(hub.database.pool, NOON);
  before = await held();
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true });
});
const untouched = async (): Promise<void> => expect(await held()).toEqual(before);

describe('junk at the directory’s routes is refused in words, and leaves the directory, flags and reports as they are', () => {
  const report = (more: object = {}) => ({
    id: v7(),
    service: 'harbour-cafe',
    version: 1,
    at: NOON,
    by: 'Sam',
    kind: 'cannotTake',
    says: 'Full',
    until: NOON + 3_600_000,
    ...more,
  });
  const body = (...reports: unknown[]): string => JSON.stringify({ reports });
  const junk: [string, () => string | Buffer, number, Record<string, string>?][] = [
    ['nothing', () => '', 400],
    ['no JSON', () => '{"reports":[', 400],
    ['an array', () => '[]', 400],
    ['no report at all', () => body(), 400],
    ['a hundred and one', () => body(...Array.from({ length: 101 }, () => report())), 400],
    ['a wrong type of every field', () => body(report({ version: 'one', at: 'noon', by: 7 })), 400],
    ['an unknown kind', () => body(report({ kind: 'closeForever' })), 400],
    ['a field too many', () => body(report({ score: 9 })), 400],
    ['a flag for a year', () => body(report({ until: NOON + 366 * 86_400_000 })), 400],
    ['words of a megabyte', () => body(report({ says: 'x'.repeat(1_000_000) })), 400],
    ['a special key', () => body(report()).replace('"says"', '"__proto__":{"a":1},"says"'), 400],
    ['depth without end', () => `{"reports":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    ['more than a batch may hold', () => `{"reports":"${'x'.repeat(40_000_000)}"}`, 413],
    ['a bomb', () => gzipSync(Buffer.alloc(200_000_000, 32)), 413, { 'content-encoding': 'gzip' }],
    ['gzip that is none', () => Buffer.from('not packed'), 400, { 'content-encoding': 'gzip' }],
    ['another type', () => body(report()), 415, { 'content-type': 'text/csv' }],
  ];
  test.each(junk)('%s', { timeout: 60_000 }, async (_name, payload, status, headers = {}) => {
    const response = await hub.app.inject({
      method: 'POST',
      url: '/v1/directory/reports',
      headers: {
        authorization: `Bearer ${await desk.assertion(NOON)}`,
        'content-type': 'application/json',
        ...headers,
      },
      payload: payload(),
    });
    expect([response.statusCode, refusal.safeParse(response.json()).success]).toEqual([status, true]);
    // Nothing of what was sent comes back.
    expect(response.body.length).toBeLessThan(1_000);
    await untouched();
    const { pool } = hub.database;
    expect([await readFlags(pool, NOON), await listFaults(pool)]).toEqual([[], []]);
  });

  test.each(['from=one', 'from=-1', 'from=1e99', 'madeAt=x', 'from=1%00'])('?%s', async (query) => {
    const answer = await hub.get(desk, `/v1/directory?${query}`);
    expect([answer.status, refusal.safeParse(answer.body).success]).toEqual([400, true]);
  });
});

describe('a feed of junk is refused by name, and leaves the directory as it is', () => {
  const run = async (name: string, content: string | Buffer, what = 'import') => {
    const file = join(folder, name);
    await writeFile(file, content);
    return taken(file, what);
  };
  async function taken(file: string, what = 'import') {
    const said: string[] = [];
    const end = await directory.run({
      pool: hub.database.pool,
      args: [what, file],
      now: NOON + 1,
      say: (line) => void said.push(line),
      randomCode: () => '',
    });
    await untouched();
    return { end, said };
  }
  const service = (more: object = {}) => ({
    id: 's1',
    name: 'A door',
    status: 'active',
    attributes: [{ taxonomy_term: { code: 'crisisCafe', name: 'x', taxonomy: 'lantern:kind' } }],
    ...more,
  });

  test.each<[string, unknown]>([
    ['a name that is a list', service({ name: ['a', 'b'] })],
    ['an unknown kind', service({ attributes: [] })],
    ['an age in words', service({ minimum_age: 'grown up' })],
    ['a rule about nothing that is known', rule('shoeSize:excludes')],
    ['a rule with an effect that is not known', rule('psychosis:forbids')],
    ['a rule without a day to look at it again', rule('psychosis:excludes', 'Somebody|soon')],
    ['a day that is none', service({ assured_date: '2026-02-31', assurer_email: 'a@b.example' })],
    ['hours that overlap', service({ schedules: ['18:00', '19:00'].map((opens_at) => hours(opens_at)) })],
    ['no service at all', 'x'],
  ])('%s', async (_name, row) => {
    const { end, said } = await run('feed.json', JSON.stringify([row]));
    // One row, refused: there is nothing that could be taken.
    expect(end).toMatchObject({ ok: false, error: { code: 'command.argument', field: 'FILE' } });
    expect(said[0]).toMatch(/^row 1.*: refused, [A-Za-z_.0-9()]+ /);
    expect(said.join('\n')).not.toContain('grown up');
  });

  function rule(code: string, value = 'Owner|2027-01-01') {
    const rows = service().attributes;
    const term = { taxonomy_term: { code, name: code, taxonomy: 'lantern:rule' }, label: 'No', value };
    return service({ attributes: [...rows, term] });
  }
  function hours(opens_at: string) {
    return { freq: 'WEEKLY', byday: 'FR', opens_at, closes_at: '23:00' };
  }

  test.each<[string, () => string | Buffer]>([
    ['depth without end', () => `${'['.repeat(300_000)}${']'.repeat(300_000)}`],
    ['half a file', () => '[{"id":"s1","na'],
    ['another alphabet', () => Buffer.from([0xff, 0xfe, 0x5b, 0x00])],
    ['a bomb of gzip', () => gzipSync(Buffer.alloc(MAX_FEED_BYTES + 1, 32))],
    ['a bomb of zip', () => zipOf([{ name: 'services.csv', content: Buffer.alloc(30_000_000, 32) }])],
    ['a zip that lies about its size', () => zipOf([{ name: 'services.csv', content: 'id\nx', claims: 9 }])],
    ['a zip of ten thousand files', () => zipOf([{ name: 'services.csv', content: 'id' }], 10_000)],
  ])('%s', { timeout: 60_000 }, async (_name, content) => {
    const { end } = await run('feed.bin', content());
    expect(end).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/^(?:directory|command)\./) as string },
    });
  });

  test('200 MB and more, which is not begun', async () => {
    const file = join(folder, 'large.json');
    await writeFile(file, '[');
    await truncate(file, MAX_FEED_BYTES + 1);
    expect((await taken(file)).end).toMatchObject({
      ok: false,
      error: { field: 'large.json', message: 'is larger than 200 MB' },
    });
  });

  test('cells that a spreadsheet would run come in as words, and go out of every CSV as words', async () => {
    const cells = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'];
    const rows = cells.map((name, at) => service({ id: `s${at}`, name: `${name} door` }));
    const { end, said } = await run('cells.json', JSON.stringify(rows), 'check');
    expect([end, said]).toEqual([{ ok: true, value: 'well' }, ['6 services taken, 0 refused']]);
    for (const name of cells) {
      const [, cell = ''] = csv(['name'], [{ name }]).split('\r\n');
      expect(cell.replace(/^"/, '')).toMatch(/^'/);
    }
  });
});
