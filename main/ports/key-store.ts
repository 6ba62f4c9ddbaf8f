import { type Fault } from '../../shared/bridge/frames.ts';
import { type Result } from '../../shared/result.ts';

/** Keeps small secrets (the desk's private key). What it cannot promise it says in `notices`. */
export interface KeyStore {
  /** `os`: the operating system's own key store. `file`: a file only this user may read. */
  readonly kind: 'os' | 'file';
  /** Sentences for the screen about what this key store lacks. */
  readonly notices: readonly string[];
  protect(secret: Uint8Array): Promise<Uint8Array>;
  /** Fault `keyStore.unreadable` when these bytes were not protected here, or the store was reset. */
  reveal(protectedBytes: Uint8Array): Promise<Result<Uint8Array, Fault>>;
}
