import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { createDirectoryKeeper, type DirectoryKeeper } from '../../main/services/directory/keeper.ts';
import { type DirectoryAtHub } from '../../main/ports/hub-link.ts';
import { nodeDisk } from '../../main/services/node-disk.ts';
import { createPlaces } from '../../main/services/places.ts';
import { buildIndex, readAreaNames } from '../../main/postcodes.ts';
import bankHolidays from '../../shared/directory/bank-holidays.json' with { type: 'json' };
import { type DirectoryState } from '../../shared/bridge/directory.ts';
import { type DeskReport, type DirectorySnapshot } from '../../shared/directory/exchange.ts';
import { directoryService } from '../../shared/directory/service.ts';
import { err, ok } from '../../shared/result.ts';
import { recordLog } from './support/logs.ts';
import { tempFolder } from './support/temp-folder.ts';

const AT = Date.UTC(2026, 10, 21, 22);
const service = (id: string, name = id) =>
  directoryService.parse({
    id,
    name,
    organisation: { id: 'o', name: 'Invented' },
    kinds: ['crisisCafe'],
    status: 'active',
    places: [],
    hours: { kind: 'always' },
    eligibility: {},
    rules: [],
    access: {},
    phones: [],
  });
const snapshot = (version: number, ...ids: string[]): DirectorySnapshot => ({
  version,
  madeAt: AT + version,
  source: { name: 'Invented', demonstration: true },
  bankHolidays,
  services: ids.map((id) => service(id)),
});

/** A hub in the test's hands: away, or with a directory; it keeps what it is told. */
function hubOf() {
  const hub = { present: undefined as DirectorySnapshot | undefined, told: [] as DeskReport[] };
  const away = err({ code: 'hub.away', field: '(whole)', message: 'away' });
  const at: DirectoryAtHub = {
    since: (held) => {
      if (hub.present === undefined) return Promise.resolve(away);
      if (held?.version === hub.present.version) return Promise.resolve(ok(undefined));
      return Promise.resolve(ok({ kind: 'whole' as const, snapshot: hub.present }));
    },
    flags: () => Promise.resolve(hub.present === undefined ? away : ok([])),
    report: (reports) => {
      if (hub.present === undefined) return Promise.resolve(away);
      hub.told.push(...reports);
      return Promise.resolve(ok(reports.map(({ id }) => id)));
    },
  };
  return { hub, at };
}

function keeper(folder: string, at: DirectoryAtHub): { keeper: DirectoryKeeper; seen: DirectoryState[] } {
  const seen: DirectoryState[] = [];
  const made = createDirectoryKeeper({
    folder,
    disk: nodeDisk,
    hub: at,
    clock: { now: () => AT },
    // Nothing happens by itself: the test says when the desk looks.
    timers: { after: () => () => undefined },
    ids: { next: () => v7() },
    log: recordLog(),
  });
  made.start((state) => seen.push(state));
  return { keeper: made, seen };
}
const stateOf = async (of: DirectoryKeeper): Promise<DirectoryState> => {
  const state = await of.state();
  if (!state.ok) throw new Error(state.error.message);
  return state.value;
};
const look = async (of: DirectoryKeeper): Promise<void> => {
  of.look();
  await of.stop();
};

test('a desk without a directory says so; one that had one uses it with no hub, and knows when it was last right', async () => {
  const folder = await tempFolder();
  const { hub, at } = hubOf();
  const first = keeper(folder, at).keeper;
  expect(await first.services(['crisisCafe'])).toMatchObject({
    ok: false,
    error: { code: 'directory.none' },
  });
  hub.present = snapshot(3, 'a', 'b');
  await look(first);
  hub.present = undefined;

  const later = keeper(folder, at).keeper;
  await look(later);
  expect(await later.services(['crisisCafe'])).toMatchObject({
    ok: true,
    value: { version: 3, services: [{ id: 'a' }, { id: 'b' }] },
  });
  expect(await later.services(['veterans'])).toMatchObject({ ok: true, value: { services: [] } });
  expect(await stateOf(later)).toMatchObject({ held: { version: 3, services: 2, checkedAt: AT } });
});

test('a report made while the hub is away outlives the program and reaches the hub once', async () => {
  const folder = await tempFolder();
  const { hub, at } = hubOf();
  const first = keeper(folder, at).keeper;
  const full = {
    kind: 'cannotTake' as const,
    service: 'a',
    says: 'Full tonight',
    by: 'Sam',
    until: AT + 3_600_000,
  };
  expect(await first.report(full)).toEqual(ok({}));
  expect(await first.report({ kind: 'fault', service: 'a', says: 'Moved', by: 'Sam' })).toEqual(ok({}));
  await look(first);
  expect(await stateOf(first)).toMatchObject({
    waiting: 2,
    flags: [{ service: 'a', says: 'Full tonight', by: 'Sam' }],
  });

  const again = keeper(folder, at).keeper;
  hub.present = snapshot(1, 'a');
  await look(again);
  await look(again);
  expect(hub.told.map(({ kind }) => kind)).toEqual(['cannotTake', 'fault']);
  expect(await stateOf(again)).toMatchObject({ waiting: 0 });
});

test('a flag without end is refused, and a file that is broken is set aside and asked for anew', async () => {
  const folder = await tempFolder();
  const { hub, at } = hubOf();
  const { keeper: first } = keeper(folder, at);
  const endless = {
    kind: 'cannotTake' as const,
    service: 'a',
    says: 'Full',
    by: 'Sam',
    until: AT + 72 * 3_600_000,
  };
  expect(await first.report(endless)).toMatchObject({ ok: false, error: { field: 'until' } });
  hub.present = snapshot(1, 'a');
  await look(first);
  await writeFile(join(folder, 'directory.json'), '{');
  const again = keeper(folder, at).keeper;
  await look(again);
  expect(await stateOf(again)).toMatchObject({ held: { version: 1 } });
});

test('places are found among words, by first halves, and not where there are none', async () => {
  const places = createPlaces({ disk: nodeDisk, log: recordLog() });
  const found = async (text: string) => {
    const answer = await places.find(text);
    return answer.ok ? answer.value.found : undefined;
  };
  expect(await found('flat 3, wx42qt, by the harbour')).toMatchObject({
    kind: 'postcode',
    postcode: 'WX4 2QT',
    terminated: false,
  });
  expect(await found('WX4 1ZZ')).toMatchObject({ kind: 'postcode', terminated: true });
  expect(await found('somewhere in WX7')).toMatchObject({ kind: 'outward', areas: [{}, {}] });
  expect(await found('the bench by the pier')).toEqual({ kind: 'none' });
});

test('areas have their names from the tables that the ONS ships, whatever else lies beside them', async () => {
  const folder = await tempFolder();
  const csv = join(folder, 'onspd.csv');
  const header = 'pcds,doterm,ctry25cd,lad25cd,sicbl25cd,icb25cd,east1m,north1m,gridind';
  await writeFile(csv, `${header}\nZX1 2AA,,E92000001,E06000901,E38000901,E54000901,337000,172000,1\n`);
  const documents = join(folder, 'Documents');
  await mkdir(documents);
  const tables = {
    'LA_UA names and codes UK as at 04_25.csv':
      '\uFEFFLAD25CD,LAD25NM,LAD25NMW\nE06000901,"Wexcombe, City of",\nE06000999,Elsewhere,\n',
    'ICB names and codes EN as at 04_25.csv':
      'ICB25CD,ICB25CDH,ICB25NM\nE54000901,QWX,NHS Wexshire\nbroken\n,,\n',
    'Country names and codes.csv': 'CTRY12CD,CTRY12NM\nE92000001,England\n',
    'torn.csv': 'LAD25CD,LAD25NM\n"E06000901,never closed',
    'User Guide.txt': 'LAD25CD,LAD25NM\nE06000901,Not a table\n',
  };
  for (const [name, text] of Object.entries(tables)) await writeFile(join(documents, name), text);
  const names = await readAreaNames(documents);
  if (!names.ok) throw new Error(names.error.message);
  const built = await buildIndex(csv, 'Invented', names.value);
  if (!built.ok) throw new Error(built.error.message);
  const path = join(folder, 'postcodes.index');
  await nodeDisk.replace(path, built.value.bytes);
  const places = createPlaces({ path, disk: nodeDisk, log: recordLog() });
  const called = { E06000901: 'Wexcombe, City of', E54000901: 'NHS Wexshire' };
  expect(await places.find('ZX1 2AA')).toMatchObject({ ok: true, value: { names: called } });
  expect(await places.areas()).toEqual({
    ok: true,
    value: {
      areas: [{ icb: 'E54000901', subIcb: 'E38000901', localAuthority: 'E06000901' }],
      names: called,
    },
  });
  expect(await readAreaNames(join(folder, 'none'))).toMatchObject({
    ok: false,
    error: { field: '--names', message: 'cannot be read (ENOENT)' },
  });
  await mkdir(join(folder, 'empty'));
  expect(await readAreaNames(join(folder, 'empty'))).toMatchObject({
    ok: false,
    error: { field: '--names' },
  });
});

test('an ONSPD file becomes an index that a desk reads; junk lines are named, and a wrong file is refused', async () => {
  const folder = await tempFolder();
  const csv = join(folder, 'onspd.csv');
  const lines = [
    'pcd7,pcds,doterm,ctry25cd,lad25cd,sicbl25cd,icb25cd,east1m,north1m,gridind',
    'ZX12AA,ZX1 2AA,,E92000001,E06000901,E38000901,E54000901,337000,172000,1',
    ',,,E92000001,E06000901,E38000901,E54000901,337000,172000,1',
    'ZX12AB,ZX1 2AB,,W92000004,W06000901,,,337000,172000,1',
  ];
  await writeFile(csv, lines.join('\r\n'));
  const built = await buildIndex(csv, 'Invented');
  expect(built).toMatchObject({
    ok: true,
    value: { taken: 1, outside: 1, refused: { count: 1, first: ['line 3: postcode is empty'] } },
  });
  if (!built.ok) return;
  const path = join(folder, 'postcodes.index');
  await nodeDisk.replace(path, built.value.bytes);
  const find = async (from: string) =>
    createPlaces({ path: from, disk: nodeDisk, log: recordLog() }).find('zx1 2aa');
  expect(await find(path)).toMatchObject({
    ok: true,
    value: { issue: 'Invented', found: { kind: 'postcode' } },
  });
  // Cut short: the sample answers instead, and says that it is the sample.
  await nodeDisk.replace(path, (await readFile(path)).subarray(0, 200));
  expect(await find(path)).toMatchObject({
    ok: true,
    value: { issue: 'Invented sample for Wexshire', found: { kind: 'none' } },
  });
  await writeFile(csv, 'a,b\n1,2\n');
  expect(await buildIndex(csv, 'x')).toMatchObject({ ok: false, error: { code: 'onspd.columns' } });
  expect(await buildIndex(join(folder, 'none'), 'x')).toMatchObject({
    ok: false,
    error: { message: 'cannot be read (ENOENT)' },
  });
});
