import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { v7 } from 'uuid';
import { insertReceiver } from '../../hub/db/receiver-rows.ts';
import { publicKeyJwk } from '../../shared/sync/protocol.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { axeFindings } from './support/axe.ts';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';
import { openStringSinks } from './support/string-sinks.ts';
import { playUntil } from './support/tour.ts';

let desk: OpenDesk;
let receiver: Receiver;
test.beforeEach(async () => {
  desk = await openDesk();
  receiver = await startReceiver();
});
test.afterEach(async () => {
  await desk.close();
  await receiver.close();
});

test('a referral waits for the hub, is declined on the hub’s page, and is acknowledged by another team’s system', async () => {
  test.setTimeout(240_000);
  const system = v7();
  receiver.known(system, desk.lantern.hubUrl);
  const { pool } = await desk.lantern.database();
  const row = { ods: null, addedAt: Date.now() };
  const key = publicKeyJwk.parse(receiver.publicKey);
  const { endpoint } = receiver;
  await insertReceiver(pool, {
    ...row,
    id: system,
    name: 'Eastmoor crisis team',
    how: 'system',
    endpoint,
    publicKey: key,
  });
  await insertReceiver(pool, {
    ...row,
    id: v7(),
    name: 'Northmoor crisis team',
    how: 'page',
    endpoint: null,
    publicKey: null,
  });
  const page = desk.page();
  const handler = new Handler(page);
  const { keys } = handler;
  await playUntil(desk, handler, 'priya', 'plan.recorded');
  await keys.press('Alt+6');
  const form = page.getByRole('form', { name: 'Hand over', exact: true });
  const send = async (to: string): Promise<void> => {
    await keys.choose(form.getByRole('radiogroup', { name: 'How' }), 'By secure message');
    const door = form.getByRole('combobox', { name: 'Through which door' });
    await expect(door.getByRole('option', { name: new RegExp(to) })).toBeAttached({ timeout: 40_000 });
    await keys.reach(door);
    await page.keyboard.type(to);
    await keys.press('Enter');
    await keys.push(form.getByRole('button', { name: 'Record as sent' }));
  };

  // The hub is away: nothing is called sent, and the handler is told to ring.
  await expect(form).toBeVisible();
  await keys.choose(form.getByRole('radiogroup', { name: 'How' }), 'By secure message');
  await expect(form.getByRole('option', { name: /Northmoor/ })).toBeAttached({ timeout: 40_000 });
  await desk.lantern.killHub();
  await expect(form.getByText(/The hub is away: nothing can go through it now/)).toBeVisible({
    timeout: 20_000,
  });
  await send('Northmoor');
  await expect(
    form.getByRole('alert').filter({ hasText: 'Ring them, and record it as by phone' }),
  ).toBeVisible();
  await expect(page.getByText('Not yet acknowledged')).toHaveCount(0);
  await page.screenshot({ path: 'test-results/referral-hub-away.png' });
  await desk.lantern.startHub();
  await expect(form.getByText(/The hub is away/)).toHaveCount(0, { timeout: 40_000 });

  // On the page: nothing of the person before a name, two answers, no finding by axe.
  await send('Northmoor');
  await expect(page.getByText('Not yet acknowledged').first()).toBeVisible();
  const link = page.getByRole('textbox', { name: 'Link to the page of this referral' });
  await expect(link).toBeVisible({ timeout: 40_000 });
  await page.screenshot({ path: 'test-results/referral-link.png' });
  const team = await page.context().newPage();
  await team.goto(await link.inputValue());
  await expect(team.getByRole('heading', { name: 'A referral is waiting for you' })).toBeVisible();
  await expect(team.getByText('Priya')).toHaveCount(0);
  await team.getByRole('textbox', { name: 'Your name and role' }).fill('Jo Bell, team lead');
  await team.keyboard.press('Enter');
  await expect(team.getByText('Priya').first()).toBeVisible();
  expect(await axeFindings(team)).toEqual([]);
  expect(await openStringSinks(team)).toEqual([]);
  await team.emulateMedia({ colorScheme: 'dark' });
  expect(await axeFindings(team)).toEqual([]);
  await team.screenshot({ path: 'test-results/referral-page.png', fullPage: true });
  await expect(page.getByText(/Jo Bell, team lead opened it at .*reading is not taking/)).toBeVisible({
    timeout: 40_000,
  });
  await expect(page.getByText('Not yet acknowledged').first()).toBeVisible();
  await team.getByRole('combobox', { name: 'Reason' }).selectOption('22');
  await team.getByRole('button', { name: 'Decline' }).click();
  await expect(team.getByRole('heading', { name: 'This referral is answered' })).toBeVisible();
  await team.close();
  await expect(page.getByRole('heading', { name: 'Declined: what is next' })).toBeVisible({
    timeout: 40_000,
  });
  await expect(page.getByText(/Jo Bell, team lead said no .*answered on the hub’s page/)).toBeVisible();

  // The next choice has a system: delivered is not "has them", its signed answer is.
  await send('Eastmoor');
  await expect(page.getByText(/Their system took the message in/)).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('Not yet acknowledged').first()).toBeVisible();
  expect(receiver.refused()).toEqual([]);
  const [got] = receiver.received();
  const answer = { answer: 'acknowledged', by: 'Kit, night nurse', at: Date.now(), reference: 'EC-1' };
  expect((await receiver.answer(got?.referral ?? '', answer)).status).toBe(200);
  await expect(page.getByText(/Kit, night nurse has this person.*answered by their system/)).toBeVisible({
    timeout: 40_000,
  });
  await page.screenshot({ path: 'test-results/referral-acknowledged.png' });

  // The same hand-over as a file, and the letter to the practice; both are on record.
  await keys.press('Control+p');
  const paper = page.getByRole('main', { name: 'Print' });
  await expect(paper.getByRole('region', { name: /Letter to the practice of Priya/ })).toContainText(
    'Dear colleague',
  );
  const kept = page.waitForEvent('download');
  await keys.push(paper.getByRole('button', { name: 'Save the FHIR file' }));
  const download = await kept;
  expect(download.suggestedFilename()).toMatch(/^Lantern hand-over [\w-]+\.json$/);
  const bundle = JSON.parse(await readFile(await download.path(), 'utf8')) as { resourceType: string };
  expect(bundle.resourceType).toBe('Bundle');
  await expect(paper.getByText(/FHIR file of the hand-over, kept as a file/).first()).toBeVisible();
  await page.screenshot({ path: 'test-results/print-letter.png', fullPage: true });
});
