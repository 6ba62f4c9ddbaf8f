import { expect, type Locator, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';
import { PLACES } from './support/places.ts';

let desk: OpenDesk;
test.beforeEach(async () => {
  desk = await openDesk({ directory: true });
});
test.afterEach(async () => {
  await desk.close();
});

const notYetConfirmed = (): Locator => desk.page().getByText('Not yet confirmed').first();

test('F9 opens the emergency from every screen, dialog and half-typed text, and needs nothing first', async () => {
  const page = desk.page();
  const handler = new Handler(page);
  await handler.takeCall();
  for (const { name, go, there } of PLACES) {
    await go(page);
    await expect(there(page), name).toBeVisible();
    await handler.keys.press('F9');
    await expect(page.getByRole('main', { name: 'Emergency' }), name).toBeVisible();
    await expect(notYetConfirmed(), name).toBeVisible();
    await handler.keys.press('Escape');
    await expect(page.getByRole('navigation', { name: 'Guide' }), name).toBeVisible();
  }
  // What was half typed when it was raised is said on the start page, and opened from there.
  await handler.backToStart();
  const row = desk.page().getByRole('button', { name: /Half-typed words/ });
  await expect(row).toContainText('In one box');
  await handler.keys.push(row);
  await handler.keys.press('F2');
  await expect(desk.page().getByRole('textbox', { name: 'Add a note' })).toHaveValue('half a no');
});

test('it works with the hub away, stays loud on the call, and ends only with a reference', async () => {
  const handler = new Handler(desk.page());
  await handler.takeCall();
  await desk.lantern.killHub();
  await handler.keys.press('F9');
  await expect(notYetConfirmed()).toBeVisible();
  await handler.keys.press('Escape');
  // Back on the call a band goes on saying it.
  await expect(
    desk
      .page()
      .getByText(/not yet confirmed/i)
      .first(),
  ).toBeVisible();
  await handler.keys.press('F9');
  await handler.keys.write(
    desk.page().getByRole('textbox', { name: /Reference from ambulance or police/ }),
    'A-2231',
  );
  await handler.keys.press('Enter');
  await expect(desk.page().getByText(/not yet confirmed/i)).toHaveCount(0);
  await expect(desk.page().getByText('A-2231').first()).toBeVisible();
  await expect.poll(() => handler.light()).toContain('On this PC');
});

test('an emergency can be raised before any call was taken: it takes one', async () => {
  await expect(desk.page().getByRole('button', { name: /Take a call/ })).toBeVisible();
  await desk.page().keyboard.press('F9');
  await expect(notYetConfirmed()).toBeVisible();
});
