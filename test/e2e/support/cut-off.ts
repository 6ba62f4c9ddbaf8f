import { type Page } from '@playwright/test';

/** 1280 × 720 at 400 % is a window of 320 × 180 (WCAG 1.4.10). */
export const AT_400 = { width: 320, height: 180 };
export const WHOLE = { width: 1280, height: 720 };

/** What can be reached only by scrolling sideways, and a focus that is nowhere. */
export function cutOff(page: Page): Promise<readonly string[]> {
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
