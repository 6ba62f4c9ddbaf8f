import { readPostmaster } from '../../../hub/db/cluster.ts';
import { childrenOf, signal, signalTree } from '../parts/processes.ts';
import { type Station } from '../parts/station.ts';
import { Typist } from '../parts/typist.ts';
import { type Found, inRounds, type Plan } from '../rounds.ts';
import { judgeAtKill } from '../verdict/judge.ts';
import { type Random } from '../verdict/random.ts';
import { midBatch } from './hub.ts';

/** SIGKILL to the hub's PostgreSQL in the middle of a batch: the whole server, its parent alone, or one back end. */
export const postgresKills = (plan: Plan): Promise<void> =>
  inRounds(plan, { perRound: 25, station: (random) => ({ random }), trial: oneKill });

async function oneKill(station: Station, random: Random, name: string): Promise<Found> {
  const what = random.pick(['whole', 'parent', 'back end'] as const);
  const typist = new Typist(station.page(), random, name);
  const postmaster = await readPostmaster(station.hubFolder);
  if (postmaster === undefined) throw new Error('the hub has no database server');
  await station.leaveDatabase();
  const typing = typist.notes(1_000);
  await midBatch(station, random);
  killServer(postmaster.pid, what, random);
  typist.stop();
  await typing;
  await station.untilSafe();
  const found = judgeAtKill(station.told, { hub: await station.readHub() });
  return { ...found, counted: [what] };
}

/** Ends a server, or a part of it, without a goodbye. Only processes that are its own. */
function killServer(pid: number, what: 'whole' | 'parent' | 'back end', random: Random): void {
  if (what === 'whole') return signalTree(pid, 'SIGKILL');
  const backEnds = childrenOf(pid).filter(({ title }) => title.includes('127.0.0.1'));
  // Before the first connection there is no back end to choose.
  const one = backEnds[random.between(0, backEnds.length - 1)]?.pid ?? pid;
  signal(what === 'parent' ? pid : one, 'SIGKILL');
}
