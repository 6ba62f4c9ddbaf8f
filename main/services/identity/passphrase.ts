import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** How a passphrase is kept: never itself. scrypt, 64 MB and a tenth of a second or so for each guess. */
export const verifier = z.strictObject({ v: z.literal(1), salt: z.base64(), hash: z.base64() });
export type Verifier = z.infer<typeof verifier>;

const COST = { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const BYTES = 32;

export async function makeVerifier(passphrase: string): Promise<Verifier> {
  const salt = randomBytes(16);
  const hash = await derive(passphrase, salt);
  return { v: 1, salt: salt.toString('base64'), hash: hash.toString('base64') };
}

export async function verifies(kept: Verifier, passphrase: string): Promise<boolean> {
  const hash = Buffer.from(kept.hash, 'base64');
  const given = await derive(passphrase, Buffer.from(kept.salt, 'base64'));
  return hash.length === given.length && timingSafeEqual(hash, given);
}

const derive = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, BYTES, COST, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
