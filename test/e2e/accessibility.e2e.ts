import { expect, test } from '@playwright/test';
import { axeFindings } from './support/axe.ts';
import { AT_400, cutOff, WHOLE } from './support/cut-off.ts';
import { openDesk } from './support/desk.ts';
import { tour } from './support/tour.ts';

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
