import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readPostmaster } from '../../../hub/db/cluster.ts';
import { startEmbedded } from '../../../hub/db/embedded.ts';
import { createPool } from '../../../hub/db/pool.ts';
import { openBrowser } from '../parts/chromium.ts';
import { LoopDisk, whyNoMounts } from '../parts/mounts.ts';
import { signalTree } from '../parts/processes.ts';
import { type Station } from '../parts/station.ts';
import { Typist } from '../parts/typist.ts';
import { readJournalFiles } from '../raw/files.ts';
import { readHubRows } from '../raw/hub-database.ts';
import { readBeforeStart } from '../raw/window-database.ts';
import { type Found, inRounds, type Plan } from '../rounds.ts';
import { type Copies, judgeAtKill, type Kept } from '../verdict/judge.ts';
import { type Random } from '../verdict/random.ts';
import { addExtra, emptyCount } from '../verdict/tally.ts';
import { weakDatabase, weakDesk, weakWindow } from './weaken.ts';

/** Each copy on an image of its own, so that one's fsync cannot carry another's data along. */
const IMAGES = { chromium: 320, journal: 64, hub: 320 } as const;
type Images = Readonly<Record<keyof typeof IMAGES, LoopDisk>>;

/**
 * Power cuts: everything is stopped, the images are copied as they are on the block device, and the copies are read
 * as after a restart. A control with durability weakened has to lose, or the trials would show nothing.
 */
export async function powerCuts(plan: Plan): Promise<void> {
  const base = await mkdtemp(join(tmpdir(), 'lantern-power-'));
  // The hub's database runs as another user, and must be able to pass through.
  await chmod(base, 0o711);
  const why = whyNoMounts(base, 'loop');
  if (why !== undefined) {
    plan.count.notRun = why;
    await rm(base, { recursive: true, force: true });
    return;
  }
  try {
    await cuts(plan, base, false, () => undefined);
    await control(plan, base);
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

const PLACES = ['database', 'journal', 'hub'] as const;

async function cuts(plan: Plan, base: string, weak: boolean, heard: (found: Found) => void): Promise<void> {
  let images: Images | undefined;
  await inRounds(plan, {
    perRound: 15,
    station: (random) => {
      images = layOutImages(base);
      return {
        random,
        chromium: join(images.chromium.place, 'profile'),
        data: join(images.journal.place, 'desk'),
        hubData: join(images.hub.place, 'hub'),
        ...(weak ? { weaken: weakWindow, deskEnv: weakDesk, databaseSettings: weakDatabase } : {}),
      };
    },
    trial: async (station, random, name) => {
      if (images === undefined) throw new Error('there are no images');
      const found = await oneCut(station, images, base, random, name);
      heard(found);
      // What a control loses is what it is there for.
      return weak ? {} : found;
    },
    after: async () => {
      for (const image of Object.values(images ?? {})) image.remove();
    },
  });
}

/** The same with durability weakened in each copy. Every copy has to lose something, or the suite shows nothing. */
async function control(plan: Plan, base: string): Promise<void> {
  const lost = new Map<string, number>(PLACES.map((place) => [place, 0]));
  const count = emptyCount();
  await cuts({ ...plan, count, trials: Math.max(2, Math.ceil(plan.trials / 3)) }, base, true, (found) => {
    for (const line of found.falseLights ?? []) {
      const place = PLACES.find((name) => line.endsWith(`the ${name}`));
      if (place !== undefined) lost.set(place, (lost.get(place) ?? 0) + 1);
    }
  });
  plan.count.failed += count.failed;
  addExtra(plan.count, 'control cuts', count.trials);
  for (const [place, number] of lost) {
    addExtra(plan.count, `control lost in the ${place}`, number);
    if (number > 0) continue;
    plan.count.failed += 1;
    plan.say(`FAILED power: the weakened ${place} lost nothing, so these trials show nothing about it`);
  }
}

function layOutImages(base: string): Images {
  const make = (name: keyof typeof IMAGES): LoopDisk => LoopDisk.make(join(base, name), IMAGES[name]);
  return { chromium: make('chromium'), journal: make('journal'), hub: make('hub') };
}

async function oneCut(
  station: Station,
  images: Images,
  base: string,
  random: Random,
  name: string,
): Promise<Found> {
  const typist = new Typist(station.page(), random, name);
  const typing = typist.notes(1_000);
  await delay(random.between(200, 900));
  const postmaster = await readPostmaster(station.hubFolder);
  const roots = [station.desk?.child.pid, station.hub?.child.pid, postmaster?.pid].filter(
    (pid) => pid !== undefined,
  );
  const stopAll = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
    station.browser?.signalAll(signal);
    for (const pid of roots) signalTree(pid, signal);
  };
  stopAll('SIGSTOP');
  // What the window reported before it was stopped is still on its way to us.
  await delay(50);
  const said = station.told.said();
  const cut = (part: keyof typeof IMAGES): string => join(base, `${part}.cut`);
  for (const [part, image] of Object.entries(images)) image.copyImage(cut(part as keyof typeof IMAGES));
  stopAll('SIGCONT');
  typist.stop();
  await typing;
  return judgeAtKill(said, await readCut(station, base, cut));
}

/** Reads the three copies as a machine that starts again would find them. */
async function readCut(
  station: Station,
  base: string,
  cut: (part: keyof typeof IMAGES) => string,
): Promise<Copies> {
  const disks = {
    chromium: LoopDisk.fromCopy(cut('chromium'), join(base, 'after-chromium')),
    journal: LoopDisk.fromCopy(cut('journal'), join(base, 'after-journal')),
    hub: LoopDisk.fromCopy(cut('hub'), join(base, 'after-hub')),
  };
  try {
    const profile = join(disks.chromium.place, 'profile');
    // It names a process that, after a power cut, is not there.
    await rm(join(profile, 'SingletonLock'), { force: true });
    const browser = await openBrowser(profile);
    const place = join(disks.journal.place, 'desk/browser/development');
    let database: readonly Kept[];
    try {
      database = await readBeforeStart(browser.context, station.origin, place).catch(() => []);
    } finally {
      await browser.close();
    }
    return {
      database,
      // Keys that did not reach the disk leave a journal that nobody can open: nothing of it is kept.
      journal: await readJournalFiles(place).catch(() => []),
      hub: await readHubAfter(join(disks.hub.place, 'hub')),
    };
  } finally {
    for (const disk of Object.values(disks)) disk.remove();
  }
}

async function readHubAfter(folder: string): Promise<readonly Kept[]> {
  // As above: here the process still is there, and works on the original.
  await rm(join(folder, 'postgres/postmaster.pid'), { force: true });
  const started = await startEmbedded(folder, () => undefined);
  if (!started.ok) throw new Error(`after the cut the database does not open: ${started.error.message}`);
  const options = { max: 1, statementTimeoutMs: 15_000, onError: () => undefined };
  const pool = createPool(started.value.url, options);
  try {
    return await readHubRows(pool);
  } finally {
    await pool.end();
    await started.value.stop();
  }
}
