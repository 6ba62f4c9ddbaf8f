import { expect, type Page, test } from '@playwright/test';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

// What a screen reader says by itself: each thing once, and nothing while clocks only tick.

test.describe.configure({ mode: 'serial', timeout: 90_000 });
let desk: OpenDesk;
test.beforeAll(async () => {
  desk = await openDesk();
});
test.afterAll(() => desk.close());

/** Keeps every text that a live region came to hold, in order. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const live = '[role="status"], [role="alert"], [aria-live="polite"], [aria-live="assertive"]';
    const heard: string[] = [];
    const last = new Map<Element, string>();
    for (const region of document.querySelectorAll(live)) last.set(region, region.textContent);
    new MutationObserver(() => {
      for (const region of document.querySelectorAll(live)) {
        const text = region.textContent.trim();
        if (text !== '' && text !== last.get(region)?.trim()) heard.push(text);
        last.set(region, text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { heard });
  });
  return () => page.evaluate(() => (window as unknown as { heard: readonly string[] }).heard);
}

test('in a call the save state, what is loud and gates are said once each, and clocks never', async () => {
  const page = desk.page();
  const handler = new Handler(page);
  await handler.takeCall();
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  // The first settled state of the light is said after a second and a half.
  await page.waitForTimeout(2500);
  const heard = await listen(page);
  for (const question of ['S1', 'S2', 'S3'])
    await handler.answer({ question, state: 'no', saidBy: 'person', words: 'No.' });
  await handler.note('Quiet in the room.');
  await expect.poll(() => handler.light()).toContain('Safe at hub');
  await page.waitForTimeout(4000);
  expect(await heard()).toEqual([]);

  await desk.lantern.killHub();
  await handler.note('A car door.');
  await expect.poll(() => handler.light(), { timeout: 30_000 }).toContain('hub away');
  await page.waitForTimeout(4000);
  expect(await heard()).toEqual(['On this PC. The hub is away.']);

  await handler.keys.press('F8');
  await handler.keys.press('F8');
  await expect(page.getByRole('region', { name: /^Alert: Call dropped/u })).toBeVisible();
  await page.waitForTimeout(4000);
  const [, dropped, ...rest] = await heard();
  expect(dropped).toMatch(/^Call dropped\./u);
  expect(rest).toEqual([]);

  await desk.lantern.startHub();
  await expect.poll(() => handler.light(), { timeout: 40_000 }).toContain('Safe at hub');
  await page.waitForTimeout(2500);
  expect((await heard()).slice(2)).toEqual(['Safe at hub']);
});
