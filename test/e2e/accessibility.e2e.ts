import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const theme of ['light', 'dark'] as const) {
  test(`every screen is free of axe findings in the ${theme} theme`, async () => {
    const desk = await openDesk({ dark: theme === 'dark' });
    try {
      const page = desk.page();
      const handler = new Handler(page);
      const check = async (screen: string): Promise<void> => {
        await page.screenshot({ path: test.info().outputPath(`${screen}-${theme}.png`) });
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        const found = violations.map(
          (item) => `${screen}: ${item.id}: ${item.nodes.map((node) => node.html).join(' | ')}`,
        );
        expect(found).toEqual([]);
      };
      await expect(page.getByRole('button', { name: /Take a call/ })).toBeVisible();
      await check('start');
      await handler.takeCall();
      await check('opening');
      await handler.answer({ question: 'S3', state: 'yes', saidBy: 'person', words: 'Tonight.' });
      await handler.answer({ question: 'S1', state: 'declined', saidBy: 'person' });
      await handler.note('Crying, long pauses.');
      await check('safety-check');
      for (const [screen, key] of [
        ['needs', 'Alt+3'],
        ['options', 'Alt+4'],
        ['close', 'Alt+7'],
        ['consult', 'F6'],
        ['safeguarding', 'F7'],
        ['dropped', 'F8'],
        ['palette', 'Control+k'],
        ['emergency', 'F9'],
      ] as const) {
        await handler.keys.press(key);
        await check(screen);
        await handler.keys.press('Escape');
      }
    } finally {
      await desk.close();
    }
  });
}
