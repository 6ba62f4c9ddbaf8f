import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openDesk } from './support/desk.ts';
import { tour } from './support/tour.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const THEMES = [
  { theme: 'light' },
  { theme: 'dark' },
  { theme: 'light', contrast: 'more' },
  { theme: 'dark', contrast: 'more' },
] as const;

const COLOUR = ['color-contrast', 'link-in-text-block'];

/** Puts a theme on as the window itself does, so that one walk looks at every screen in each of them. */
async function wear(page: Page, wanted: { theme?: string; contrast?: string }): Promise<void> {
  await page.evaluate(({ theme, contrast }) => {
    const { dataset } = document.documentElement;
    if (theme === undefined) delete dataset['theme'];
    else dataset['theme'] = theme;
    if (contrast === undefined) delete dataset['contrast'];
    else dataset['contrast'] = contrast;
  }, wanted);
  // Colours fade for a tenth of a second.
  await page.waitForTimeout(150);
}

test('every screen and state is free of axe findings in every theme', async () => {
  test.setTimeout(600_000);
  const desk = await openDesk();
  const found: string[] = [];
  let visited = 0;
  try {
    const page = desk.page();
    await tour(desk, async (name) => {
      visited += 1;
      for (const [at, theme] of THEMES.entries()) {
        await wear(page, theme);
        // What a theme changes is colour: everything else is asked once.
        const axe = new AxeBuilder({ page });
        const { violations } = await (at === 0 ? axe.withTags(TAGS) : axe.withRules(COLOUR)).analyze();
        for (const { id, nodes } of violations)
          found.push(
            `${name} ${JSON.stringify(theme)}: ${id}: ${nodes.map((node) => node.html).join(' | ')}`,
          );
      }
      await wear(page, {});
    });
  } finally {
    await desk.close();
  }
  expect(found).toEqual([]);
  expect(visited).toBeGreaterThan(40);
});

test('at 400 % zoom everything is in one column, nothing is cut off, and the focus is never lost', async () => {
  test.setTimeout(600_000);
  const desk = await openDesk();
  const found: string[] = [];
  try {
    const page = desk.page();
    // 1280 × 720 at 400 % is a window of 320 × 180 (WCAG 1.4.10).
    await page.setViewportSize({ width: 320, height: 180 });
    await tour(desk, async (name) => {
      const wide = await page.evaluate(() => {
        const over = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
          const { left, right, width, height } = element.getBoundingClientRect();
          const isShown = width > 1 && height > 1 && getComputedStyle(element).visibility !== 'hidden';
          return isShown && (right > innerWidth + 1 || left < -1);
        });
        return over.slice(0, 3).map((element) => `${element.tagName}.${element.className}`);
      });
      const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
      if (scrolls) found.push(`${name}: ${wide.join(' | ')}`);
      const isLost = await page.evaluate(() => document.activeElement === document.body);
      if (isLost) found.push(`${name}: nothing has the focus`);
    });
  } finally {
    await desk.close();
  }
  expect(found).toEqual([]);
});
