import { type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstallChromium } from './support/chromium.ts';
import { openDesk } from './support/desk.ts';
import { openPractice } from './support/practice.ts';
import { tour } from './support/tour.ts';
import { trainingTour } from './support/training-tour.ts';

// npm run screens              every screen and state by keyboard, a picture of each in light and dark at 1280 × 720
// npm run screens -- --sizes   also at 2560 × 1440, with the largest text, and the whole page at 400 % zoom (320 px wide)
// npm run screens -- --keep    and copies those that documents show to test/e2e/screens
// npm run screens -- --training   the training world's screens alone
// The pictures are in test-results/screens, which git ignores.

const FOLDER = join(import.meta.dirname, '../../test-results/screens');
const KEPT_FOLDER = join(import.meta.dirname, 'screens');
/** What documents show, by the name it is kept under. */
const KEPT = {
  'start-light': 'start-with-calls-light',
  'safety-check-dark': 'kim-answer-yes-dark',
  'options-light': 'priya-stage-options-light',
  'consult-in-an-outage-dark': 'priya-consult-requested-dark',
  'hand-over-light': 'priya-handover-sent-light',
  'emergency-light': 'kim-emergency-raised-light',
  'dropped-light': 'kim-line-dropped-light',
  'print-light': 'print-light',
  'closed-light': 'priya-call-closed-light',
  'settings-light': 'settings-light',
  'outage-dark': 'outage-dark',
  'look-back-light': 'look-back-light',
} as const;

const args = new Set(process.argv.slice(2));
const WINDOW = { width: 1280, height: 720 };
const SHOTS = [
  { as: 'light', colorScheme: 'light', size: WINDOW, fullPage: false },
  { as: 'dark', colorScheme: 'dark', size: WINDOW, fullPage: false },
  ...(args.has('--sizes')
    ? ([
        { as: 'wide', colorScheme: 'light', size: { width: 2560, height: 1440 }, fullPage: false },
        { as: 'contrast', colorScheme: 'light', size: WINDOW, fullPage: false },
        { as: 'large', colorScheme: 'light', size: WINDOW, fullPage: false },
        { as: 'zoom', colorScheme: 'light', size: { width: 320, height: 180 }, fullPage: true },
      ] as const)
    : []),
] as const;

mkdirSync(FOLDER, { recursive: true });
const build = spawnSync(process.execPath, ['main/build.ts'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);
process.env['LANTERN_CHROMIUM'] = findOrInstallChromium(console.log).path;

let taken = 0;
async function take(page: Page, name: string): Promise<void> {
  for (const { as, colorScheme, size, fullPage } of SHOTS) {
    // With motion reduced, nothing is half way when the picture is taken.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    if (page.viewportSize()?.width !== size.width) await page.setViewportSize(size);
    if (as === 'large') await page.evaluate(() => (document.documentElement.dataset['textSize'] = 'largest'));
    if (as === 'contrast') await page.evaluate(() => (document.documentElement.dataset['contrast'] = 'more'));
    await page.screenshot({ path: join(FOLDER, `${name}-${as}.png`), fullPage });
    await page.evaluate(() => {
      delete document.documentElement.dataset['textSize'];
      delete document.documentElement.dataset['contrast'];
    });
    taken += 1;
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(WINDOW);
}
if (!args.has('--training')) {
  const desk = await openDesk({ directory: true });
  try {
    await tour(desk, (name) => take(desk.page(), name));
  } finally {
    await desk.close();
  }
}
const practice = await openPractice();
try {
  await trainingTour(practice, take);
} finally {
  await practice.close();
}
console.log(`${taken} pictures in ${FOLDER}`);
if (args.has('--keep'))
  for (const [as, from] of Object.entries(KEPT))
    copyFileSync(join(FOLDER, `${from}.png`), join(KEPT_FOLDER, `${as}.png`));
