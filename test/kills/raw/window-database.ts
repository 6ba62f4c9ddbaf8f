import { type BrowserContext, type Page } from '@playwright/test';
import { z } from 'zod';
import { eventsIn, testSealer } from '../../support/sealers.ts';
import { readVault } from '../../support/vault.ts';
import { type Kept } from '../verdict/judge.ts';
import { keptOf } from './event.ts';

const boxRow = z.object({ box: z.array(z.number()).transform((bytes) => Uint8Array.from(bytes)) }).loose();

/**
 * The window's own database as it lies in the Chromium profile, read from an empty page of the same origin, so that
 * nothing of Lantern runs and nothing is mended before it is looked at.
 */
export async function readBeforeStart(
  context: BrowserContext,
  origin: string,
  profile: string,
): Promise<readonly Kept[]> {
  const address = `${origin}/nothing-of-lantern`;
  const page = context.pages()[0] ?? (await context.newPage());
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(address);
  const kept = await readThrough(page, profile);
  await page.unroute(address);
  return kept;
}

/** The same beside the running program. */
export async function readThrough(page: Page, profile: string): Promise<readonly Kept[]> {
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
            // Bytes as numbers, because they go to the test as JSON.
            resolve(all.result.map((row: { box: Uint8Array }) => ({ ...row, box: [...row.box] })));
          });
        });
      }),
  );
  const sealer = await testSealer(await readVault(profile));
  return (await eventsIn(z.array(boxRow).parse(rows), sealer)).map(keptOf);
}
