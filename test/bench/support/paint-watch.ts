import { type Page } from '@playwright/test';

declare global {
  interface Window {
    /** Key presses measured since the last look: from the browser's own time of the press to the paint after it (ms). */
    presses?: { readonly key: string; readonly ms: number }[];
    /** Waits, at the next key press, for this selector instead of the next frame. */
    pressUntil?: string;
  }
}

/**
 * Measures every key press in pages opened from now on. `event.timeStamp` is when the browser took the press;
 * the end is the first task after the frame in which its effect was drawn (after that frame's style, layout and
 * paint). Headless Chromium draws at 60 Hz without a display: what a screen adds after that is not in the figure.
 */
export async function watchPaint(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.presses = [];
    const afterPaint = (run: () => void): void => {
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', run);
      channel.port1.start();
      channel.port2.postMessage(undefined);
    };
    window.addEventListener(
      'keydown',
      ({ key, timeStamp }) => {
        const wanted = window.pressUntil;
        const frame = (): void => {
          if (wanted !== undefined && document.querySelector(wanted) === null) {
            return void requestAnimationFrame(frame);
          }
          afterPaint(() => window.presses?.push({ key, ms: performance.now() - timeStamp }));
        };
        requestAnimationFrame(frame);
      },
      { capture: true },
    );
  });
}

/** The presses measured since the last call (ms), leaving out the modifier keys themselves. */
export async function takePresses(page: Page): Promise<number[]> {
  // Two frames: the last press is measured by then.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForTimeout(50);
  const presses = await page.evaluate(() => window.presses?.splice(0) ?? []);
  return presses.filter(({ key }) => !['Alt', 'Control', 'Shift'].includes(key)).map(({ ms }) => ms);
}
