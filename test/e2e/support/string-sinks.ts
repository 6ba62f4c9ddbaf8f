import { type Page } from '@playwright/test';

/**
 * The places of the page where a text could become markup or code and was taken: none, where trusted types are enforced
 * and no policy can be made. Asked of the browser itself, in the page's own world.
 */
export async function openStringSinks(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const tryIt = (sink: string, write: () => unknown): string[] => {
      try {
        write();
        return [sink];
      } catch (error) {
        return error instanceof TypeError ? [] : [`${sink}: ${String(error)}`];
      }
    };
    const { trustedTypes } = globalThis as unknown as {
      trustedTypes: { createPolicy(name: string, rules: object): unknown };
    };
    const apart = document.createElement('div');
    return [
      ...tryIt('innerHTML', () => (apart.innerHTML = '<b>x</b>')),
      ...tryIt('insertAdjacentHTML', () => apart.insertAdjacentHTML('beforeend', '<b>x</b>')),
      ...tryIt('srcdoc', () => (document.createElement('iframe').srcdoc = '<b>x</b>')),
      ...tryIt('script.src', () => (document.createElement('script').src = 'data:,x')),
      ...tryIt('script.text', () => (document.createElement('script').text = 'x')),
      ...tryIt('parseFromString', () => new DOMParser().parseFromString('<b>x</b>', 'text/html')),
      ...tryIt('a policy of its own', () => trustedTypes.createPolicy('own', {})),
      ...tryIt('the default policy', () => trustedTypes.createPolicy('default', {})),
    ];
  });
}
