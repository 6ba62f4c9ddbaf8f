import { type BrowserContext, type Page } from '@playwright/test';
import { z } from 'zod';
import { type Kept } from '../verdict/judge.ts';
import { keptOf } from './event.ts';

/**
 * The window's own database as it lies in the Chromium profile, read from an empty page of the same origin, so that
 * nothing of Lantern runs and nothing is mended before it is looked at.
 */
export async function readBeforeStart(context: BrowserContext, origin: string): Promise<readonly Kept[]> {
  const address = `${origin}/nothing-of-lantern`;
  const page = context.pages()[0] ?? (await context.newPage());
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(address);
  const kept = await readThrough(page);
  await page.unroute(address);
  return kept;
}

/** The same beside the running program. */
export async function readThrough(page: Page): Promise<readonly Kept[]> {
  const rows = await page.evaluate(
    () =>
      new Promise<unknown[]>((resolve, reject) => {
        const open = indexedDB.open('lantern-development');
        open.addEventListener('error', () => reject(new Error('the database could not be opened')));
        open.addEventListener('upgradeneeded', () => open.transaction?.abort());
        open.addEventListener('success', () => {
          const all = open.result.transaction('events').objectStore('events').getAll();
          all.addEventListener('error', () => reject(new Error('the events could not be read')));
          all.addEventListener('success', () => {
            open.result.close();
            resolve(all.result);
          });
        });
      }),
  );
  return z.array(z.unknown()).parse(rows).map(keptOf);
}
