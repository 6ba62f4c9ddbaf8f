import {
  aboutText,
  type About,
  type Boxed,
  type KeyId,
  type Opened,
  padded,
} from '../../../shared/boxes/box.ts';
import { openBytes, sealBytes } from './node-box.ts';

/** One data key as it lies in memory. */
export interface DataKey {
  readonly id: KeyId;
  readonly bytes: Uint8Array;
}

/** The profile's data keys, opened: what is written now goes under `current`, what was written under any is read. */
export interface Vault {
  readonly current: KeyId;
  /** Every key that could be opened, the current one among them. */
  readonly keys: readonly DataKey[];
  /** Boxes a JSON text. */
  seal(json: string, about: About): Boxed;
  open(box: Boxed, about: About): Opened;
}

/** Opens nothing: for looking at what lies in the open beside the boxes. */
export const SHUT: Pick<Vault, 'open'> = { open: () => ({ kind: 'locked' }) };

/** Throws when `current` is not among the keys: that is a bug. */
export function createVault(current: KeyId, keys: readonly DataKey[]): Vault {
  const byId = new Map(keys.map(({ id, bytes }) => [id, bytes]));
  const now = byId.get(current);
  if (now === undefined) throw new Error('the current data key is not in the vault');
  return {
    current,
    keys,
    seal(json, about) {
      const box = sealBytes(now, padded(Buffer.from(json)), aboutText(current, about));
      return { key: current, box: box.toString('base64') };
    },
    open({ key, box }, about) {
      const bytes = byId.get(key);
      if (bytes === undefined) return { kind: 'locked' };
      const plain = openBytes(bytes, Buffer.from(box, 'base64'), aboutText(key, about));
      return plain === undefined ? { kind: 'broken' } : { kind: 'open', text: plain.toString() };
    },
  };
}
