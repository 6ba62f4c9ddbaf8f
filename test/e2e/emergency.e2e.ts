import { expect, type Locator, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

let desk: OpenDesk;
test.beforeEach(async () => {
  desk = await openDesk();
});
test.afterEach(async () => {
  await desk.close();
});

const notYetConfirmed = (): Locator => desk.page().getByText('Not yet confirmed').first();

test('F9 opens the emergency from the middle of a text, a dialog and the options, and needs nothing first', async () => {
  const handler = new Handler(desk.page());
  await handler.takeCall();
  const places = [
    async () => {
      await handler.keys.press('F2');
      await desk.page().keyboard.type('half a no');
    },
    () => handler.keys.press('Control+k'),
    () => handler.keys.press('Alt+4'),
    () => handler.keys.press('F6'),
  ];
  for (const go of places) {
    await go();
    await handler.keys.press('F9');
    await expect(notYetConfirmed()).toBeVisible();
    await handler.keys.press('Escape');
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
