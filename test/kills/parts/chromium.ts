import { type BrowserContext, chromium, type Cookie, type Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { CHROMIUM_FLAGS } from '../../e2e/support/chromium.ts';

/** A real Chromium on a profile folder, that can be ended without a goodbye. */
export interface Browser {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly pid: number;
  kill(): Promise<void>;
  /** Stops or continues every process of it, as a machine that loses power stops. */
  signalAll(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void;
  close(): Promise<void>;
}

export async function openBrowser(
  folder: string,
  options: { cookies?: readonly Cookie[]; prepare?: (context: BrowserContext) => Promise<void> } = {},
): Promise<Browser> {
  const executablePath = process.env['LANTERN_CHROMIUM'];
  const context = await chromium.launchPersistentContext(folder, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...CHROMIUM_FLAGS],
    viewport: { width: 1280, height: 720 },
    // The runner ends them by id, in its own order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const pid = browserPid(folder);
  // A killed browser's cookies of the last seconds are gone; without one the host would make us wait for a new address.
  if (options.cookies !== undefined) await context.addCookies([...options.cookies]);
  await options.prepare?.(context);
  const page = context.pages()[0] ?? (await context.newPage());
  const signalAll = (signal: NodeJS.Signals): void => {
    try {
      // Playwright starts it as the leader of its own process group.
      process.kill(-pid, signal);
    } catch {
      // It has ended.
    }
  };
  return {
    context,
    page,
    pid,
    signalAll,
    async kill() {
      signalAll('SIGKILL');
      await context.close().catch(() => undefined);
    },
    async close() {
      await context.close().catch(() => undefined);
    },
  };
}

/** The browser process that runs on this folder, found by its command line. */
function browserPid(folder: string): number {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    let line: string;
    try {
      line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
    } catch {
      // The process ended while we looked.
      continue;
    }
    if (line.includes(`--user-data-dir=${folder}\0`) && !line.includes('--type=')) return Number(name);
  }
  throw new Error('the browser that was started cannot be found');
}
