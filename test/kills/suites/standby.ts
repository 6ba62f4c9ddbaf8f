import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Options } from '../options.ts';
import { signalTree } from '../parts/processes.ts';
import { type Station } from '../parts/station.ts';
import { findSystemPostgres, installSystemPostgres, Server } from '../parts/system-postgres.ts';
import { startTcpProxy, type TcpProxy } from '../parts/tcp-proxy.ts';
import { Typist } from '../parts/typist.ts';
import { type Found, inRounds, type Plan } from '../rounds.ts';
import { judgeAtKill } from '../verdict/judge.ts';
import { type Random } from '../verdict/random.ts';
import { type Said } from '../verdict/told.ts';
import { midBatch } from './hub.ts';

/**
 * A primary with a synchronous standby, the system's own PostgreSQL. The primary is killed in the middle of a batch,
 * the standby promoted, the hub's address moved to it; then it gets a standby of its own, for which receipts wait.
 */
export async function standbyKills(plan: Plan, options: Options): Promise<void> {
  if (findSystemPostgres() === undefined && options.install && process.getuid?.() === 0)
    installSystemPostgres();
  const bin = findSystemPostgres();
  if (bin === undefined) {
    plan.count.notRun =
      'PostgreSQL with pg_basebackup is not installed (--install as root installs Debian’s)';
    return;
  }
  let pair: Pair | undefined;
  await inRounds(plan, {
    perRound: 10,
    station: async (random) => {
      pair = await Pair.start(bin, random);
      return { random, databaseUrl: pair.url() };
    },
    trial: (station, random, name) => {
      if (pair === undefined) throw new Error('there are no servers');
      return oneKill(station, pair, random, name);
    },
    after: async () => pair?.close(),
  });
}

async function oneKill(station: Station, pair: Pair, random: Random, name: string): Promise<Found> {
  const standbyHangs = random.next() < 0.5;
  const typist = new Typist(station.page(), random, name);
  const typing = typist.notes(1_000);
  await midBatch(station, random);
  const wrong: string[] = [];
  if (standbyHangs) {
    // The primary commits for itself and waits: nothing may be called safe meanwhile.
    pair.signalStandby('SIGSTOP');
    const before = await untilNothingNew(station);
    await delay(random.between(300, 800));
    wrong.push(...newlySafe(before, station.told.said(), 'while the standby hung'));
  }
  await station.leaveDatabase();
  pair.killPrimary();
  // Nobody answers now: what is still said was on its way before.
  const said = await untilNothingNew(station);
  typist.stop();
  await typing;
  await pair.promote();
  await delay(500);
  wrong.push(...newlySafe(said, station.told.said(), 'while the new primary had no standby'));
  await pair.newStandby();
  await station.untilSafe();
  const found = judgeAtKill(said, { hub: await station.readHub() });
  return {
    ...found,
    falseLights: [...found.falseLights, ...wrong],
    counted: [standbyHangs ? 'with the standby hanging' : 'with the standby following'],
  };
}

/**
 * What was said once what was on its way from before has arrived. On a busy machine that takes longer than any fixed
 * wait; promises made without the standby would never end, and are caught by what follows.
 */
async function untilNothingNew(station: Station): Promise<Said> {
  let before = station.told.said();
  for (let tries = 0; tries < 12; tries += 1) {
    await delay(250);
    const after = station.told.said();
    if (newlySafe(before, after, '').length === 0) return after;
    before = after;
  }
  return before;
}

/** Notes that were called safe between two moments at which only one server had them. */
function newlySafe(before: Said, after: Said, when: string): string[] {
  const fresh = [...after.notes].filter(
    ([text, said]) => said.has('hub') && before.notes.get(text)?.has('hub') !== true,
  );
  return fresh.map(([text]) => `note "${text.split(' ', 2).join(' ')}" was called safe ${when}`);
}

/** The two servers and the address that moves between them. */
class Pair {
  private readonly bin: string;
  private readonly folder: string;
  private readonly address: TcpProxy;
  private primary: Server;
  private standby: Server;
  private made = 2;

  static async start(bin: string, random: Random): Promise<Pair> {
    const folder = await mkdtemp(join(tmpdir(), 'lantern-standby-'));
    await chmod(folder, 0o711);
    const primary = await Server.primary(bin, join(folder, '1'));
    const standby = await Server.standbyOf(primary, bin, join(folder, '2'));
    await primary.ask('CREATE DATABASE lantern');
    return new Pair(bin, folder, await startTcpProxy(primary.port, random), primary, standby);
  }

  private constructor(bin: string, folder: string, address: TcpProxy, primary: Server, standby: Server) {
    this.bin = bin;
    this.folder = folder;
    this.address = address;
    this.primary = primary;
    this.standby = standby;
  }

  url(): string {
    return this.primary.url('lantern', this.address.port);
  }

  signalStandby(name: 'SIGSTOP' | 'SIGCONT'): void {
    const pid = this.standby.child?.pid;
    if (pid !== undefined) signalTree(pid, name);
  }

  killPrimary(): void {
    const pid = this.primary.child?.pid;
    if (pid !== undefined) signalTree(pid, 'SIGKILL');
  }

  async promote(): Promise<void> {
    this.signalStandby('SIGCONT');
    await this.standby.promote();
    const dead = this.primary;
    this.primary = this.standby;
    this.address.moveTo(this.primary.port);
    await dead.remove();
  }

  async newStandby(): Promise<void> {
    this.made += 1;
    this.standby = await Server.standbyOf(this.primary, this.bin, join(this.folder, String(this.made)));
  }

  async close(): Promise<void> {
    await this.address.close();
    this.signalStandby('SIGCONT');
    await this.standby.end();
    await this.primary.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
