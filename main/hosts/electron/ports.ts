import type { SafeStorage } from 'electron';
import Store from 'electron-store';
import { ok } from '../../../shared/result.ts';
import { type Disk } from '../../ports/disk.ts';
import { type KeyStore } from '../../ports/key-store.ts';
import { causeOf, type Log } from '../../ports/log.ts';
import { type OpenSettingsStore } from '../../ports/settings-store.ts';
import { refuse } from '../../services/faults.ts';
import { fileKeyStore } from '../../services/file-key-store.ts';

/**
 * The operating system's key store where there is one. On a Linux without a keyring Electron would "encrypt" with
 * a password everybody knows (`basic_text`): then the honest file store is used, and the screen says so.
 */
export async function safeKeyStore(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
  log: Log,
  profileFolder: string,
  disk: Disk,
): Promise<KeyStore> {
  const isPretence = platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (isPretence || !(await safeStorage.isAsyncEncryptionAvailable())) {
    log.warn({ code: 'keyStore.missing', message: 'this system has no key store; keys are kept in a file' });
    return fileKeyStore(profileFolder, disk);
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
