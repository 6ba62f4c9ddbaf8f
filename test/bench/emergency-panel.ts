import { type Page } from '@playwright/test';
import { Handler } from '../e2e/support/handler.ts';
import { PLACES } from '../e2e/support/places.ts';
import { largeDesk } from './support/large-desk.ts';
import { takePresses, watchPaint } from './support/paint-watch.ts';
import { type Bench } from './support/result.ts';
import { latency, round } from './support/stats.ts';
import { openBrowser } from './support/window.ts';

const LIMIT_MS = 200;
const PANEL = 'main[aria-label="Emergency"]';

/** F9 to the painted emergency, from everywhere. */
export const emergencyPanel: Bench = async ({ small, say }) => {
  const [events, inCall, times] = small ? [1_000, 200, 2] : [100_000, 2_000, 5];
  const large = await largeDesk(events, say);
  const { lantern } = large;
  await large.addLongCall(inCall);
  const { context, origin } = await openBrowser(lantern);
  const page = context.pages()[0] ?? (await context.newPage());
  await watchPaint(page);
  await page.goto(origin);
  const handler = new Handler(page);
  await page.getByRole('navigation', { name: 'Guide' }).waitFor();
  const took = new Map<string, number[]>();
  const add = (place: string, ms: readonly number[]): void =>
    void took.set(place, [...(took.get(place) ?? []), ...ms]);

  const fromCall = async (suffix: string): Promise<void> => {
    for (const { name, go, there } of PLACES) {
      for (let at = 0; at < times; at += 1) {
        await go(page);
        await there(page).waitFor();
        add(`${name}${suffix}`, await f9(page));
        await handler.keys.press('Escape');
      }
    }
  };
  await fromCall('');
  await lantern.killHub();
  await fromCall(', hub down');
  await lantern.startHub();

  // The calls of a large desk are still being loaded when somebody needs the emergency.
  for (let at = 0; at < times; at += 1) {
    await page.reload();
    await page
      .getByRole('button', { name: /Back to call|Emergency/ })
      .first()
      .waitFor();
    add('calls still loading', await f9(page));
    await handler.keys.press('Escape');
  }
  // The list of calls: the emergency belongs to the call that was in hand.
  for (let at = 0; at < times; at += 1) {
    await handler.backToStart();
    add('list of calls', await f9(page));
    await handler.keys.press('Escape');
    await handler.backToStart();
    await page.keyboard.press('Control+k');
    add('list of calls, palette open', await f9(page));
    await handler.keys.press('Escape');
  }
  await context.close();
  const all = [...took].map(([place, sample]) => ({ place, sample, worst: Math.max(...sample) }));
  const slowest = all.toSorted((a, b) => b.worst - a.worst);
  const worst = slowest[0]?.worst ?? Number.NaN;
  return {
    what: `F9 to the painted emergency, from ${all.length} places`,
    unit: 'ms',
    ours: {
      name: 'all places',
      version: '',
      durability: 'recorded and kept beside the paint',
      values: {
        ...latency(all.flatMap(({ sample }) => sample)),
        presses: all.flatMap(({ sample }) => sample).length,
      },
    },
    peers: slowest.map(({ place, sample }) => ({
      name: `from: ${place}`,
      version: '',
      durability: '',
      values: { ...latency(sample), presses: sample.length },
    })),
    ratios: { 'slowest to 200 ms': round(worst / LIMIT_MS) },
    limit: { text: `every press within ${LIMIT_MS} ms`, met: worst <= LIMIT_MS },
    runs: `${times} presses from each place, in a call of ${inCall} events with ${events} events in Dexie`,
    how: [
      'From event.timeStamp of F9 to the first task after the frame in which the emergency is there; measured as key-to-paint is.',
      '“Print open” is window.print() in headless Chromium, which shows no dialog: what the operating system’s own print dialog does to keys is not measured.',
    ],
  };
};

async function f9(page: Page): Promise<number[]> {
  await takePresses(page);
  await page.evaluate((panel) => (window.pressUntil = panel), PANEL);
  await page.keyboard.press('F9');
  await page.locator(PANEL).waitFor();
  const presses = await takePresses(page);
  await page.evaluate(() => delete window.pressUntil);
  if (presses.length !== 1) throw new Error(`F9 was measured ${presses.length} times`);
  return presses;
}
