import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallChromium } from './support/chromium.ts';
import { openDesk } from './support/desk.ts';
import { tour } from './support/tour.ts';

// npm run screens: goes through every screen and state by keyboard and keeps a picture of each, light and dark, in
// test-results/screens, which git ignores; the dozen that documents show are copied to test/e2e/screens.

const FOLDER = join(import.meta.dirname, '../../test-results/screens');
mkdirSync(FOLDER, { recursive: true });
process.env['LANTERN_CHROMIUM'] = findOrInstallChromium(console.log).path;

const desk = await openDesk();
try {
  const page = desk.page();
  await tour(desk, async (name) => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      // Colours fade for a tenth of a second; a picture is taken when nothing moves.
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`) });
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });
} finally {
  await desk.close();
}
