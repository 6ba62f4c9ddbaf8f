import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { findOrInstallChromium } from './support/chromium.ts';
import { openDesk, type OpenDesk } from './support/desk.ts';
import { Handler } from './support/handler.ts';
import { type CallScript, readScript } from '../simulate/script.ts';

// npm run screens: takes Priya's call through the window in both themes, by keyboard, and keeps a picture of each
// screen on the way in test-results/screens, which git ignores; the few that documents show are copied to
// test/e2e/screens. The hub goes away and comes back as in her script.

const FOLDER = join(import.meta.dirname, '../../test-results/screens');
mkdirSync(FOLDER, { recursive: true });
process.env['LANTERN_CHROMIUM'] = findOrInstallChromium(console.log).path;

for (const theme of ['light', 'dark'] as const) {
  const desk = await openDesk({ dark: theme === 'dark' });
  try {
    await takePictures(desk, theme);
  } finally {
    await desk.close();
  }
}

async function takePictures(desk: OpenDesk, theme: string): Promise<void> {
  const page = desk.page();
  const handler = new Handler(page);
  const picture = async (name: string): Promise<void> => {
    // Colours fade for a tenth of a second; a picture is taken when nothing moves.
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`) });
  };
  await expect(page.getByRole('button', { name: /Take a call/ })).toBeVisible();
  await picture('start');
  await handler.takeCall();
  for (const step of priya().steps) {
    if ('hub' in step) {
      await (step.hub === 'kill' ? desk.lantern.killHub() : desk.lantern.startHub());
      if (step.hub === 'start') await expect.poll(() => handler.light()).toContain('Safe at hub');
      continue;
    }
    await handler.perform(step);
    if (!('record' in step)) continue;
    const { type } = step.record;
    if (type === 'consult.requested') {
      await expect.poll(() => handler.light()).toContain('hub away');
      await picture('consult-in-an-outage');
    }
    if (type === 'note.added') await picture('safety-check');
    if (type === 'stage.entered' && step.record.data.stage === 'options') await picture('options');
    if (type === 'plan.recorded') await picture('agree');
    if (type === 'handover.sent') await picture('hand-over');
    if (type === 'sayBack.recorded') await picture('close');
  }
  await picture('closed');
  await handler.backToStart();
  await handler.keys.press('F9');
  await picture('emergency');
}

function priya(): CallScript {
  const script = readScript(join(import.meta.dirname, '../simulate/scripts/priya.json'));
  if (!script.ok) throw new Error(script.error.message);
  return script.value;
}
