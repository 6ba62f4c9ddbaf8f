import { expect, test } from '@playwright/test';
import { openDesk } from '../e2e/support/desk.ts';

// A screen listened for its keys only after it had been painted: a key pressed in that frame was lost, F9 included.

test('F9 counts from the very moment a screen is there', async () => {
  const desk = await openDesk();
  try {
    const page = desk.page();
    await page.addInitScript(() => {
      const watcher = new MutationObserver(() => {
        if (document.querySelector('button.emergency-key') === null) return;
        watcher.disconnect();
        window.dispatchEvent(new KeyboardEvent('keydown', { code: 'F9', key: 'F9', cancelable: true }));
      });
      watcher.observe(document, { childList: true, subtree: true });
    });
    await page.reload();
    await expect(page.getByText('Not yet confirmed').first()).toBeVisible();
  } finally {
    await desk.close();
  }
});
