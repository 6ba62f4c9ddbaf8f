import { createHash, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { ok } from '../../../shared/result.ts';
import { type KeyStore } from '../../ports/key-store.ts';
import { refuse } from '../faults.ts';
import { openBytes, sealBytes } from './node-box.ts';

/**
 * AES-256-GCM under a key made from a passphrase by scrypt. What it protects carries the salt and the cost it was
 * made with in front, so that the cost can be raised later: version, log2(N), r, p, 16 bytes of salt, box.
 * The cost is OWASP's for scrypt (N = 2^17, r = 8, p = 1: 128 MiB, a fraction of a second).
 */
export function passphraseKeyStore(passphrase: string, cost: Cost = COST): KeyStore {
  const normal = passphrase.normalize('NFKC');
  const made = new Map<string, Promise<Uint8Array>>();
  const keyFor = (head: Buffer): Promise<Uint8Array> => {
    const name = createHash('sha256').update(head).digest('hex');
    const key = made.get(name) ?? derive(normal, head);
    made.set(name, key);
    return key;
  };
  const own = Buffer.from([VERSION, cost.logN, cost.r, cost.p, ...randomBytes(SALT_BYTES)]);

  return {
    kind: 'passphrase',
    notices: [],
    async protect(secret) {
      return Buffer.concat([own, sealBytes(await keyFor(own), secret, ABOUT)]);
    },
    async reveal(bytes) {
      const head = Buffer.from(bytes.subarray(0, HEAD_BYTES));
      const known = costs.has(`${head[1]}.${head[2]}.${head[3]}`);
      if (head.length < HEAD_BYTES || head[0] !== VERSION || !known) {
        return refuse('keyStore.unreadable', '(whole)', 'was not protected by a passphrase');
      }
      const secret = openBytes(await keyFor(head), bytes.subarray(HEAD_BYTES), ABOUT);
      if (secret !== undefined) return ok(secret);
      return refuse('keyStore.wrongPassphrase', 'passphrase', 'is not the passphrase of this profile');
    },
  };
}

export interface Cost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}
const COST: Cost = { logN: 17, r: 8, p: 1 };
/** Costs that may be asked of this computer by a file: one with a huge cost would hang the start. */
const costs: ReadonlySet<string> = new Set(['17.8.1', '10.8.1']);

const VERSION = 1;
const SALT_BYTES = 16;
const HEAD_BYTES = 4 + SALT_BYTES;
const ABOUT = '["lantern",1,"passphrase"]';
const MAX_MEMORY = 256 * 1024 * 1024;

const deriveKey = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

function derive(passphrase: string, head: Buffer): Promise<Uint8Array> {
  const [, logN = 0, r = 0, p = 0] = head;
  return deriveKey(passphrase, head.subarray(4), 32, { N: 2 ** logN, r, p, maxmem: MAX_MEMORY });
}
