import { setTimeout as delay } from 'node:timers/promises';
import { type Station } from '../parts/station.ts';
import { Typist } from '../parts/typist.ts';
import { type Found, inRounds, type Plan } from '../rounds.ts';
import { draftLagMs, judgeAtKill, type Kept } from '../verdict/judge.ts';
import { type Said } from '../verdict/told.ts';
import { type Random } from '../verdict/random.ts';
import { waitForMoment } from './chromium.ts';

/** SIGKILL to the desk's host process, while the window goes on typing; every fourth time Chromium dies with it. */
export const hostKills = (plan: Plan): Promise<void> =>
  inRounds(plan, { perRound: 30, station: (random) => ({ random }), trial: oneKill });

async function oneKill(station: Station, random: Random, name: string): Promise<Found> {
  const both = random.next() < 0.25;
  const during = random.pick(
    both ? (['notes', 'draft', 'enter', 'sync'] as const) : (['notes', 'sync'] as const),
  );
  const typist = new Typist(station.page(), random, name);
  await waitForMoment(station, typist, random, during);
  const killedAt = Date.now();
  if (both) station.browser?.signalAll('SIGKILL');
  await station.desk?.end('SIGKILL');
  if (both) await station.browser?.kill();
  const said = station.told.said();
  station.line.set('none');
  const found = both
    ? await afterBoth(station, said, killedAt)
    : await afterHost(station, said, typist, random);
  return { ...found, counted: [both ? 'with Chromium' : `alone during ${during}`] };
}

async function afterHost(station: Station, said: Said, typist: Typist, random: Random): Promise<Found> {
  const [hub, journal] = await Promise.all([station.readHub(), station.readJournal()]);
  const found = judgeAtKill(said, { hub, journal });
  // The window goes on by itself for a while, and says that it has one copy only.
  await delay(random.between(0, 200));
  await station.startDesk();
  typist.stop();
  await station.untilSafe();
  return found;
}

async function afterBoth(station: Station, said: Said, killedAt: number): Promise<Found> {
  const [hub, journal, draft] = await Promise.all([
    station.readHub(),
    station.readJournal(),
    station.readDraft(),
  ]);
  await station.startDesk();
  let database: readonly Kept[] = [];
  await station.openWindow(async (browser) => {
    database = await station.readDatabaseBeforeStart(browser);
  });
  const copies = { database, journal, hub, draft };
  const lag = draftLagMs(said, copies, killedAt);
  station.told.box.length = 0;
  await station.inCall();
  return { ...judgeAtKill(said, copies), draftLagMs: lag };
}
