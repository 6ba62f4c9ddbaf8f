import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fillUp, mountTmpfs, unmount, whyNoMounts } from '../parts/mounts.ts';
import { type Station, type StationOptions } from '../parts/station.ts';
import { Typist } from '../parts/typist.ts';
import { until } from '../parts/until.ts';
import { type Found, inRounds, type Plan } from '../rounds.ts';
import { judgeAtKill } from '../verdict/judge.ts';
import { type Random } from '../verdict/random.ts';

interface Small {
  readonly what: string;
  readonly megabytes: number;
  readonly option: (place: string) => Partial<StationOptions>;
  /** What the light has to say while the disk is full. */
  readonly says: RegExp;
}

const DISKS = [
  {
    what: 'journal',
    megabytes: 8,
    option: (place) => ({ data: place }),
    says: /^One copy only not in the journal: .*disk is full/,
  },
  {
    what: 'Chromium profile',
    megabytes: 256,
    option: (place) => ({ chromium: join(place, 'chromium') }),
    says: /^One copy only not in the window’s database: /,
  },
  {
    what: 'hub data',
    megabytes: 192,
    option: (place) => ({ hubData: join(place, 'hub') }),
    says: /^On this PC .*waiting/,
  },
] as const satisfies readonly Small[];

/** A small disk runs full under the journal, the Chromium profile or the hub's database, and has room again. */
export async function fullDisks(plan: Plan): Promise<void> {
  const base = await mkdtemp(join(tmpdir(), 'lantern-disk-'));
  // The hub's database runs as another user, and must be able to pass through.
  await chmod(base, 0o711);
  try {
    const why = whyNoMounts(base, 'tmpfs');
    if (why !== undefined) {
      plan.count.notRun = why;
      return;
    }
    let turn = plan.first;
    let disk: Small = DISKS[0];
    const place = join(base, 'small');
    await inRounds(plan, {
      perRound: 1,
      station: (random) => {
        disk = DISKS[turn % DISKS.length] ?? DISKS[0];
        turn += 1;
        mountTmpfs(place, disk.megabytes);
        return { random, ...disk.option(place) };
      },
      trial: (station, random, name) => oneFilling(station, disk, place, random, name),
      after: async () => unmount(place),
    });
  } finally {
    unmount(join(base, 'small'));
    await rm(base, { recursive: true, force: true });
  }
}

async function oneFilling(
  station: Station,
  disk: Small,
  place: string,
  random: Random,
  name: string,
): Promise<Found> {
  const typist = new Typist(station.page(), random, name);
  await typist.notes(random.between(3, 10));
  await station.untilSafe();
  const empty = fillUp(place);
  try {
    await until(
      async () => {
        await typist.notes(2);
        return await saysSoon(station, disk.says);
      },
      60_000,
      () => `with a full ${disk.what} the light says “${station.told.light}”`,
    );
    const said = station.told.said();
    const copies = await readWhileFull(station, disk.what);
    const found = judgeAtKill(said, copies);
    return { ...found, counted: [`full ${disk.what}`] };
  } finally {
    empty();
    await typist.notes(2);
  }
}

/**
 * Whether the light comes to say so once the typing pauses. Right after a note it truly says that the note is being
 * written, whatever the state of the disk: looked at only then it would say nothing else for ever.
 */
async function saysSoon(station: Station, says: RegExp): Promise<boolean> {
  for (const end = Date.now() + 1000; Date.now() < end; await delay(20)) {
    if (says.test(station.told.light)) return true;
  }
  return false;
}

/** Its database cannot answer while it is full; the end of the round looks at it. */
async function readWhileFull(station: Station, what: string) {
  const journal = await station.readJournal();
  return what === 'hub data' ? { journal } : { journal, hub: await station.readHub() };
}
