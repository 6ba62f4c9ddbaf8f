import { expect, type Page, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';
import { plantWord, searchRaw } from './support/raw-search.ts';

let desk: OpenDesk;
test.beforeEach(async () => {
  desk = await openDesk();
});
test.afterEach(async () => {
  await desk.close();
});

/** The hub's own database is the hub's: it stands elsewhere, and who may read it is for its keeper (hub/README.md). */
const NOT_THE_DESK = ['hub'];

test('nothing of a call can be read in any file that the desk or its browser keeps', async () => {
  const planted = {
    name: plantWord(),
    place: plantWord(),
    words: plantWord(),
    note: plantWord(),
    halfTyped: plantWord(),
    sought: plantWord(),
  };
  const number = '07700900587';
  let handler = new Handler(desk.page());
  await handler.takeCall();
  await handler.answer({
    question: 'O1',
    state: 'given',
    saidBy: 'caller',
    fields: { who: 'self' },
  });
  await handler.answer({ question: 'O2', state: 'given', saidBy: 'caller', fields: { number } });
  await handler.answer({
    question: 'O3',
    state: 'given',
    saidBy: 'caller',
    fields: { place: planted.place, access: planted.name },
  });
  await handler.answer({ question: 'S3', state: 'yes', saidBy: 'person', words: planted.words });
  // Over and over: a box of every size, and pages of the database that are written again.
  for (let times = 0; times < 12; times += 1) await handler.note(`${times} ${planted.note} ${planted.name}`);
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  await desk.page().keyboard.press('Control+k');
  await desk.page().keyboard.type(planted.sought);
  await desk.page().keyboard.press('Escape');
  await desk.page().keyboard.press('F2');
  await desk.page().keyboard.type(planted.halfTyped);
  await expect(desk.page().getByText('typed, kept on this PC').first()).toBeVisible();
  const controls = await plantRows(desk.page());

  // As it lies while it runs, after a kill, and after LevelDB has made tables of its log.
  const words = [...Object.values(planted), number];
  for (const word of words) expect(desk.lantern.deskOutput()).not.toContain(word);
  const running = await searchRaw(desk.lantern.data, words, NOT_THE_DESK);
  await desk.crashAndReopen();
  handler = new Handler(desk.page());
  await expect(desk.page().getByRole('textbox', { name: 'Add a note' })).toHaveValue(planted.halfTyped);
  const reopened = await searchRaw(desk.lantern.data, words, NOT_THE_DESK);
  Object.assign(controls, await plantBeside(desk.page()));
  await desk.page().context().close();
  const closed = await searchRaw(desk.lantern.data, words, NOT_THE_DESK);
  for (const { found } of [running, reopened, closed]) expect(found).toEqual([]);

  // The search sees: what a page keeps plainly, in the same database and beside it, is found.
  const control = await searchRaw(desk.lantern.data, Object.values(controls), NOT_THE_DESK);
  const placesOf = (name: string): string =>
    control.found.flatMap(({ word, file }) => (word === controls[name] ? [file] : [])).join(' ');
  const { files, bytes } = closed;
  console.log(`searched ${files.length} files, ${Math.round(bytes / 1024)} KB; the controls were in:`);
  for (const name of Object.keys(controls)) console.log(`  ${name}: ${placesOf(name)}`);
  // LevelDB's log and its tables.
  for (const name of ['row', 'longRow']) expect(placesOf(name)).toMatch(/indexeddb\.leveldb\/\d+\.ldb/);
  expect(placesOf('local')).toContain('Local Storage/');
  expect(placesOf('title')).toContain('/History');
  for (const kind of ['indexeddb.leveldb/', 'journal/', 'drafts/', '/History', '/Sessions/', 'Cache'])
    expect(
      files.some((file) => file.includes(kind)),
      kind,
    ).toBe(true);
});

/** Writes words as a program without boxes would, into Lantern's own database: a short row, and one that fills blocks. */
async function plantRows(page: Page): Promise<Record<string, string>> {
  const controls = { row: plantWord(), longRow: plantWord() };
  const beside = await page.context().newPage();
  await beside.goto(new URL('/favicon.ico', page.url()).href);
  await beside.evaluate(async ({ row, longRow }) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const open = indexedDB.open('lantern-development');
      open.addEventListener('success', () => resolve(open.result));
      open.addEventListener('error', () => reject(new Error('could not be opened')));
    });
    const change = database.transaction('meta', 'readwrite', { durability: 'strict' });
    change.objectStore('meta').put({ name: `control ${row}` });
    change.objectStore('meta').put({ name: `control ${`said and said again ${longRow} `.repeat(1_000)}` });
    // More than LevelDB holds in memory: it writes tables of everything so far, compressed where that pays.
    for (let filled = 0; filled < 200; filled += 1) {
      const noise = crypto.getRandomValues(new Uint8Array(16_000));
      change
        .objectStore('meta')
        .put({ name: `filler ${filled} ${[...noise].map((byte) => byte.toString(16)).join('')}` });
    }
    await new Promise<void>((resolve, reject) => {
      change.addEventListener('complete', () => resolve());
      change.addEventListener('abort', () => reject(new Error('was not written')));
    });
    database.close();
  }, controls);
  await beside.close();
  return controls;
}

/** What a careless page leaves besides: local storage, and a title. */
async function plantBeside(page: Page): Promise<Record<string, string>> {
  const controls = { local: plantWord(), title: plantWord() };
  const beside = await page.context().newPage();
  await beside.goto(new URL('/favicon.ico', page.url()).href);
  await beside.evaluate(({ local, title }) => {
    localStorage.setItem('control', local);
    document.title = title;
  }, controls);
  return controls;
}
