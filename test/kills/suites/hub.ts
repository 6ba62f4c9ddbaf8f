import { setTimeout as delay } from 'node:timers/promises';
import { type Station } from '../parts/station.ts';
import { Typist } from '../parts/typist.ts';
import { type Found, inRounds, type Plan } from '../rounds.ts';
import { judgeAtKill } from '../verdict/judge.ts';
import { type Random } from '../verdict/random.ts';

/** SIGKILL to the hub a few ms after a batch has gone out to it. Its PostgreSQL lives on and is taken over. */
export const hubKills = (plan: Plan): Promise<void> =>
  inRounds(plan, { perRound: 25, station: (random) => ({ random }), trial: oneKill });

async function oneKill(station: Station, random: Random, name: string): Promise<Found> {
  const typist = new Typist(station.page(), random, name);
  const typing = typist.notes(1_000);
  await midBatch(station, random);
  await station.hub?.end('SIGKILL');
  const said = station.told.said();
  await delay(random.between(0, 150));
  typist.stop();
  await typing;
  const found = judgeAtKill(said, { hub: await station.readHub() });
  await station.startHub();
  await station.untilSafe();
  return found;
}

/** A few ms after one of the next pieces of a batch has passed the line to the hub. */
export async function midBatch(station: Station, random: Random): Promise<void> {
  let skip = random.between(1, 12);
  await new Promise<void>((resolve) =>
    station.line.onRequest(() => {
      skip -= 1;
      if (skip === 0) resolve();
    }),
  );
  station.line.onRequest(undefined);
  await delay(random.between(0, 12));
}
