import { unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type Digest, streamId } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Clock } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf } from '../../ports/log.ts';
import { asidePlaces, asidesOf } from '../asides.ts';
import { refuse } from '../faults.ts';
import { readPurged } from '../journal/purged.ts';
import { lockProfile } from '../profile-lock.ts';
import { SHUT } from '../vault/vault.ts';
import { readStream } from './read-stream.ts';

/** What a profile may hold that the hub has not got, in numbers. */
export interface AtRisk {
  /** Entries in the journal beyond what its folder knows to be acknowledged. The window may know of more. */
  readonly mayBeUnsent: number;
  readonly hasDrafts: boolean;
  /** Copies that repairs set aside: nobody has read them. */
  readonly asides: number;
  /** Files or folders of the journal that could not be read: what is in them counts as unsent. */
  readonly unreadable: number;
}

export interface SetAsideOptions {
  readonly profile: string;
  /** IT has run `recover` and holds its file, or knows that there is nothing to recover. */
  readonly hasRecovered: boolean;
  readonly disk: Disk;
  readonly digest: Digest;
  readonly clock: Clock;
}

export interface SetAside {
  /** The folder's new name, beside the old one. */
  readonly aside: string;
  readonly risk: AtRisk;
}

/**
 * Gives a profile's folder another name, whole, so that the next start makes a new one: nothing in it is deleted, and nothing
 * of it is sent by itself any more. Faults: `profile.inUse`, `reset.notRecovered` while there may be something unsent in it,
 * `reset.failed`.
 */
export async function setProfileAside(options: SetAsideOptions): Promise<Result<SetAside, Fault>> {
  const { profile, disk } = options;
  try {
    const names = await disk.list(profile);
    if (!['journal', 'keys.json', 'desk.json'].some((name) => names.includes(name)))
      return refuse('reset.failed', 'profile', 'is not a Lantern profile');
    const lock = await lockProfile(profile);
    if (!lock.ok) return lock;
    const done = await renameIf(options);
    // It went with the folder where that was renamed: there nobody holds it any more.
    await (done.ok ? unlink(join(done.value.aside, 'lock')) : lock.value.release());
    return done;
  } catch (error) {
    return refuse('reset.failed', 'profile', `cannot be set aside (${causeOf(error)})`);
  }
}

/** Under the lock: no desk begins to write in a folder that is about to have another name. */
async function renameIf(options: SetAsideOptions): Promise<Result<SetAside, Fault>> {
  const { profile, hasRecovered, disk, clock } = options;
  const risk = await riskOf(options);
  if (!hasRecovered && wordsOf(risk).length > 0)
    return refuse(
      'reset.notRecovered',
      'profile',
      `holds ${wordsOf(risk).join(', ')}: run "npm run recover" first, then give --i-have-recovered`,
    );
  const stamp = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  const aside = join(dirname(profile), `${basename(profile)}.set-aside-${stamp}`);
  if ((await disk.list(dirname(aside))).includes(basename(aside)))
    return refuse('reset.failed', 'profile', 'was set aside this very moment');
  await disk.rename(profile, aside);
  return ok({ aside, risk });
}

/** Needs no key: numbers lie beside the boxes. */
async function riskOf({ profile, disk, digest }: SetAsideOptions): Promise<AtRisk> {
  const journal = join(profile, 'journal');
  const purged = await readPurged(disk, journal, SHUT);
  let mayBeUnsent = 0;
  let unreadable = 0;
  for (const name of await disk.list(journal)) {
    const stream = streamId.safeParse(name);
    if (!stream.success) continue;
    const runs = purged === 'broken' ? [] : purged.get(stream.data);
    const found = await readStream(journal, stream.data, disk, SHUT, digest, runs);
    mayBeUnsent += [...found.locked, ...found.events.map(({ seq }) => seq)].filter(
      (seq) => seq > found.acked,
    ).length;
    unreadable += found.unreadable.length + found.damaged.length;
  }
  const drafts = await disk.size(join(profile, 'drafts', 'drafts.log'));
  const asides = (await asidesOf(asidePlaces(profile), disk)).length;
  return { mayBeUnsent, hasDrafts: (drafts ?? 0) > 0, asides, unreadable };
}

function wordsOf({ mayBeUnsent, hasDrafts, asides, unreadable }: AtRisk): string[] {
  return [
    ...(mayBeUnsent > 0 ? [`${mayBeUnsent} entries that may not be at the hub`] : []),
    ...(hasDrafts ? ['half-typed text'] : []),
    ...(asides > 0 ? [`${asides} copies of damaged files`] : []),
    ...(unreadable > 0 ? [`${unreadable} files or lines that cannot be read`] : []),
  ];
}
