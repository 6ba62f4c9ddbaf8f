import { expect, test } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
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

test('a person sees and changes what is theirs to change: looks at once, keys with the reason where one cannot be taken', async () => {
  const desk = await openDesk({ hub: false });
  try {
    const page = desk.page();
    const { keys } = new Handler(page);
    await expect(page.getByRole('button', { name: /Take a call/ })).toBeVisible();
    await keys.push(page.getByRole('button', { name: 'Settings' }));
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeFocused();
    await keys.choose(page.getByRole('radiogroup', { name: 'Theme' }), 'Dark');
    await keys.choose(page.getByRole('radiogroup', { name: 'Size of text' }), 'Largest');
    await keys.choose(page.getByRole('radiogroup', { name: 'Motion' }), 'None');
    for (const [name, value] of [
      ['data-theme', 'dark'],
      ['data-text-size', 'largest'],
      ['data-motion', 'reduced'],
    ] as const)
      await expect(page.locator('html')).toHaveAttribute(name, value);

    const change = page.getByRole('button', { name: 'Change the key: Consult a clinician' });
    const box = page.getByRole('textbox', { name: 'Keys: Consult a clinician' });
    await keys.push(change);
    await expect(box).toBeFocused();
    await keys.write(box, 'F2');
    await keys.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'F2 is asked for twice' })).toBeVisible();
    await expect(box).toHaveValue('F2');
    await keys.write(box, 'alt+c');
    await keys.press('Enter');
    await expect(change).toBeFocused();
    await keys.push(change);
    await keys.press('Escape');
    await expect(change).toBeFocused();
    await keys.press('Escape');
    await keys.press('F4');
    await keys.press('Alt+c');
    await expect(page.getByRole('form', { name: 'Ask for a consult' })).toBeVisible();

    // Kept for the next start.
    await desk.crashAndReopen();
    await expect(desk.page().locator('html')).toHaveAttribute('data-text-size', 'largest');
    await expect(desk.page().getByRole('navigation', { name: 'Guide' })).toContainText('AltC');
  } finally {
    await desk.close();
  }
});

test('what the organisation has set is shown as that, and cannot be changed', async () => {
  const desk = await openDesk({
    hub: false,
    policy: { theme: 'dark', keys: { consult: ['Alt+C'] } },
    settings: { theme: 'light', contrast: 'more' },
  });
  try {
    const page = desk.page();
    const { keys } = new Handler(page);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await keys.push(page.getByRole('button', { name: 'Settings' }));
    const row = (title: string) =>
      page.locator('.setting').filter({ has: page.getByRole('heading', { name: title }) });
    await expect(row('Theme')).toContainText('Dark');
    await expect(row('Theme')).toContainText('Set by your organisation');
    await expect(row('Theme').getByRole('radio')).toHaveCount(0);
    await expect(row('Contrast').getByRole('radio', { name: 'High' })).toBeChecked();
    const table = page.getByRole('region', { name: 'Keys' });
    await expect(table).toContainText('Set by your organisation');
    await expect(table.getByRole('button')).toHaveCount(0);
    await expect(table.getByRole('listitem').filter({ hasText: 'Consult a clinician' })).toContainText(
      'AltC',
    );
    expect(await axeFindings(page)).toEqual([]);
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
