import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KEY_BYTES, type KeyId, keyId } from '../../../shared/boxes/box.ts';
import { type IdSource } from '../../../shared/ids.ts';
import { type Clock } from '../../../shared/time.ts';
import { type Disk } from '../../ports/disk.ts';
import { type KeyStore, type RecoveryKey } from '../../ports/key-store.ts';
import { type Log } from '../../ports/log.ts';
import { fileKeyStore, keptFileKeyStore } from '../file-key-store.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { lostNotice } from './lost-notice.ts';
import { NOTHING, type OpenKey, type Revealed, revealRing } from './reveal-ring.ts';
import { LOST_RING, lostRingName, RING_NAME, type RingFile, ringFile, type RingKey } from './ring-file.ts';
import { createVault, type Vault } from './vault.ts';

export interface VaultOptions {
  /** The profile folder. */
  readonly folder: string;
  readonly disk: Disk;
  /** Protects the keys from now on. What another store protected is taken over where that store still opens it. */
  readonly keyStore: KeyStore;
  readonly recovery?: RecoveryKey | undefined;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes a new key for what is written from now on. */
  readonly rotate?: boolean;
  /** Protects the keys from now on instead of `keyStore`, which still opens them: a new passphrase. */
  readonly next?: KeyStore | undefined;
}

export interface OpenedVault {
  readonly vault: Vault;
  readonly protectedBy: KeyStore;
  /** Sentences for the screen: what happened to keys that could not be opened, what is safe, what to do. */
  readonly notices: readonly string[];
  /** Whether keys of this profile are kept here that cannot be opened now. */
  readonly hasLostKeys: boolean;
}

/**
 * Opens the profile's data keys, or makes the first one. Keys that cannot be opened are kept as they are (`keys.lost-…`)
 * and a new one is made, so that calls can be taken at once; a lost ring that can be opened again is taken back.
 * Every change of the ring is one replaced file: a crash leaves the old ring or the new one, and whoever starts next
 * goes on from there. Rejects only when the disk or the key store itself fails.
 */
export async function openVault(options: VaultOptions): Promise<OpenedVault> {
  const { folder, disk, keyStore, ids, clock, log } = options;
  const kept = keyStore.kind === 'file' ? undefined : await keptFileKeyStore(folder, disk);
  const stores = kept === undefined ? [keyStore] : [keyStore, kept];
  const path = join(folder, RING_NAME);

  const read = await readJsonFile(disk, path, ringFile);
  const ring = read.kind === 'good' ? read.value : undefined;
  const present = ring === undefined ? NOTHING : await revealRing(ring, stores);
  if (read.kind === 'broken' || present.lost.length > 0) {
    // A copy first: until the new ring is written, the old one stays where it is.
    await disk.copy(path, join(folder, lostRingName(clock.now())));
    const message = 'data keys could not be opened; they are kept, and a new one is made';
    log.error({ code: read.kind === 'broken' ? 'keys.damaged' : `keys.${present.why}`, message });
  }
  const earlier = await readLost(folder, disk, stores);
  const open = new Map<KeyId, OpenKey>();
  for (const { revealed } of earlier) for (const one of revealed.open) open.set(one.key.id, one);
  for (const one of present.open) open.set(one.key.id, one);

  const protector = options.next ?? (await protectorOf(options, earlier));
  const turn = options.rotate === true || ring?.rotate === true;
  const current =
    ring !== undefined && !turn && open.has(ring.current) ? ring.current : keyId.parse(ids.next());
  const bytes = open.get(current)?.key.bytes ?? randomBytes(KEY_BYTES);
  const all = [
    ...[...open.values()].filter(({ key }) => key.id !== current).map(({ key }) => key),
    { id: current, bytes },
  ];

  const keys: RingKey[] = [];
  for (const key of all)
    keys.push(await wrapped(options, protector, key.id, key.bytes, open.get(key.id)?.kept));
  const next: RingFile = { v: 1, current, keys };
  if (JSON.stringify(next) !== JSON.stringify(ring)) await writeJsonFile(disk, path, next);
  // Only now: what they held is in the ring.
  for (const { name, revealed } of earlier.filter(isFound)) {
    await disk.rename(join(folder, name), join(folder, name.replace('lost', 'found')));
    log.info({
      code: 'keys.found',
      message: `${revealed.open.length} data key(s) that were lost can be opened again`,
    });
  }

  const lost = earlier.filter((one) => !isFound(one));
  return {
    vault: createVault(current, all),
    protectedBy: protector,
    notices: lost.map(({ revealed }) =>
      lostNotice(
        revealed.why,
        revealed.lost.length > 0 && revealed.lost.every((one) => one.recovery !== undefined),
      ),
    ),
    hasLostKeys: lost.length > 0,
  };
}

interface LostRing {
  readonly name: string;
  readonly revealed: Revealed;
}

/** Every one of its keys can be opened again. */
const isFound = ({ revealed }: LostRing): boolean => revealed.open.length > 0 && revealed.lost.length === 0;

async function readLost(folder: string, disk: Disk, stores: readonly KeyStore[]): Promise<LostRing[]> {
  const rings: LostRing[] = [];
  for (const name of (await disk.list(folder)).filter((one) => LOST_RING.test(one)).toSorted()) {
    const read = await readJsonFile(disk, join(folder, name), ringFile);
    rings.push({ name, revealed: read.kind === 'good' ? await revealRing(read.value, stores) : NOTHING });
  }
  return rings;
}

/**
 * A passphrase that did not open this profile protects nothing new: were it a slip of the finger, the next right
 * start could not read what was written in between. Until it is cleared up the 0600 file does, and its notice is shown.
 */
async function protectorOf(
  { folder, disk, keyStore }: VaultOptions,
  lost: readonly LostRing[],
): Promise<KeyStore> {
  const isDoubtful =
    keyStore.kind === 'passphrase' && lost.some(({ revealed }) => revealed.why === 'wrongPassphrase');
  return isDoubtful ? fileKeyStore(folder, disk) : keyStore;
}

/** The ring's entry for a key, made again only where the protector or the recovery key is another one now. */
async function wrapped(
  { clock, recovery, next }: VaultOptions,
  protector: KeyStore,
  id: KeyId,
  bytes: Uint8Array,
  kept: RingKey | undefined,
): Promise<RingKey> {
  const isKept = kept !== undefined && kept.wrap.by === protector.kind && next === undefined;
  const wrap = isKept
    ? kept.wrap
    : { by: protector.kind, bytes: Buffer.from(await protector.protect(bytes)).toString('base64') };
  const isForThem = recovery === undefined || kept?.recovery?.to === recovery.id;
  const forThem = isForThem ? kept?.recovery : { to: recovery.id, jwe: await recovery.wrap(bytes) };
  return {
    id,
    madeAt: kept?.madeAt ?? clock.now(),
    wrap,
    ...(forThem === undefined ? {} : { recovery: forThem }),
  };
}
