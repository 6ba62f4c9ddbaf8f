import { expect, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

const NOTES = 60;
test.describe.configure({ mode: 'serial', timeout: 60_000 });

let desk: OpenDesk;
test.beforeAll(async () => {
  desk = await openDesk();
});
test.afterAll(() => desk.close());

test('words are found over notes and answers, further back than is drawn, and Esc gives the hands back', async () => {
  const page = desk.page();
  const handler = new Handler(page);
  await handler.takeCall();
  await handler.answer({ question: 'S1', state: 'no', saidBy: 'person', words: 'No, I am at the weir.' });
  for (let at = 1; at <= NOTES; at += 1) {
    await page.keyboard.press('F2');
    await page.keyboard.insertText(at % 20 === 3 ? `Footsteps by the weir, ${at}.` : `Note number ${at}.`);
    await page.keyboard.press('Enter');
  }
  const words = page.getByRole('textbox', { name: 'In their own words' });
  await handler.keys.reach(words);
  await page.keyboard.press('Control+f');
  const bar = page.getByRole('search', { name: 'Find in this call' });
  await expect(bar.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('wei');
  // Zoomed in while typing there: the column stays, with the hands in it.
  await page.setViewportSize({ width: 320, height: 180 });
  await expect(bar.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('r');
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect(bar.getByRole('textbox')).toBeFocused();
  await expect(bar.getByRole('status')).toContainText('1 of 4');
  await expect(bar.getByRole('status')).toContainText('weir, 43.');
  const notes = page.getByRole('region', { name: 'Notes', exact: true });
  await expect(notes.locator('[data-found]')).toContainText('weir, 43.');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(bar.getByRole('status')).toContainText('3 of 4');
  // Far back: drawn with those around it, and brought into view.
  await expect(notes.locator('[data-found]')).toContainText('weir, 3.');
  await expect(notes.locator('[data-found]')).toBeInViewport();
  await expect(notes.getByRole('listitem')).toHaveCount(30);
  await expect(notes).toContainText('of 60, around the one found');
  await page.keyboard.press('Enter');
  await expect(bar.getByRole('status')).toContainText('4 of 4');
  await expect(bar.getByRole('status')).toContainText('Answer of');
  await page.keyboard.press('Shift+Enter');
  await expect(bar.getByRole('status')).toContainText('3 of 4');
  await page.keyboard.type(' zebra');
  await expect(bar.getByRole('status')).toContainText('Nothing found');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await expect(words).toBeFocused();
  await expect(notes.getByRole('listitem').last()).toContainText('Note number 60.');
});

test('what was struck through is found, and said to be', async () => {
  const page = desk.page();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('strike note');
  await page.keyboard.press('Enter');
  await page.keyboard.type('it was the television');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('number 60');
  const bar = page.getByRole('search', { name: 'Find in this call' });
  await expect(bar.getByRole('status')).toContainText('1 of 1');
  await expect(bar.getByRole('status').locator('s')).toHaveText('Note number 60.');
  await expect(bar.getByRole('status')).toContainText('it was the television');
  await page.keyboard.press('Escape');
});

test('a call is looked back at by keyboard, details hidden until they are asked for', async () => {
  const page = desk.page();
  await page.keyboard.press('Alt+l');
  const back = page.getByRole('main', { name: 'Looking back' });
  const list = back.getByRole('listbox', { name: 'What happened' });
  await expect(list).toBeFocused();
  await expect(back.getByRole('switch', { name: /Details are hidden/u })).toBeChecked();
  await expect(back).not.toContainText('weir');
  const card = back.getByRole('region', { name: 'The entry in hand' });
  await expect(card).toContainText('1 of');
  await page.keyboard.press('End');
  await expect(card).toContainText('struck through');
  for (let at = 0; at < 58; at += 1) await page.keyboard.press('ArrowUp');
  await expect(card).toContainText('▒▒▒▒');
  await page.keyboard.press('h');
  await expect(back.getByRole('switch', { name: /Details are shown/u })).not.toBeChecked();
  await expect(card).toContainText('Footsteps by the weir, 3.');
  await page.keyboard.press('h');
  await expect(back).not.toContainText('weir');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation', { name: 'Guide' })).toBeVisible();
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
});
