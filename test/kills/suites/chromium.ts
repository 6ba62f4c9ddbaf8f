import { setTimeout as delay } from 'node:timers/promises';
import { type Station } from '../parts/station.ts';
import { Typist } from '../parts/typist.ts';
import { until } from '../parts/until.ts';
import { type Found, inRounds, type Plan } from '../rounds.ts';
import { draftLagMs, judgeAtKill, type Kept } from '../verdict/judge.ts';
import { type Random } from '../verdict/random.ts';

/** SIGKILL to the whole of Chromium: while notes are typed, in the middle of a draft, at Enter, while the queue is sent. */
export const chromiumKills = (plan: Plan): Promise<void> =>
  inRounds(plan, { perRound: 30, station: (random) => ({ random }), trial: oneKill });

async function oneKill(station: Station, random: Random, name: string): Promise<Found> {
  const during = random.pick(['notes', 'draft', 'enter', 'sync'] as const);
  const typist = new Typist(station.page(), random, name);
  await waitForMoment(station, typist, random, during);
  const killedAt = Date.now();
  typist.stop();
  await station.browser?.kill();
  const said = station.told.said();
  station.line.set('none');
  const [hub, journal, draft] = await Promise.all([
    station.readHub(),
    station.readJournal(),
    station.readDraft(),
  ]);
  let database: readonly Kept[] = [];
  await station.openWindow(async (browser) => {
    database = await station.readDatabaseBeforeStart(browser);
  });
  const copies = { database, journal, hub, draft };
  const found = judgeAtKill(said, copies);
  const lag = draftLagMs(said, copies, killedAt);
  station.told.box.length = 0;
  await station.inCall();
  return { ...found, draftLagMs: lag, counted: [`during ${during}`] };
}

/** Types, and answers at the moment of the kill. */
export async function waitForMoment(
  station: Station,
  typist: Typist,
  random: Random,
  during: 'notes' | 'draft' | 'enter' | 'sync',
): Promise<void> {
  const ended = (): undefined => undefined;
  switch (during) {
    case 'notes':
      typist.notes(1_000).catch(ended);
      return delay(random.between(40, 500));
    case 'draft':
      typist.slowly(1_000, false).catch(ended);
      return delay(random.between(100, 1_200));
    case 'enter':
      // Enter comes when the draft has been standing for longer than half a second.
      await typist.slowly(600, true);
      return delay(random.between(0, 25));
    default:
      station.line.set('stall');
      await typist.notes(random.between(8, 20));
      await until(
        () => /^(On this PC|Typing)/.test(station.told.light),
        15_000,
        () => station.told.light,
      );
      station.line.set('none');
      return delay(random.between(0, 120));
  }
}
