import { expect, type Page, test } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readScript } from '../simulate/script.ts';
import { ROOT } from '../support/sources.ts';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';
import { inJournal, inWindow } from './support/truth.ts';

// A call is begun at one desk, that PC dies, and the call is ended at another; then the first one comes back.

test.describe.configure({ mode: 'serial' });

const NOTE = 'A neighbour in flat 2 has the spare key.';
const NAME = 'Nadia';
const PLACE = '6 Mill Lane';
const LATE = 'The porter rang this desk: the crew are in the lobby.';

let first: OpenDesk;
let second: OpenDesk;
test.beforeAll(async () => {
  first = await openDesk();
  second = await openDesk({ beside: first });
});
test.afterAll(async () => {
  await second.close();
  await first.close();
});

/** Where a picture goes; colours that fade over are not caught half-way. */
const picture = (name: string) =>
  ({ path: join(ROOT, 'test-results/another-desk', name), animations: 'disabled' }) as const;

/** The written call, in two halves: what is said before control has taken it, and what comes after. */
function halves() {
  const script = readScript(join(import.meta.dirname, '../simulate/scripts/nadia.json'));
  if (!script.ok) throw new Error(script.error.message);
  const steps = script.value.steps.flatMap((step) => ('hub' in step ? [] : [step]));
  const cut = steps.findIndex((step) => 'record' in step && step.record.type === 'emergency.handedOver');
  return { before: steps.slice(0, cut), after: steps.slice(cut), endsWith: script.value.endsWith };
}

async function goOnHere(page: Page): Promise<void> {
  const handler = new Handler(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Team');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Go on with this call here' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Now with desk')).toBeVisible();
  await page.screenshot(picture('take-over.png'));
  await handler.keys.choose(dialog.getByRole('radiogroup'), 'That PC has failed');
  await handler.keys.push(dialog.getByRole('button', { name: 'Take it over' }));
}

test('a call whose PC died goes on at another desk with every fact and note, and is closed there', async () => {
  const { before, after, endsWith } = halves();
  let handler = new Handler(first.page());
  await handler.takeCall();
  for (const step of before) await handler.perform(step);
  await handler.note(NOTE);
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  await first.die();

  const page = second.page();
  handler = new Handler(page);
  const team = page.getByRole('region', { name: 'Team' });
  // The list is asked for twice a minute.
  await expect(team.getByRole('button')).toHaveCount(1, { timeout: 60_000 });
  await expect(team).toContainText('Emergency not confirmed');
  await expect(team).not.toContainText(NAME);
  await expect(team).not.toContainText(NOTE);
  await page.screenshot(picture('team-light.png'));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot(picture('team-dark.png'));
  await page.emulateMedia({ colorScheme: 'light' });
  await goOnHere(page);

  await expect(page.getByRole('navigation', { name: 'Guide' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Notes', exact: true })).toContainText(NOTE);
  await expect(page.getByText(PLACE, { exact: false }).first()).toBeVisible();
  await page.screenshot(picture('continued.png'));
  // Whoever goes on with a call speaks to the caller first, as after any stop.
  await expect(page.getByRole('region', { name: 'Alert: Emergency not yet confirmed' })).toBeVisible();
  await handler.perform({ record: { type: 'line.confirmed', data: {} } });
  for (const step of after) await handler.perform(step);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(endsWith);
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  // What the other desk wrote is no part of this desk's own log.
  const own = await inWindow(page, second.lantern);
  expect(new Set(own.map(({ stream }) => stream)).size).toBe(1);
  expect(await inJournal(second.lantern)).toEqual(own);
});

test('the call is whole after the second desk was killed and started again', async () => {
  await second.crashAndReopen();
  const page = second.page();
  await expect(page.getByRole('button', { name: /Take a call/ })).toBeVisible();
  await page
    .getByRole('button', { name: new RegExp(NAME) })
    .last()
    .press('Enter');
  await page.keyboard.press('Control+p');
  await expect(page.getByText(NOTE).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+0');
  // Earlier calls are found by their day, by keyboard alone.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Earlier calls');
  await page.keyboard.press('Enter');
  await page.keyboard.type('today');
  await page.keyboard.press('Enter');
  const earlier = page.getByRole('region', { name: 'Earlier calls' });
  await expect(earlier.getByRole('button', { name: new RegExp(NAME) })).toHaveCount(1);
  await page.screenshot(picture('earlier-light.png'));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot(picture('earlier-dark.png'));
  await page.emulateMedia({ colorScheme: 'light' });
});

test('the first desk comes back, is told, keeps what it has, and writes a note but no decision', async () => {
  await first.comeBack();
  const page = first.page();
  const handler = new Handler(page);
  // It comes back to the call that was in hand, and hears of the other desk from the hub.
  await expect(page.getByRole('region', { name: /another desk has this call/ })).toBeVisible();
  await page.screenshot(picture('elsewhere-light.png'));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot(picture('elsewhere-dark.png'));
  await page.emulateMedia({ colorScheme: 'light' });
  // Closed at the other desk: here too.
  await expect(page.getByRole('heading', { level: 1 })).toContainText('06');
  await handler.note(LATE);
  await expect.poll(() => handler.light()).toContain('Safe at hub');
});

test('the hub merges both streams into one call, and its chains hold', async () => {
  const { pool } = await first.lantern.database();
  const { rows } = await pool.query<{ call: string; streams: number; events: number }>(
    'SELECT call, count(DISTINCT stream)::int AS streams, count(*)::int AS events FROM events GROUP BY call',
  );
  expect(rows.map(({ streams }) => streams)).toEqual([2]);
  const flags = await pool.query<{ kind: string }>(
    `SELECT DISTINCT kind FROM flags JOIN events USING (stream, seq) WHERE kind <> 'noLease'`,
  );
  expect(flags.rows).toEqual([]);
  const late = await pool.query(
    `SELECT flags.kind FROM events LEFT JOIN flags USING (stream, seq) WHERE event LIKE '%porter rang this desk%'`,
  );
  expect(late.rows).toEqual([{ kind: 'noLease' }]);
  const verify = spawnSync(process.execPath, ['hub/server.ts', 'verify'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: await first.lantern.databaseUrl() },
    encoding: 'utf8',
  });
  expect([verify.status, verify.stdout]).toEqual([0, expect.stringContaining('0')]);
});

test('a call is given back by key, is with nobody, and is taken back without a reason', async () => {
  const page = second.page();
  const handler = new Handler(page);
  await handler.takeCall();
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  await handler.keys.press('Alt+g');
  const give = page.getByRole('dialog', { name: 'Give this call back' });
  await expect(give).toBeVisible();
  await page.screenshot(picture('give-back.png'));
  await handler.keys.push(give.getByRole('button', { name: 'Give it back' }));
  const band = page.getByRole('region', { name: /nobody has this call/ });
  await expect(band).toBeVisible();
  await page.screenshot(picture('given-back-light.png'));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot(picture('given-back-dark.png'));
  await page.emulateMedia({ colorScheme: 'light' });
  await handler.keys.push(band.getByRole('button', { name: 'Take it back' }));
  const take = page.getByRole('dialog', { name: 'Go on with this call here' });
  await handler.keys.push(take.getByRole('button', { name: 'Ask the hub for it' }));
  await expect(band).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Guide' })).toBeVisible();
});
