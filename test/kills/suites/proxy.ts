import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedServer, startEmbedded } from '../../../hub/db/embedded.ts';
import { type Station } from '../parts/station.ts';
import { startTcpProxy, type TcpProxy } from '../parts/tcp-proxy.ts';
import { Typist } from '../parts/typist.ts';
import { type Found, inRounds, type Plan } from '../rounds.ts';
import { judgeAtKill } from '../verdict/judge.ts';
import { type Random } from '../verdict/random.ts';

/** The line between desk and hub, or between hub and PostgreSQL, stalls, resets, truncates, repeats or refuses. */
export async function lineFaults(plan: Plan): Promise<void> {
  let server: EmbeddedServer | undefined;
  let toDatabase: TcpProxy | undefined;
  let folder = '';
  await inRounds(plan, {
    perRound: 25,
    station: async (random) => {
      folder = await mkdtemp(join(tmpdir(), 'lantern-line-'));
      await chmod(folder, 0o711);
      const started = await startEmbedded(join(folder, 'hub'), () => undefined);
      if (!started.ok) throw new Error(started.error.message);
      server = started.value;
      const url = new URL(server.url);
      toDatabase = await startTcpProxy(Number(url.port), random);
      url.port = String(toDatabase.port);
      return { random, databaseUrl: url.href };
    },
    trial: (station, random, name) => {
      if (toDatabase === undefined) throw new Error('there is no line to the database');
      return oneFault(station, toDatabase, random, name);
    },
    after: async () => {
      await toDatabase?.close();
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

async function oneFault(
  station: Station,
  toDatabase: TcpProxy,
  random: Random,
  name: string,
): Promise<Found> {
  const where = random.pick(['desk to hub', 'hub to database'] as const);
  const what = random.pick(['stall', 'reset', 'truncate', 'duplicate', 'refuse'] as const);
  const line = where === 'desk to hub' ? station.line : toDatabase;
  const typist = new Typist(station.page(), random, name);
  const typing = typist.notes(1_000);
  await delay(random.between(50, 300));
  await station.leaveDatabase();
  line.set(what);
  await delay(random.between(150, 1_500));
  typist.stop();
  await typing;
  const said = station.told.said();
  line.set('none');
  const found = judgeAtKill(said, { hub: await station.readHub() });
  await station.untilSafe();
  return { ...found, counted: [`${where} ${what}`] };
}
