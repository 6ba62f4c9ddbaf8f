import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepDirectory } from '../../hub/directory/keep.ts';
import { loadDemonstration } from '../../hub/directory/demonstration.ts';
import { readHead, readServicesAt } from '../../hub/db/directory-rows.ts';
import { listFaults } from '../../hub/db/report-rows.ts';
import {
  applyDelta,
  type DeskReport,
  directoryAnswer,
  type DirectorySnapshot,
  sharedFlags,
} from '../../shared/directory/exchange.ts';
import { type TestDesk } from './support/desk.ts';
import { NOON, refused, startHub, type TestHub } from './support/hub.ts';
import { type Ended, runHub } from './support/process.ts';

let hub: TestHub;
let desk: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  desk = await hub.enrolled();
});
afterAll(() => hub.close());

async function whole(): Promise<DirectorySnapshot> {
  const answer = directoryAnswer.parse((await hub.get(desk, '/v1/directory')).body);
  if (answer.kind !== 'whole') throw new Error('a desk that holds nothing was given a delta');
  return answer.snapshot;
}

describe('a desk', () => {
  test('is told that there is no directory yet', async () => {
    expect(refused(await hub.get(desk, '/v1/directory'))).toMatchObject({
      status: 404,
      code: 'directory.none',
    });
  });

  test('gets it whole, then nothing, then only what changed, and then holds what the hub has', async () => {
    await loadDemonstration(hub.database.pool, NOON);
    const first = await whole();
    expect(first).toMatchObject({ version: 1, madeAt: NOON, source: { demonstration: true } });
    expect(first.services).toHaveLength(31);

    const asked = await ask(`/v1/directory?from=1&madeAt=${NOON}`, `"1-${NOON}"`);
    expect([asked.statusCode, asked.body]).toEqual([304, '']);

    const [gone, changed, ...rest] = first.services;
    if (gone === undefined || changed === undefined) throw new Error('there are no services');
    const next = { ...first, services: [{ ...changed, name: 'Another name' }, ...rest] };
    await keepDirectory(hub.database.pool, next, { how: 'test', now: NOON + 1 });
    const delta = directoryAnswer.parse((await hub.get(desk, `/v1/directory?from=1&madeAt=${NOON}`)).body);
    expect(delta).toMatchObject({ kind: 'delta', from: 1, version: 2, removed: [gone.id] });
    if (delta.kind !== 'delta') return;
    expect(delta.put.map(({ id }) => id)).toEqual([changed.id]);
    expect(applyDelta(first, delta)).toEqual({ ok: true, value: await whole() });
    expect(applyDelta(await whole(), delta)).toMatchObject({ ok: false, error: { code: 'directory.delta' } });
  });

  test('that holds a number of another history gets the whole, not the way from something it never had', async () => {
    const answer = directoryAnswer.parse((await hub.get(desk, '/v1/directory?from=1&madeAt=7')).body);
    expect(answer.kind).toBe('whole');
  });

  test('is not answered without its signature', async () => {
    for (const url of ['/v1/directory', '/v1/directory/flags'])
      expect((await hub.app.inject(url)).statusCode).toBe(401);
  });

  async function ask(url: string, tag: string) {
    const authorization = `Bearer ${await desk.assertion(hub.clock.at)}`;
    return hub.app.inject({ url, headers: { authorization, 'if-none-match': tag } });
  }
});

describe('what a desk found out', () => {
  const report = (more: Partial<DeskReport>): object => ({
    id: v7(),
    kind: 'cannotTake',
    service: 'harbour-cafe',
    version: 1,
    at: NOON,
    by: 'Sam Okoro',
    says: 'Full tonight',
    until: NOON + 3_600_000,
    ...more,
  });
  const flags = async (of = desk) => sharedFlags.parse((await hub.get(of, '/v1/directory/flags')).body).flags;

  test('is told to every desk with who said so and until when, once however often it is sent, until it is over', async () => {
    const other = await hub.enrolled();
    const full = report({});
    for (const reports of [[full], [full]])
      expect((await hub.post(desk, '/v1/directory/reports', { reports })).status).toBe(200);
    expect(await flags(other)).toEqual([
      { service: 'harbour-cafe', says: 'Full tonight', at: NOON, until: NOON + 3_600_000, by: 'Sam Okoro' },
    ]);
    hub.clock.at = NOON + 3_600_001;
    expect(await flags(other)).toEqual([]);
    hub.clock.at = NOON;
  });

  test('is taken back by newer words and not by older ones that arrive late', async () => {
    const {
      says: _says,
      until: _until,
      ...again
    } = report({ kind: 'takesAgain', at: NOON + 5 }) as Record<string, unknown>;
    hub.clock.at = NOON + 10;
    await hub.post(desk, '/v1/directory/reports', { reports: [again] });
    expect(await flags()).toEqual([]);
    await hub.post(desk, '/v1/directory/reports', { reports: [report({ at: NOON + 3 })] });
    expect(await flags()).toEqual([]);
    await hub.post(desk, '/v1/directory/reports', { reports: [report({ at: NOON + 7 })] });
    expect(await flags()).toHaveLength(1);
    hub.clock.at = NOON;
  });

  test('as a fault is kept for the owner of the directory and flags nothing', async () => {
    const { until: _until, ...fault } = report({
      kind: 'fault',
      service: 'tide-cafe',
      says: 'The door is bricked up',
    }) as Record<string, unknown>;
    await hub.post(desk, '/v1/directory/reports', { reports: [fault] });
    expect((await flags()).map(({ service }) => service)).not.toContain('tide-cafe');
    expect(await listFaults(hub.database.pool)).toMatchObject([
      { service: 'tide-cafe', says: 'The door is bricked up', by: 'Sam Okoro', desk: 'Desk in a test' },
    ]);
  });

  test.each([
    ['a flag without end', { until: NOON + 72 * 3_600_000 }, 'reports.0.until'],
    ['a flag that ends before it begins', { until: NOON - 1 }, 'reports.0.until'],
    ['a kind nobody knows', { kind: 'hearsay' }, 'reports.0.kind'],
    ['nobody who said so', { by: ' ' }, 'reports.0.by'],
  ])('is refused by name: %s', async (_name, more, field) => {
    const answer = await hub.post(desk, '/v1/directory/reports', {
      reports: [report(more as Partial<DeskReport>)],
    });
    expect(refused(answer)).toEqual({ status: 400, code: 'request.invalid', field });
  });
});

describe('the command', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantern-directory-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const run = (...args: string[]): Promise<Ended> =>
    runHub({ DATABASE_URL: hub.database.url, LANTERN_HUB_LOG: 'silent' }, ['directory', ...args]);
  const file = async (name: string, content: unknown): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const service = (id: string, name = id) => ({
    id,
    name,
    status: 'active',
    attributes: [{ taxonomy_term: { code: 'crisisCafe', taxonomy: 'lantern:kind' } }],
  });
  const present = async () => (await readHead(hub.database.pool))?.version;

  test('looks, compares, imports and undoes, and each says what it did', { timeout: 60_000 }, async () => {
    const before = await present();
    const good = await file('good.json', [service('one'), service('two')]);
    expect(await run('check', good)).toMatchObject({ code: 0, stdout: '2 services taken, 0 refused\n' });
    expect((await run('diff', good)).stdout).toContain('+ one\n+ two\n');
    expect(await present()).toBe(before);
    expect((await run('import', good)).stdout).toContain(`now version ${(before ?? 0) + 1}`);
    expect((await run('import', good)).stdout).toContain('as it is');
    expect(await readServicesAt(hub.database.pool, (before ?? 0) + 1)).toHaveLength(2);
    expect((await run('undo')).stdout).toContain(
      `now version ${(before ?? 0) + 2}, as version ${before} was`,
    );
    expect((await whole()).services).toEqual(await readServicesAt(hub.database.pool, before ?? 0));
    expect((await run('list')).stdout).toContain(`undo to ${before}`);
  });

  test(
    'leaves the directory untouched by what it refuses, and says which row and why',
    { timeout: 60_000 },
    async () => {
      const before = await present();
      const bad = await file('bad.json', [
        service('fine'),
        { ...service('kindless'), attributes: [] },
        {
          ...service('clash'),
          schedules: [
            { freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '17:00' },
            { freq: 'WEEKLY', byday: 'MO', opens_at: '16:00', closes_at: '20:00' },
          ],
        },
        { ...service('typed'), minimum_age: 'sixteen' },
        17,
      ]);
      const ended = await run('import', bad);
      expect(ended.code).toBe(1);
      expect(ended.stdout.split('\n').slice(0, 5)).toEqual([
        'row 2 (kindless): refused, attributes name no kind of service that is known',
        'row 3 (clash): refused, schedules overlap: 09:00-17:00 and 16:00-20:00 on MO',
        expect.stringContaining('row 4 (typed): refused, minimum_age'),
        expect.stringContaining('row 5: refused, (whole)'),
        '1 services taken, 4 refused',
      ]);
      expect(ended.stdout).toContain('not imported');
      for (const junk of ['{', '"text"', '']) {
        const end = await run('import', await file('junk.json', junk));
        expect([end.code, end.stderr]).toEqual([1, expect.stringContaining('directory.f')]);
      }
      expect((await run('undo', '9999')).code).toBe(2);
      expect((await run('burn')).code).toBe(2);
      expect(await present()).toBe(before);
    },
  );
});
