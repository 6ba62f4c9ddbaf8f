import { Dexie, type Table } from 'dexie';
import {
  type CallRow,
  type EventRow,
  type KeptRow,
  type LeaseRow,
  type PurgedRow,
  type ReceiptRow,
  type StoredStream,
} from './rows.ts';
import { version1 } from './versions/0001-events.ts';
import { version2 } from './versions/0002-boxes.ts';
import { version3 } from './versions/0003-other-desks.ts';
import { version4 } from './versions/0004-purged.ts';

/** IndexedDB as the window has it, or a stand-in that keeps its rules. */
export interface IndexedDb {
  readonly factory: IDBFactory;
  readonly keyRange: typeof IDBKeyRange;
}

/** Every version there has been, oldest first. A new one is a new file, and never a change of an old one. */
const VERSIONS = [version1, version2, version3, version4] as const;

/**
 * The window's database. Every transaction asks for strict durability: Chromium's default is "relaxed", which
 * reports completion before the disk has anything (stack.md 3: 1,477 of 1,477 acknowledged notes lost).
 */
export class LanternDatabase extends Dexie {
  declare readonly events: Table<unknown, [string, number], EventRow>;
  declare readonly streams: Table<unknown, string, StoredStream>;
  declare readonly receipts: Table<unknown, number, ReceiptRow>;
  declare readonly calls: Table<unknown, string, CallRow>;
  declare readonly damaged: Table<unknown, number, KeptRow>;
  declare readonly forks: Table<unknown, number, KeptRow>;
  declare readonly foreign: Table<unknown, [string, number], EventRow>;
  declare readonly leases: Table<unknown, string, LeaseRow>;
  declare readonly purged: Table<unknown, string, PurgedRow>;
  declare readonly meta: Table<unknown, string, { readonly name: string }>;
  /** Version 1's table of forks: emptied, and used no more. */
  declare readonly aside: Table<unknown, [string, number, string], never>;

  /** `wiped`: the browser found its own files damaged and begins with an empty database. */
  constructor(name: string, { factory, keyRange }: IndexedDb, wiped: () => void = () => undefined) {
    super(name, {
      indexedDB: listening(factory, wiped),
      IDBKeyRange: keyRange,
      chromeTransactionDurability: 'strict',
      // Opened by `openStore`, which says what went wrong.
      autoOpen: false,
    });
    for (const { number, stores } of VERSIONS) this.version(number).stores(stores);
  }

  /** The open database has a form that this build does not know. Dexie keeps ten times its version's number. */
  isNewer(): boolean {
    return this.backendDB().version > 10 * Math.max(...VERSIONS.map(({ number }) => number));
  }
}

/**
 * Chromium throws away a database that it cannot read and says so only here, in a property of its own: `dataLoss` of the
 * event with which the empty one is made.
 */
function listening(factory: IDBFactory, wiped: () => void): IDBFactory {
  const open: IDBFactory['open'] = (name, version) => {
    const request = factory.open(name, version);
    request.addEventListener('upgradeneeded', (event) => {
      if ('dataLoss' in event && event.dataLoss === 'total') wiped();
    });
    return request;
  };
  return new Proxy(factory, {
    get(target, key) {
      if (key === 'open') return open;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** One profile, one database. */
export const databaseName = (profile: string): string => `lantern-${profile}`;
