import { expect, test } from '@playwright/test';
import { openDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

test.describe.configure({ timeout: 60_000 });

test('a site’s own keys work, are shown on the sheet, in the palette and beside the buttons, and F9 stays', async () => {
  const desk = await openDesk({ hub: false, settings: { keys: { consult: ['Alt+C'], talk: [] } } });
  try {
    const page = desk.page();
    const handler = new Handler(page);
    await handler.takeCall();
    await handler.keys.press('F6');
    await expect(page.getByRole('form', { name: 'Ask for a consult' })).toBeHidden();
    await handler.keys.press('Alt+c');
    await expect(page.getByRole('form', { name: 'Ask for a consult' })).toBeVisible();
    await handler.keys.press('Escape');
    const guide = page.getByRole('navigation', { name: 'Guide' });
    await expect(guide.getByRole('button', { name: /Consult/u })).toHaveAttribute(
      'aria-keyshortcuts',
      'Alt+C',
    );
    await expect(guide.getByRole('button', { name: /Consult/u })).toContainText('AltC');
    await handler.keys.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await expect(sheet).toContainText('Alt C');
    await expect(sheet).not.toContainText('How they can talk');
    await handler.keys.press('Escape');
    await handler.keys.press('Control+k');
    await page.keyboard.type('consult');
    await expect(page.getByRole('option', { name: /Consult a clinician/u })).toContainText('AltC');
    // What has no key is still a few letters away.
    await page.keyboard.press('Control+a');
    await page.keyboard.type('how they can talk');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toContainText('How they can talk');
    await handler.keys.press('F9');
    await expect(page.getByRole('main', { name: 'Emergency' })).toBeVisible();
  } finally {
    await desk.close();
  }
});

test('keys that would leave no emergency, or belong to a screen reader, are refused whole with the reason', async () => {
  const desk = await openDesk({
    hub: false,
    settings: { theme: 'dark', keys: { emergency: [], note: ['Insert+N'], consult: ['Alt+C'] } },
  });
  try {
    const page = desk.page();
    const told = page.getByRole('region', { name: 'About this desk' });
    await expect(told).toContainText('F9 cannot be taken from “Emergency”');
    await expect(told).toContainText('Insert+N: NVDA and JAWS listen to this key');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const handler = new Handler(page);
    await handler.takeCall();
    await handler.keys.press('F6');
    await expect(page.getByRole('form', { name: 'Ask for a consult' })).toBeVisible();
    await handler.keys.press('F9');
    await expect(page.getByRole('main', { name: 'Emergency' })).toBeVisible();
  } finally {
    await desk.close();
  }
});
