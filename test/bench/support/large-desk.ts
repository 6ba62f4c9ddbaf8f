import { layOutLantern, type Lantern } from '../../support/lantern.ts';
import { plainCalls } from '../../support/plain-calls.ts';
import { ask, openBenchPage, openBrowser } from './window.ts';

/** A desk that has worked for a long time: its events in both copies, all of them receipted by its hub. */
export interface LargeDesk {
  readonly lantern: Lantern;
  readonly events: number;
  /** Adds a call of `events` events that stays open, once. */
  addLongCall(events: number): Promise<void>;
}

let made: Promise<LargeDesk> | undefined;

/** Made once for all benches of a run, by the desk's own code: it takes minutes. Desk and hub processes are up. */
export function largeDesk(events: number, say: (line: string) => void): Promise<LargeDesk> {
  made ??= make(events, say);
  return made;
}

export async function endLargeDesk(): Promise<void> {
  if (made === undefined) return;
  const { lantern } = await made;
  await lantern.stop();
}

async function make(events: number, say: (line: string) => void): Promise<LargeDesk> {
  const lantern = await layOutLantern();
  await lantern.startHub();
  await lantern.startDesk();
  await withBenchPage(lantern, async (page) => {
    const scripts = plainCalls();
    const step = Math.min(events, 10_000);
    for (let done = 0; done < events; done += step) {
      const ms = await ask(page, 'fill', scripts, step);
      say(`  ${done + step} of ${events} events written (${Math.round(ms)} ms for the last ${step})`);
    }
    await ask(page, 'drained');
    say('  all receipted');
  });
  let hasLongCall = false;
  return {
    lantern,
    events,
    async addLongCall(count) {
      if (hasLongCall) return;
      hasLongCall = true;
      await withBenchPage(lantern, async (page) => {
        await ask(page, 'longCall', count);
        await ask(page, 'drained');
      });
    },
  };
}

async function withBenchPage(
  lantern: Lantern,
  work: (page: Awaited<ReturnType<typeof openBenchPage>>) => Promise<void>,
): Promise<void> {
  const { context, origin } = await openBrowser(lantern);
  await work(await openBenchPage(context, origin));
  await context.close();
}
