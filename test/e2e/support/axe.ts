import type axeCore from 'axe-core';
import { type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOUR = ['color-contrast', 'link-in-text-block'];
const THEMES = [
  { theme: 'light', contrast: '' },
  { theme: 'dark', contrast: '' },
  { theme: 'light', contrast: 'more' },
  { theme: 'dark', contrast: 'more' },
] as const;

/**
 * What axe finds on the page as it stands now, in each theme, put on as the window itself does. What a theme changes is
 * colour: everything else is asked once. Motion is reduced, so that a theme's colours are there at once. The page is one
 * document without frames, so that axe runs in it directly and is read into it once.
 */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE);
  return page.evaluate(
    async ({ tags, colour, themes }) => {
      const { axe } = globalThis as unknown as { axe: typeof axeCore };
      const { dataset } = document.documentElement;
      const { theme: ownTheme, contrast: ownContrast } = dataset;
      const put = (name: 'theme' | 'contrast', value: string | undefined): void => {
        if (value === undefined || value === '') delete dataset[name];
        else dataset[name] = value;
      };
      const found: string[] = [];
      for (const [at, { theme, contrast }] of themes.entries()) {
        put('theme', theme);
        put('contrast', contrast);
        const only =
          at === 0 ? ({ type: 'tag', values: tags } as const) : ({ type: 'rule', values: colour } as const);
        const { violations } = await axe.run(document, {
          runOnly: { type: only.type, values: [...only.values] },
          resultTypes: ['violations'],
        });
        for (const { id, nodes } of violations)
          found.push(`${theme} ${contrast}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      }
      put('theme', ownTheme);
      put('contrast', ownContrast);
      return found;
    },
    { tags: TAGS, colour: COLOUR, themes: THEMES },
  );
}
