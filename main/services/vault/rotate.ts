import { join } from 'node:path';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type KeyStore } from '../../ports/key-store.ts';
import { causeOf } from '../../ports/log.ts';
import { refuse } from '../faults.ts';
import { keptFileKeyStore } from '../file-key-store.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { lockProfile } from '../profile-lock.ts';
import { type WhyLost } from './lost-notice.ts';
import { openVault, type VaultOptions } from './open-vault.ts';
import { revealRing } from './reveal-ring.ts';
import { LOST_RING, RING_NAME, type RingFile, ringFile } from './ring-file.ts';

export interface RotateOptions extends Pick<
  VaultOptions,
  'folder' | 'disk' | 'recovery' | 'ids' | 'clock' | 'log'
> {
  /** The store under the configured passphrase, when there is one. */
  readonly passphrase: KeyStore | undefined;
}

/** `asked`: only the desk can open the system's key store, so it makes the new key when it next starts. */
export type Rotated =
  | {
      readonly kind: 'turned';
      readonly keys: number;
      readonly by: KeyStore['kind'];
      readonly forThem: boolean;
    }
  | { readonly kind: 'asked' };

/**
 * Makes a new data key for what is written from now on and wraps every key again. Refuses, and changes nothing, unless
 * every key of the ring can be opened first. The ring is one replaced file: a crash leaves the old one or the new one.
 * Faults: `profile.inUse`, `rotate.noKeys`, `rotate.closed`, `rotate.noRecoveryKey`, `rotate.failed`.
 */
export async function rotateProfile(options: RotateOptions): Promise<Result<Rotated, Fault>> {
  const { folder, disk } = options;
  try {
    // Before the lock, which would be written into any folder there is.
    if ((await disk.size(join(folder, RING_NAME))) === undefined)
      return noKeys('has no keys.json: it is no profile');
    const lock = await lockProfile(folder);
    if (!lock.ok) return lock;
    try {
      return await turn(options);
    } finally {
      await lock.value.release();
    }
  } catch (error) {
    const message = `could not be changed (${causeOf(error)}); its keys are whole, the old ones or the new`;
    return refuse('rotate.failed', 'profile', message);
  }
}

async function turn(options: RotateOptions): Promise<Result<Rotated, Fault>> {
  const { folder, disk, passphrase, recovery } = options;
  const path = join(folder, RING_NAME);
  const read = await readJsonFile(disk, path, ringFile);
  if (read.kind !== 'good') return noKeys('has a keys.json that cannot be read');
  const ring = read.value;
  if (ring.keys.some(({ wrap }) => wrap.by === 'os')) {
    await writeJsonFile(disk, path, { ...ring, rotate: true } satisfies RingFile);
    return ok({ kind: 'asked' });
  }
  if (recovery === undefined && ring.keys.some((key) => key.recovery !== undefined)) {
    const message =
      'must be set: the keys of this profile are wrapped to a recovery key, and the new one must be';
    return refuse('rotate.noRecoveryKey', 'LANTERN_RECOVERY_KEY_FILE', message);
  }
  const kept = await keptFileKeyStore(folder, disk);
  const stores = [passphrase, kept].filter((store) => store !== undefined);
  const [keyStore] = stores;
  const revealed = await revealRing(ring, stores);
  if (keyStore === undefined || revealed.lost.length > 0) return closed(revealed.why);
  // Were the passphrase a slip of the finger, everything would be put under it.
  if (passphrase !== undefined && (await isDoubtful(options, stores))) return closed('wrongPassphrase');

  const opened = await openVault({ ...options, keyStore, next: keyStore, rotate: true });
  const { vault, protectedBy } = opened;
  return ok({
    kind: 'turned',
    keys: vault.keys.length,
    by: protectedBy.kind,
    forThem: recovery !== undefined,
  });
}

async function isDoubtful({ folder, disk }: RotateOptions, stores: readonly KeyStore[]): Promise<boolean> {
  for (const name of (await disk.list(folder)).filter((one) => LOST_RING.test(one))) {
    const lost = await readJsonFile(disk, join(folder, name), ringFile);
    if (lost.kind === 'good' && (await revealRing(lost.value, stores)).why === 'wrongPassphrase') return true;
  }
  return false;
}

const noKeys = (message: string): Result<never, Fault> => refuse('rotate.noKeys', 'profile', message);

const WHY: Readonly<Record<WhyLost, string>> = {
  wrongPassphrase: 'holds another passphrase than the one its keys are under',
  noPassphrase: 'must be set: the keys of this profile are under a passphrase',
  keyStore:
    'is not enough: the file secret.key, which opens the keys of this profile, is not there or not the right one',
  damaged: 'is not enough: the keys of this profile are damaged',
};
const closed = (why: WhyLost): Result<never, Fault> =>
  refuse('rotate.closed', 'LANTERN_PASSPHRASE_FILE', WHY[why]);
