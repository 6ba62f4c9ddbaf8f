import { expect, type Locator, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFaults, readFlags } from '../../hub/db/report-rows.ts';
import { axeFindings } from './support/axe.ts';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

/** Friday 20 November 2026, 22:20 in Wexcombe: the Harbour cafe closes at 23:00. */
const LATE = new Date(Date.UTC(2026, 10, 20, 22, 20));

let desk: OpenDesk;
let handler: Handler;
test.beforeEach(async () => {
  desk = await openDesk({ directory: true });
  handler = new Handler(desk.page());
});
test.afterEach(() => desk.close());

const row = (name: RegExp): Locator =>
  desk
    .page()
    .getByRole('listitem')
    .filter({ has: service(name) });
const service = (name: RegExp): Locator => desk.page().locator('.found-name').filter({ hasText: name });

/** A call from near the harbour, with the crisis cafes and havens open before it. By keys alone. */
async function openCafes(): Promise<void> {
  await handler.takeCall();
  await handler.answer({
    question: 'O3',
    state: 'given',
    fields: { place: 'Tide Street', postcode: 'WX4 2AB' },
    saidBy: 'person',
  });
  await handler.keys.press('Alt+4');
  await handler.keys.press('6');
  await handler.keys.press('Enter');
  await expect(desk.page().getByRole('heading', { name: 'In the directory' })).toBeVisible();
  await expect(service(/./).first()).toBeVisible({ timeout: 30_000 });
}

test('every service says why it fits or not, nothing is chosen, and the hub is not needed', async () => {
  await openCafes();
  await desk.lantern.killHub();
  await expect(
    desk
      .page()
      .getByText(
        /Postcode found: Wexcombe, .*Wexshire Integrated Care Board \(Invented sample for Wexshire\)/,
      ),
  ).toBeVisible();
  await handler.keys.choose(
    desk.page().getByRole('radiogroup', { name: 'How they would travel' }),
    'On foot',
  );
  await expect(desk.page().getByText('estimated from the straight line').first()).toBeVisible();
  await expect(row(/Mill Lane/)).toContainText('Does not fit');
  // What nobody has asked yet is asked for, not taken for a no; and an area is chosen by hand where there is no postcode.
  await expect(row(/Harbour/)).toContainText('Ask this first');
  await desk.page().screenshot({ path: 'test-results/finder-light.png' });
  const place = desk.page().getByRole('textbox', { name: 'Where they are now, for the distance' });
  const known = await place.inputValue();
  await handler.keys.write(place, 'By the old mill');
  const areas = desk.page().getByRole('combobox', { name: 'Which area they are in now' });
  await expect(areas.getByRole('option', { name: /^Northmoor, / })).toBeAttached();
  await areas.selectOption({
    label: (await areas.getByRole('option', { name: /^Northmoor, / }).textContent()) ?? '',
  });
  await expect(row(/Wexcombe Safe Haven/)).toContainText('takes people from where they are');
  await desk.page().emulateMedia({ colorScheme: 'dark' });
  await desk.page().screenshot({ path: 'test-results/finder-dark.png' });
  await desk.page().emulateMedia({ colorScheme: 'light' });
  await handler.keys.write(place, known);
  await expect(areas).toHaveCount(0);
  await expect(desk.page().getByRole('region', { name: 'Does the service fit' })).not.toContainText(
    'Checked ',
  );
  expect(await axeFindings(desk.page())).toEqual([]);

  await service(/Harbour/).focus();
  await handler.keys.press('Enter');
  await expect(desk.page().getByText(/Ask for a second choice/)).toBeVisible();
  await expect(desk.page().getByRole('region', { name: 'Does the service fit' })).toContainText(
    'Directory version 1, harbour-cafe',
  );
  await service(/Haven/).first().focus();
  await handler.keys.press('Enter');
  await expect(desk.page().getByText(/Second choice kept/)).toBeVisible();

  // The same directory is in the downtime pack, on the disk and on paper, with its age.
  await handler.backToStart();
  await handler.keys.press('F10');
  await expect(desk.page().getByRole('row', { name: /^Directory of services/ })).toContainText(
    'compared with the hub today',
  );
  await handler.keys.push(desk.page().getByRole('button', { name: 'Print the downtime pack' }));
  const file = join(desk.lantern.data, 'downtime-pack/lantern-downtime-pack.html');
  for (const words of ['Wexshire, an invented county, version 1 of', 'Harbour']) {
    await expect(desk.page().getByRole('main', { name: 'Downtime pack' })).toContainText(words);
    await expect.poll(() => readFileSync(file, 'utf8')).toContain(words);
  }
});

test('one key says full tonight, with the hub away; it reaches every desk when the hub is back', async () => {
  await openCafes();
  await desk.lantern.killHub();
  await service(/Harbour/).focus();
  await handler.keys.press('c');
  await expect(row(/Harbour/)).toContainText('Cannot take anybody now (said by');
  await service(/Harbour/).focus();
  await handler.keys.press('r');
  await expect(desk.page().getByText(/2 reports wait here/)).toBeVisible();
  await desk.lantern.startHub();
  await expect(desk.page().getByText(/reports wait here/)).toHaveCount(0, { timeout: 40_000 });
  const { pool } = await desk.lantern.database();
  expect((await readFlags(pool, Date.now())).map((flag) => flag.service)).toEqual(['harbour-cafe']);
  expect((await listFaults(pool)).map((fault) => fault.service)).toEqual(['harbour-cafe']);
  await service(/Harbour/).focus();
  await handler.keys.press('c');
  await expect(row(/Harbour/)).not.toContainText('Cannot take anybody now (said by');
});

test('a cafe that closes before they would arrive does not fit, and an old directory is said to be old', async () => {
  await desk.page().clock.setFixedTime(LATE);
  await openCafes();
  await handler.keys.write(row(/Harbour/).getByRole('textbox', { name: /Minutes to get there/ }), '50');
  await expect(row(/Harbour/)).toContainText(/closed at|closes 23:00, too soon/);
  await expect(row(/Harbour/)).toContainText('(as they say)');
  await desk.page().clock.setFixedTime(new Date(Date.now() + 4 * 86_400_000));
  await expect(desk.page().getByText(/Old directory. Ring before anybody sets out/)).toBeVisible({
    timeout: 30_000,
  });
});
