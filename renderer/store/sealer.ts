import { type Output } from '../../shared/bridge/contract.ts';
import {
  aboutText,
  type About,
  type BoxKey,
  type ImportKey,
  type KeyId,
  type Opened,
  padded,
} from '../../shared/boxes/box.ts';

/** A box as a row keeps it. */
export interface RowBox {
  readonly key: KeyId;
  readonly box: Uint8Array<ArrayBuffer>;
}

/**
 * Opens and closes the boxes of this window's database. Never wait for it inside a transaction: IndexedDB commits a
 * transaction in which nothing was asked for a turn.
 */
export interface Sealer {
  seal(json: string, about: About): Promise<RowBox>;
  open(box: RowBox, about: About): Promise<Opened>;
}

/** Takes over the keys that the main process gave; their raw bytes are not kept. */
export async function createSealer(
  { current, keys }: Output<'keys.open'>,
  importKey: ImportKey,
): Promise<Sealer> {
  const held = new Map<KeyId, BoxKey>();
  for (const { id, key } of keys) held.set(id, await importKey(bytesOf(key)));
  const now = held.get(current);
  if (now === undefined) throw new Error('the current data key did not come with the others');
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return {
    async seal(json, about) {
      return { key: current, box: await now.seal(padded(encoder.encode(json)), aboutText(current, about)) };
    },
    async open({ key, box }, about) {
      const plain = await held.get(key)?.open(box, aboutText(key, about));
      if (plain !== undefined) return { kind: 'open', text: decoder.decode(plain) };
      return { kind: held.has(key) ? 'broken' : 'locked' };
    },
  };
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
