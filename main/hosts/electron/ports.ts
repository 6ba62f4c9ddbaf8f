import type { SafeStorage } from 'electron';
import Store from 'electron-store';
import { ok } from '../../../shared/result.ts';
import { type Disk } from '../../ports/disk.ts';
import { type KeyStore } from '../../ports/key-store.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { type OpenSettingsStore } from '../../ports/settings-store.ts';
import { refuse } from '../../services/faults.ts';
import { fileKeyStore } from '../../services/file-key-store.ts';
import { passphraseKeyStore } from '../../services/vault/passphrase-key-store.ts';

/**
 * The operating system's key store where there is one. On a Linux without a keyring Electron would "encrypt" with
 * a password everybody knows (`basic_text`). That is refused: the passphrase is used when one is configured, otherwise
 * the honest file store, and the screen says so. The password-free fallback is never taken in silence.
 */
export async function safeKeyStore(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
  log: Log,
  profileFolder: string,
  disk: Disk,
  passphrase?: string,
): Promise<KeyStore> {
  const isPretence = platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (isPretence || !(await safeStorage.isAsyncEncryptionAvailable())) {
    const instead = passphrase === undefined ? 'in a file' : 'under the passphrase';
    log.warn({ code: 'keyStore.missing', message: `this system has no key store; keys are kept ${instead}` });
    return passphrase === undefined ? fileKeyStore(profileFolder, disk) : passphraseKeyStore(passphrase);
  }
  return {
    kind: 'os',
    notices: [],
    protect: (secret) => safeStorage.encryptStringAsync(Buffer.from(secret).toString('base64')),
    async reveal(bytes) {
      try {
        const { result } = await safeStorage.decryptStringAsync(Buffer.from(bytes));
        return ok(Buffer.from(result, 'base64'));
      } catch (error) {
        log.error({
          code: 'keyStore.unreadable',
          message: 'the key store refused a key',
          cause: causeOf(error),
        });
        return refuse('keyStore.unreadable', '(whole)', 'the operating system’s key store refused');
      }
    },
  };
}

/** `electron-store` on `<folder>/config.json`: the file shape of `conf`, which it is built on. */
export const openElectronStore: OpenSettingsStore = (folder) => {
  const store = new Store({ cwd: folder, name: 'config', clearInvalidConfig: false, configFileMode: 0o600 });
  return {
    read: () => store.store,
    write: (values) => {
      store.store = { ...values };
    },
  };
};
