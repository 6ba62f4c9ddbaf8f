import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

let desk: OpenDesk;
test.beforeEach(async () => {
  desk = await openDesk();
});
test.afterEach(() => desk.close());

const page = () => desk.page();
const form = (name: string): Locator => page().getByRole('form', { name, exact: true });

test('an outage says how old everything is, and the downtime pack is on the disk and on paper', async () => {
  const handler = new Handler(page());
  const { keys } = handler;
  await expect(page().getByRole('button', { name: /Take a call/ })).toBeVisible();
  await desk.lantern.killHub();
  await expect(page().getByText('Hub away').first()).toBeVisible();
  const banner = page().getByRole('region', { name: 'Outage', exact: true });
  await expect(banner).toContainText('last contact today');
  await expect(banner).toContainText('Directory of services');
  await page().screenshot({ path: 'test-results/start-outage.png' });
  await keys.press('F10');
  await expect(page().getByRole('heading', { name: 'Outage and paper' })).toBeFocused();
  await page().emulateMedia({ colorScheme: 'dark' });
  await page().waitForTimeout(250);
  await page().screenshot({ path: 'test-results/outage-top-dark.png' });
  await page().emulateMedia({ colorScheme: 'light' });
  const hub = page().getByRole('row', { name: /^Hub/ });
  await expect(hub).toContainText('Away');
  await expect(hub).toContainText('last contact today');

  const add = form('Fallback number');
  await keys.write(add.getByRole('textbox', { name: 'Whose number' }), 'Clinician on call');
  await keys.write(add.getByRole('textbox', { name: 'Number', exact: true }), 'ring me');
  await keys.press('Enter');
  await expect(add.getByRole('alert').filter({ hasText: 'digits and spaces' })).toBeVisible();
  await keys.write(add.getByRole('textbox', { name: 'Number', exact: true }), '01632 960003');
  await keys.press('Enter');
  await expect(page().getByRole('listitem').filter({ hasText: 'Clinician on call' })).toBeVisible();
  const pack = page().getByRole('row', { name: /^Downtime pack/ });
  await expect(pack).toContainText('written today');
  const file = join(desk.lantern.data, 'downtime-pack/lantern-downtime-pack.html');
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('01632 960003');
  await page().screenshot({ path: 'test-results/outage.png' });

  await keys.push(page().getByRole('button', { name: 'Print the downtime pack' }));
  const paper = page().getByRole('main', { name: 'Downtime pack' });
  await expect(paper).toContainText('01632 960003');
  await expect(paper).toContainText('A box left empty means “not asked”. It is never a no.');
  await page().screenshot({ path: 'test-results/pack-screen.png' });
  await page().pdf({ path: 'test-results/pack.pdf', preferCSSPageSize: true });
  await keys.press('Escape');
  await keys.press('Escape');
  await expect(page().getByRole('button', { name: /Take a call/ })).toBeVisible();

  // The file on the disk opens by itself: without Lantern, and without asking anything of a network.
  const asked: string[] = [];
  const alone = await page().context().newPage();
  alone.on('request', (request) => asked.push(request.url()));
  await alone.goto(`file://${file}`);
  await expect(alone.getByRole('heading', { name: 'Call on paper' })).toBeVisible();
  expect(asked).toEqual([`file://${file}`]);
  await alone.screenshot({ path: 'test-results/pack-file.png' });
  await alone.close();
});

test('a call from paper keeps the form’s times and writer beside its own, and is loud about times that cannot be', async () => {
  const handler = new Handler(page());
  const { keys } = handler;
  await expect(page().getByRole('button', { name: /Take a call/ })).toBeVisible();
  await keys.press('F10');
  const paper = form('Enter a call from paper');
  const box = (label: string): Locator => paper.getByRole('textbox', { name: label, exact: true });
  await keys.write(box('Taken by, by name'), 'Bea Lund');
  await keys.write(box('Their role'), 'adviser');
  const day = new Date(Date.now() - 2 * 86_400_000);
  const date = `${day.getUTCDate()}/${day.getUTCMonth() + 1}`;
  await keys.write(box('Shift began'), `${date} 08:00`);
  await keys.write(box('Shift ended'), '20:00');
  await keys.write(box('Call began'), '07:15');
  await keys.press('Enter');
  await expect(
    paper.getByRole('alert').filter({ hasText: 'before the shift on the form began' }),
  ).toBeVisible();
  await keys.write(box('Call began'), '10:10');
  await keys.write(box('Form number (optional)'), '17');
  await page().screenshot({ path: 'test-results/paper-form.png', fullPage: true });
  await keys.press('Enter');

  const bar = page().getByRole('region', { name: 'From paper' });
  await expect(bar).toContainText('Taken by Bea Lund, adviser · form 17');
  await handler.answer({ question: 'S2', state: 'yes', saidBy: 'person', words: 'He has a knife.' });
  await expect(page().getByText('10:10 on paper').first()).toBeVisible();

  const time = bar.getByRole('textbox', { name: 'Time on the form' });
  await keys.write(time, '21:30');
  await expect(bar.getByRole('alert').filter({ hasText: 'after the shift on the form ended' })).toBeVisible();
  await page().screenshot({ path: 'test-results/paper-call.png' });
  await keys.press('F2');
  await page().keyboard.type('Still on the line.');
  await keys.press('Enter');
  await expect(form('Add a note').getByRole('alert').filter({ hasText: 'after the shift' })).toBeVisible();
  await keys.write(time, '10:25');
  await keys.press('F2');
  await keys.press('Enter');
  await expect(page().getByRole('region', { name: 'Notes', exact: true })).toContainText('10:25 on paper');

  await keys.press('Control+p');
  const record = page().getByRole('main', { name: 'Print' }).getByRole('table');
  const row = record.locator('tr', { hasText: 'He has a knife.' });
  await expect(row).toContainText(/10:10 on paper, entered \w{3} \d+ \w{3} \d\d:\d\d/);
  await expect(row).toContainText('Bea Lund, adviser; entered by');
  await page().screenshot({ path: 'test-results/paper-print.png' });
  await keys.press('Escape');
  await expect.poll(() => handler.light()).toContain('Safe at hub');
});
