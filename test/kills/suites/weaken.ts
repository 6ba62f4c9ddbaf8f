import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

/** Controls for power cuts: each takes the durability out of one copy, as a careless program would. */

/** In the page: every transaction asks for relaxed durability, which is the browser's own default. */
export function weakWindow(): void {
  // Called with its own `this` below.
  // oxlint-disable-next-line typescript/unbound-method
  const original = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode) {
    return original.call(this, stores, mode, { durability: 'relaxed' });
  };
}

/** In the desk's host: fsync says yes and does nothing. */
export const weakDesk: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'without-fsync.ts')).href}`,
};

/** In the hub's database: COMMIT answers before its log is on the disk. */
export const weakDatabase = 'ALTER DATABASE lantern SET synchronous_commit = off';
