import { expect, type Locator, test } from '@playwright/test';
import { join } from 'node:path';
import { runNode } from '../support/process.ts';
import { ROOT } from '../support/sources.ts';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

let desk: OpenDesk;
test.beforeEach(async () => {
  desk = await openDesk();
});
test.afterEach(() => desk.close());

const page = () => desk.page();
const WORDS = 'Wren would not let go of the railing';

async function picture(name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page().emulateMedia({ colorScheme });
    await page().waitForTimeout(250);
    await page().screenshot({ path: `test-results/${name}-${colorScheme}.png` });
  }
}

async function byPalette(handler: Handler, title: string): Promise<void> {
  await handler.keys.press('Control+k');
  await page().keyboard.type(title);
  await handler.keys.press('Enter');
}

/** Runs a command of the hub's and waits for its end. */
async function hubCommand(...args: readonly string[]): Promise<string> {
  const command = runNode(['hub/server.ts', ...args], {
    cwd: ROOT,
    env: { LANTERN_HUB_DATA: join(desk.lantern.data, 'hub') },
  });
  await new Promise((resolve) => command.child.once('exit', resolve));
  expect(command.child.exitCode, command.output()).toBe(0);
  return command.output();
}

test('signing out asks with what is at stake, and the next person at the PC sees nothing of it while it is sent', async () => {
  const handler = new Handler(page());
  const { keys } = handler;
  await handler.takeCall();
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  await desk.lantern.killHub();
  await handler.note(WORDS);
  await expect.poll(() => handler.light()).toContain('On this PC');
  await keys.press('F2');
  await page().keyboard.type('half a thought of Wren');

  await byPalette(handler, 'Leave this desk');
  const question = page().getByRole('dialog');
  await expect(question).toContainText('Sign out with 1 call open?');
  await expect(question).toContainText('Half-typed words in 1 field');
  await expect(question).toContainText('1 entry not yet at the hub, the oldest since');
  await expect(question.getByRole('button', { name: 'Stay signed in' })).toBeFocused();
  await picture('leave');
  await keys.press('Escape');
  await expect(question).toBeHidden();
  await byPalette(handler, 'Leave this desk');
  await keys.push(question.getByRole('button', { name: 'Sign out all the same' }));

  await expect(page().getByRole('heading', { name: 'Who is at this desk?' })).toBeVisible();
  await expect(page().locator('body')).not.toContainText('Wren');
  await picture('sign-in');
  await keys.push(page().getByRole('button', { name: /Asha Bell/ }));
  await expect(page().getByRole('button', { name: /Take a call/ })).toBeVisible();
  await expect(page().getByText('Tell the shift lead: 1 call of another person')).toBeVisible();
  await expect(page().getByText('1 entry from others being sent.')).toBeVisible();
  await picture('start-second-person');
  expect(await page().content()).not.toContain('Wren');
  await handler.takeCall();
  await keys.press('F2');
  await expect(page().getByRole('textbox', { name: 'Add a note' })).toHaveValue('');
  expect(await page().content()).not.toContain('Wren');

  await desk.lantern.startHub();
  await expect.poll(() => handler.light(), { timeout: 60_000 }).toContain('Safe at hub');
  const { pool } = await desk.lantern.database();
  await expect
    .poll(async () => (await pool.query(`SELECT 1 FROM events WHERE event LIKE '%${WORDS}%'`)).rowCount)
    .toBe(1);

  await byPalette(handler, 'Leave this desk');
  await keys.push(question.getByRole('button', { name: 'Sign out all the same' }));
  await keys.push(page().getByRole('button', { name: /Sam Okafor/ }));
  await expect(page().getByRole('textbox', { name: 'Add a note' })).toHaveValue('half a thought of Wren');
});

test('closing the window with a call open is asked about by the browser, and said in our own words to who stays', async () => {
  const handler = new Handler(page());
  await handler.takeCall();
  const asked = page().waitForEvent('dialog');
  const closing = page().close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await closing;
  await expect(page().getByRole('dialog')).toContainText('Close this window with 1 call open?');
  await handler.keys.press('F9');
  await expect(page().getByRole('dialog')).toBeHidden();
  await expect(page().getByRole('region', { name: 'Not yet confirmed' })).toBeVisible();
});

test('a desk revoked in mid-call keeps everything, says so, and drains after a new code is entered', async () => {
  const handler = new Handler(page());
  const { keys } = handler;
  await handler.takeCall();
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  const { pool } = await desk.lantern.database();
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM desks');
  const id = rows[0]?.id ?? '';
  await hubCommand('revoke', id);
  await handler.note(WORDS);
  const line = page().getByText('This desk has been revoked at the hub.').first();
  await expect(line).toBeVisible();
  await expect.poll(() => handler.light()).toContain('On this PC');
  await picture('revoked');
  await keys.push(page().getByRole('button', { name: 'Enter an enrolment code' }));
  await expect(page().getByRole('heading', { name: 'Enrol this desk' })).toBeFocused();

  const form = page().getByRole('form', { name: 'Enrolment code' });
  const field: Locator = form.getByRole('textbox');
  await keys.write(field, 'short');
  await keys.press('Enter');
  await expect(form.getByRole('alert')).toContainText('at least 16 characters');
  await keys.write(field, 'a-code-that-nobody-made');
  await keys.press('Enter');
  await expect(form.getByRole('alert')).toContainText('The hub does not know this code.');
  await picture('enrol-refused');
  const code =
    /\S{20,}/.exec((await hubCommand('enrol-code', '--for', id)).trim().split('\n').at(-1) ?? '')?.[0] ?? '';
  await keys.write(field, code);
  await keys.press('Enter');
  await expect(page().getByText('The hub has taken this desk.')).toBeVisible();
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  await expect(page().getByText('The hub takes what this desk sends.')).toBeVisible();
  await keys.press('Escape');
  await expect(page().getByText(WORDS).first()).toBeVisible();
});

test('what the hub could not read is in the work list, with when, which call, why and what happens next', async () => {
  const handler = new Handler(page());
  const { keys } = handler;
  await handler.takeCall();
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  await byPalette(handler, 'What the hub doubts');
  await expect(page().getByText('has read every entry of this desk')).toBeVisible();
  await picture('doubts-none');
  const { pool } = await desk.lantern.database();
  await pool.query(
    `INSERT INTO quarantine (stream, seq, raw, raw_sha256, code, field, message, received_at)
     SELECT stream, 2, '{}', repeat('0', 64), 'event.malformed', 'at', 'is not a time', 1790000000000 FROM streams`,
  );
  await keys.press('Escape');
  await handler.backToStart();
  const row = page().getByRole('button', { name: /1 entry could not be read/ });
  await keys.push(row);
  const table = page().getByRole('table');
  await expect(table).toContainText('Not read. It could not be read as an entry: at is not a time.');
  await expect(table).toContainText('your own copy stays in the call');
  await picture('doubts');
  await desk.lantern.killHub();
  await expect(page().getByText('The hub cannot be asked now.')).toBeVisible({ timeout: 60_000 });
});
