import { join } from 'node:path';
import { KEY_BYTES, type KeyId } from '../../../shared/boxes/box.ts';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Disk } from '../../ports/disk.ts';
import { refuse } from '../faults.ts';
import { readJsonFile } from '../json-file.ts';
import { type RecoveryOpener } from '../vault/recovery-key.ts';
import { RING_NAME, ringFile } from '../vault/ring-file.ts';
import { type DataKey } from '../vault/vault.ts';

/** The present ring, those that could not be opened, and those that could be again: any may hold a wrap. */
const RING = /^keys(\.(lost|found)-\d+)?\.json$/;

export interface RecoveredKeys {
  readonly keys: readonly [DataKey, ...DataKey[]];
  /** Keys named in the rings that this recovery key does not open. */
  readonly closed: number;
  /** Ring files that are no rings any more. */
  readonly broken: readonly string[];
}

/**
 * Every data key that was wrapped to this recovery key. Faults: `recover.noKeys` (no readable ring), `recover.noWraps`
 * (no key was wrapped to any recovery key), `recover.wrongKey` (to another one).
 */
export async function recoveredKeys(
  folder: string,
  disk: Disk,
  opener: RecoveryOpener,
): Promise<Result<RecoveredKeys, Fault>> {
  const found = new Map<KeyId, DataKey>();
  const named = new Set<KeyId>();
  const broken: string[] = [];
  let wraps = 0;
  for (const name of (await disk.list(folder)).filter((one) => RING.test(one)).toSorted()) {
    const ring = await readJsonFile(disk, join(folder, name), ringFile);
    if (ring.kind !== 'good') {
      broken.push(name);
      continue;
    }
    for (const { id, recovery } of ring.value.keys) {
      named.add(id);
      if (recovery === undefined) continue;
      wraps += 1;
      const bytes = await opener.unwrap(recovery.jwe);
      if (bytes?.length === KEY_BYTES) found.set(id, { id, bytes });
    }
  }
  const [first, ...more] = found.values();
  if (first !== undefined) {
    return ok({ keys: [first, ...more], closed: named.size - found.size, broken });
  }
  if (named.size === 0) return refuse('recover.noKeys', 'profile', `has no readable ${RING_NAME}`);
  return wraps === 0
    ? refuse('recover.noWraps', 'profile', 'has no data key that was wrapped to a recovery key')
    : refuse('recover.wrongKey', 'key', 'opens no data key here: they were wrapped to another recovery key');
}
