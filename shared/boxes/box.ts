import { z } from 'zod';
import { uuid } from '../ids.ts';

/**
 * How records rest: AES-256-GCM under the profile's data key. What a box binds besides its text (its "about") is
 * where it belongs, so that a box cannot be moved to another place, and what it is, so that a draft is no event.
 * `box` is the nonce (12 bytes), the ciphertext and the tag (16 bytes), in this order.
 */

/** Names a data key. Not secret. */
export const keyId = uuid.brand('KeyId');
export type KeyId = z.infer<typeof keyId>;

/** Bytes of a data key, of a nonce and of a tag (NIST SP 800-38D: random nonces for fewer than 2^32 boxes a key). */
export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** A box as a line of a file keeps it. */
export const boxed = z.strictObject({ key: keyId, box: z.base64() });
export type Boxed = z.infer<typeof boxed>;

/** What a box is and where it belongs. */
export type About =
  | readonly ['event', stream: string, seq: number]
  | readonly ['fork', stream: string, seq: number]
  | readonly ['damaged', stream: string, seq: number]
  | readonly ['head', stream: string, seq: number]
  | readonly ['receipt', n: number]
  | readonly ['purged', stream: string]
  | readonly ['draft']
  | readonly ['damaged file', name: string]
  | readonly ['identity', desk: string]
  | readonly ['attempt', id: string]
  | readonly ['people', desk: string];

/** The additional authenticated data of a box: JSON, so that no two places have the same text. */
export const aboutText = (key: KeyId, about: About): string => JSON.stringify(['lantern', 1, key, ...about]);

/** What came of opening a box. `locked`: its key is not held here. `broken`: changed, moved, or not a box. */
export type Opened =
  | { readonly kind: 'open'; readonly text: string }
  | { readonly kind: 'locked' }
  | { readonly kind: 'broken' };

const STEP = 256;
const SPACE = 0x20;

/**
 * JSON's bytes filled up with spaces to a multiple of 256, so that a box's length does not tell a yes from a
 * "could not ask". JSON may end in spaces, so nothing has to be taken off again.
 */
export function padded(json: Uint8Array): Uint8Array<ArrayBuffer> {
  const filled = new Uint8Array(Math.ceil(json.length / STEP) * STEP).fill(SPACE);
  filled.set(json);
  return filled;
}

/** One data key, ready for use. A port: the window brings WebCrypto, where the key cannot be read out again. */
export interface BoxKey {
  seal(plain: Uint8Array<ArrayBuffer>, about: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Undefined when it was not sealed under this key and about this. */
  open(box: Uint8Array<ArrayBuffer>, about: string): Promise<Uint8Array | undefined>;
}
export type ImportKey = (raw: Uint8Array<ArrayBuffer>) => Promise<BoxKey>;
