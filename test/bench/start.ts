import { type BrowserContext } from '@playwright/test';
import { join } from 'node:path';
import { largeDesk } from './support/large-desk.ts';
import { type Bench } from './support/result.ts';
import { median, round } from './support/stats.ts';
import { launch } from './support/window.ts';

declare global {
  interface Window {
    /** When the page was painted in the state that is waited for: since 1970, and since its navigation began (ms). */
    readyAt?: { readonly wall: number; readonly page: number };
  }
}

const EMPTY = 'textarea';
/** The button that takes a call; it is drawn together with "Ready to answer". */
const READY = 'button[aria-keyshortcuts="F4"]';

interface Took {
  /** From the start of the host process. */
  readonly whole: number;
  /** From the navigation. */
  readonly page: number;
}

/** From starting the host's process, through Chromium, to the painted start page; beside an empty page of that host. */
export const start: Bench = async ({ small, say }) => {
  const [events, rounds] = small ? [1_000, 2] : [100_000, 12];
  const { lantern } = await largeDesk(events, say);
  const took = { ours: [] as Took[], empty: [] as Took[] };
  const open = async (path: string, selector: string): Promise<Took> => {
    await lantern.killDesk();
    const began = Date.now();
    await lantern.startDesk();
    const context = await launch(join(lantern.data, 'chromium'));
    try {
      const address = await lantern.address();
      // Lets the browser in, for both alike.
      await context.request.get(address, { maxRedirects: 0 });
      const ready = await painted(context, `${new URL(address).origin}${path}`, selector);
      return { whole: ready.wall - began, page: ready.page };
    } finally {
      await context.close();
    }
  };
  // Once each unmeasured: the disk's pages are in memory for both.
  await open('/', READY);
  await open('/bench/empty.html', EMPTY);
  for (let at = 0; at < rounds; at += 1) {
    took.empty.push(await open('/bench/empty.html', EMPTY));
    took.ours.push(await open('/', READY));
    const [ours, empty] = [took.ours.at(-1), took.empty.at(-1)];
    say(
      `  round ${at + 1}: ${Math.round(ours?.whole ?? 0)} ms, empty page ${Math.round(empty?.whole ?? 0)} ms`,
    );
  }
  const values = (all: readonly Took[]) => ({
    'start (median)': round(median(all.map(({ whole }) => whole)), 0),
    'start (slowest)': round(Math.max(...all.map(({ whole }) => whole)), 0),
    'page alone (median)': round(median(all.map(({ page }) => page)), 0),
  });
  const whole = (all: readonly Took[]): number => median(all.map((each) => each.whole));
  const page = (all: readonly Took[]): number => median(all.map((each) => each.page));
  const ratio = round(whole(took.ours) / whole(took.empty));
  return {
    what: `start to ready-to-answer with ${events} local events`,
    unit: 'ms',
    ours: {
      name: 'Lantern',
      version: '',
      durability: 'both copies compared before it is ready',
      values: values(took.ours),
    },
    peers: [
      { name: 'empty page in the same host', version: '', durability: 'none', values: values(took.empty) },
    ],
    ratios: {
      'to an empty page': ratio,
      'page alone, to an empty page': round(page(took.ours) / page(took.empty)),
    },
    limit: { text: 'at most 1.3 × an empty page in the same host', met: ratio <= 1.3 },
    runs: `${rounds} starts of each, in turns`,
    how: [
      'Start: the host’s process is started, then Chromium with its profile, then the page; ready when the button that takes a call has been painted (the frame after the one it was found in).',
      'The page alone is given too: from the navigation. All events have their receipts, no call is open, the hub is up.',
    ],
  };
};

async function painted(
  context: BrowserContext,
  url: string,
  selector: string,
): Promise<{ wall: number; page: number }> {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.addInitScript((wanted) => {
    const look = (): void => {
      if (document.querySelector(wanted) === null) return void requestAnimationFrame(look);
      // Found before this frame is painted: it is on the screen when the next one begins.
      requestAnimationFrame((at) => {
        window.readyAt = { wall: performance.timeOrigin + at, page: at };
      });
    };
    requestAnimationFrame(look);
  }, selector);
  await page.goto(url);
  await page.waitForFunction(() => window.readyAt !== undefined);
  const ready = await page.evaluate(() => window.readyAt);
  if (ready === undefined) throw new Error('the page was never ready');
  return ready;
}
