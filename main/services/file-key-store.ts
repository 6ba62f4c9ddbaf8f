import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ok } from '../../shared/result.ts';
import { type Disk } from '../ports/disk.ts';
import { type KeyStore } from '../ports/key-store.ts';
import { refuse } from './faults.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM under a key in a 0600 file of the profile (`secret.key`). It keeps the data keys from other users of
 * this computer and out of a copied journal; it does not keep them from a program of the same user or from somebody
 * who has the whole disk, and says so.
 */
export async function fileKeyStore(profileFolder: string, disk: Disk): Promise<KeyStore> {
  const path = secretPath(profileFolder);
  let key = await disk.read(path);
  if (key?.length !== KEY_BYTES) {
    key = randomBytes(KEY_BYTES);
    await disk.replace(path, key);
  }
  return storeOf(key);
}

/** The file key store of a profile that has one, for what it protected before another store was chosen. */
export async function keptFileKeyStore(profileFolder: string, disk: Disk): Promise<KeyStore | undefined> {
  const key = await disk.read(secretPath(profileFolder));
  return key?.length === KEY_BYTES ? storeOf(key) : undefined;
}

/** Empties the file, once nothing is protected by it any more. */
export async function retireFileKeyStore(profileFolder: string, disk: Disk): Promise<void> {
  if ((await disk.size(secretPath(profileFolder))) === KEY_BYTES) {
    await disk.replace(secretPath(profileFolder), new Uint8Array());
  }
}

const secretPath = (profileFolder: string): string => join(profileFolder, 'secret.key');

function storeOf(secretKey: Uint8Array): KeyStore {
  return {
    kind: 'file',
    notices: [
      'What is kept on this PC is encrypted, but its key is in a file that only your user account can read, not in the operating system’s key store and not under a passphrase.',
    ],
    protect(secret) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', secretKey, iv);
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Promise.resolve(Buffer.concat([iv, cipher.getAuthTag(), sealed]));
    },
    reveal(bytes) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', secretKey, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const opened = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
        return Promise.resolve(ok(Buffer.concat([opened, decipher.final()])));
      } catch {
        // Any failure here means one thing: these bytes were not protected with this key.
        return Promise.resolve(
          refuse('keyStore.unreadable', '(whole)', 'was not protected on this computer'),
        );
      }
    },
  };
}
