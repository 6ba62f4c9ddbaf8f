import { type ImportKey, NONCE_BYTES } from '../../shared/boxes/box.ts';

const NAME = 'AES-GCM';

/** AES-256-GCM by WebCrypto. The key is not extractable: nothing in this window can read it out again. */
export const webImportKey: ImportKey = async (raw) => {
  const key = await crypto.subtle.importKey('raw', raw, NAME, false, ['encrypt', 'decrypt']);
  const encoder = new TextEncoder();
  return {
    async seal(plain, about) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const additionalData = encoder.encode(about);
      const closed = await crypto.subtle.encrypt({ name: NAME, iv, additionalData }, key, plain);
      const box = new Uint8Array(NONCE_BYTES + closed.byteLength);
      box.set(iv);
      box.set(new Uint8Array(closed), NONCE_BYTES);
      return box;
    },
    async open(box, about) {
      const algorithm = {
        name: NAME,
        iv: box.subarray(0, NONCE_BYTES),
        additionalData: encoder.encode(about),
      };
      try {
        return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, box.subarray(NONCE_BYTES)));
      } catch {
        // The tag does not hold, or there is none: another key, another place, or changed bytes.
        return undefined;
      }
    },
  };
};
