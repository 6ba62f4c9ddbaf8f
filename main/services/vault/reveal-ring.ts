import { type KeyStore } from '../../ports/key-store.ts';
import { type WhyLost } from './lost-notice.ts';
import { type RingFile, type RingKey } from './ring-file.ts';
import { type DataKey } from './vault.ts';

/** A data key that could be opened, and how the ring keeps it. */
export interface OpenKey {
  readonly key: DataKey;
  readonly kept: RingKey;
}

export interface Revealed {
  readonly open: readonly OpenKey[];
  readonly lost: readonly RingKey[];
  /** Why the last of the lost ones could not be opened. */
  readonly why: WhyLost;
}

export const NOTHING: Revealed = { open: [], lost: [], why: 'damaged' };

/** Opens what these key stores can open. A key store that is broken counts as one that refuses. */
export async function revealRing({ keys }: RingFile, stores: readonly KeyStore[]): Promise<Revealed> {
  const open: OpenKey[] = [];
  const lost: RingKey[] = [];
  let why: WhyLost = 'keyStore';
  for (const kept of keys) {
    const store = stores.find(({ kind }) => kind === kept.wrap.by);
    const revealed = await store?.reveal(Buffer.from(kept.wrap.bytes, 'base64'));
    if (revealed?.ok === true) {
      open.push({ key: { id: kept.id, bytes: revealed.value }, kept });
      continue;
    }
    lost.push(kept);
    if (revealed?.error.code === 'keyStore.wrongPassphrase') why = 'wrongPassphrase';
    else why = store === undefined && kept.wrap.by === 'passphrase' ? 'noPassphrase' : 'keyStore';
  }
  return { open, lost, why };
}
