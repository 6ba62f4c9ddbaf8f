import { type Dirent } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Diagnosis } from '../../../shared/diagnose/facts.ts';
import { causeOf } from '../../../shared/log/cause.ts';
import { type Disk } from '../../ports/disk.ts';
import { anyDeskFile } from '../desk-identity.ts';
import { readJsonFile } from '../json-file.ts';
import { lookAtLock } from '../profile-lock.ts';
import { LOST_RING, RING_NAME, type RingFile, ringFile } from '../vault/ring-file.ts';

type FileState = Diagnosis['desk']['identity'];

/** More files than a profile ever has: a folder that is none is not walked for ever. */
const MOST_FILES = 50_000;

/** Whether the folder is there, can be read, and is in use; and how much is in it. Never rejects. */
export async function profileFacts(folder: string): Promise<Diagnosis['profile']> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    const cause = causeOf(error);
    return cause === 'ENOENT' ? { state: 'missing' } : { state: 'unreadable', cause };
  }
  let bytes = 0;
  for (const entry of entries.slice(0, MOST_FILES)) {
    if (!entry.isFile()) continue;
    // A file that went while we looked weighs nothing.
    bytes += await stat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  const lock = await lookAtLock(folder).catch(() => 'free' as const);
  const state = ({ free: 'free', held: 'inUse', stale: 'leftLocked' } as const)[lock];
  return { state, bytes };
}

/** What the list of data keys says of itself. No key is opened for it. */
export async function keyFacts(
  folder: string,
  disk: Disk,
): Promise<{ readonly facts: Diagnosis['keyStore']; readonly ring: RingFile | undefined }> {
  const ring = await readJsonFile(disk, join(folder, RING_NAME), ringFile).catch(() => undefined);
  const lostRings = (await disk.list(folder).catch(() => [])).filter((name) => LOST_RING.test(name)).length;
  const keys = ring?.kind === 'good' ? ring.value.keys : [];
  const under = { os: 0, passphrase: 0, file: 0 };
  for (const { wrap } of keys) under[wrap.by] += 1;
  return {
    ring: ring?.kind === 'good' ? ring.value : undefined,
    facts: {
      state: stateOf(ring?.kind),
      keys: keys.length,
      under,
      recoverable: keys.filter(({ recovery }) => recovery !== undefined).length,
      lostRings,
    },
  };
}

/** Whether the desk's own key lies there in the right form. */
export async function identityState(folder: string, disk: Disk): Promise<FileState> {
  const read = await readJsonFile(disk, join(folder, 'desk.json'), anyDeskFile).catch(() => undefined);
  return stateOf(read?.kind);
}

const stateOf = (kind: 'good' | 'missing' | 'broken' | undefined): FileState =>
  kind === undefined ? 'unreadable' : kind === 'broken' ? 'damaged' : kind;

/** Free space where the profile is, or will be: of the nearest folder above that is there. */
export async function diskFacts(folder: string): Promise<Diagnosis['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    const above = join(folder, '..');
    // Not known is said by leaving it out.
    return above === folder ? undefined : diskFacts(above);
  }
}
