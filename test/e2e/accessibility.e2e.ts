import { expect, type Page, test } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { openDesk } from './support/desk.ts';
import { tour } from './support/tour.ts';

/** 1280 × 720 at 400 % is a window of 320 × 180 (WCAG 1.4.10). */
const AT_400 = { width: 320, height: 180 };
const WHOLE = { width: 1280, height: 720 };

test('at 400 % zoom every screen is one column, whole, with the focus somewhere, and axe finds nothing in any theme', async () => {
  test.setTimeout(600_000);
  const desk = await openDesk();
  const found: string[] = [];
  let visited = 0;
  try {
    const page = desk.page();
    // Gone through by keyboard in the small window, which is the harder one; each screen is looked at in both.
    await page.setViewportSize(AT_400);
    await tour(desk, async (name) => {
      visited += 1;
      found.push(...(await cutOff(page)).map((what) => `${name} at 400 %: ${what}`));
      await page.setViewportSize(WHOLE);
      found.push(...(await axeFindings(page)).map((finding) => `${name} ${finding}`));
      await page.setViewportSize(AT_400);
    });
  } finally {
    await desk.close();
  }
  expect(found).toEqual([]);
  expect(visited).toBeGreaterThan(40);
});

/** What can be reached only by scrolling sideways, and a focus that is nowhere. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const isLost = document.activeElement === document.body ? ['nothing has the focus'] : [];
    if (document.documentElement.scrollWidth <= innerWidth + 1) return isLost;
    const over = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      const isShown = width > 1 && height > 1 && getComputedStyle(element).visibility !== 'hidden';
      return isShown && (right > innerWidth + 1 || left < -1);
    });
    const names = over.slice(0, 3).map((element) => `${element.tagName}.${element.className}`);
    return [...isLost, names.join(' | ')];
  });
}
