import { z } from 'zod';
import { type Fault } from '../../shared/bridge/frames.ts';
import { type Result } from '../../shared/result.ts';

/**
 * `os`: the operating system's own key store. `passphrase`: a key made from a passphrase that is not kept here.
 * `file`: a file only this user may read.
 */
export const keyStoreKind = z.enum(['os', 'passphrase', 'file']);
export type KeyStoreKind = z.infer<typeof keyStoreKind>;

/** Protects small secrets (the profile's data keys). What it cannot promise it says in `notices`. */
export interface KeyStore {
  readonly kind: KeyStoreKind;
  /** Sentences for the screen about what this key store lacks. */
  readonly notices: readonly string[];
  protect(secret: Uint8Array): Promise<Uint8Array>;
  /**
   * Faults: `keyStore.unreadable` when these bytes were not protected here, or the store was reset;
   * `keyStore.wrongPassphrase` when another passphrase protected them.
   */
  reveal(protectedBytes: Uint8Array): Promise<Result<Uint8Array, Fault>>;
}

/** The organisation's public recovery key: every data key is wrapped to it, and only IT has the private half. */
export interface RecoveryKey {
  /** The JWK thumbprint (RFC 7638). */
  readonly id: string;
  /** A compact JWE: ECDH-ES+A256KW, A256GCM. */
  wrap(secret: Uint8Array): Promise<string>;
}
