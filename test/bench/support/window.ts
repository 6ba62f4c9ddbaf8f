import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { join } from 'node:path';
import { CHROMIUM_FLAGS } from '../../e2e/support/chromium.ts';
import { type Lantern } from '../../support/lantern.ts';
import type { BenchPage } from '../pages/desk.ts';

/** Starts Chromium with its profile on the disk, where IndexedDB is as durable as on a desk. */
export function launch(profile: string): Promise<BrowserContext> {
  const executablePath = process.env['LANTERN_CHROMIUM'];
  return chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...CHROMIUM_FLAGS],
    viewport: { width: 1280, height: 720 },
  });
}

/** The browser of this Lantern's desk, let in by the one-time address. No page of the desk is open yet. */
export async function openBrowser(lantern: Lantern): Promise<{ context: BrowserContext; origin: string }> {
  const context = await launch(join(lantern.data, 'chromium'));
  const address = await lantern.address();
  // Only for its cookie: the page behind it would connect.
  await context.request.get(address, { maxRedirects: 0 });
  return { context, origin: new URL(address).origin };
}

/** The desk without its screens, in this browser. */
export async function openBenchPage(context: BrowserContext, origin: string): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${origin}/bench/desk.html`);
  await page.waitForFunction(() => window.bench !== undefined);
  return page;
}

/** Calls one method of the page's bench. */
export function ask<M extends keyof BenchPage>(
  page: Page,
  method: M,
  ...args: Parameters<BenchPage[M]>
): Promise<Awaited<ReturnType<BenchPage[M]>>> {
  return page.evaluate(
    ([name, given]) => {
      const bench = window.bench;
      if (bench === undefined) throw new Error('the bench page has not started');
      const run = bench[name] as (...all: readonly unknown[]) => unknown;
      return run(...given);
    },
    [method, args] as const,
  ) as Promise<Awaited<ReturnType<BenchPage[M]>>>;
}
