import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { type IndexedDb } from '../../../renderer/store/database.ts';
import { type Life } from './life.ts';

/** Rows of one table by their key as JSON. */
export type Rows = ReadonlyMap<string, unknown>;

/** A profile's databases as its disk holds them: they outlive every process. */
export interface BrowserStorage {
  readonly factory: IDBFactory;
  /** The rows of a table that are on the platter. Nothing of a transaction under way is in it. */
  rows(table: string): Rows;
  /** A window's view. */
  as(life: Life): WindowDatabases;
  /** The next transactions that write fail: as they ask (`full`), or when they are committed (`commit`). */
  fails: 'full' | 'commit' | undefined;
  losePower(): void;
  wipe(): void;
}

export interface WindowDatabases {
  readonly indexedDb: IndexedDb;
  /** Transactions and openings under way. */
  busy(): number;
  /** The process has gone: what is not committed is undone. */
  die(): void;
}

/** What a planted bug changes of how a database is used. */
export interface StorageHabits {
  /** Asked for by every transaction instead of what the product asks for. */
  readonly durability?: IDBTransactionDurability;
  /** Says "complete" although the commit failed: what listening to `onsuccess` alone amounts to. */
  readonly believesSuccess?: boolean;
  /** Goes on as if a put had succeeded when there was no room for it. */
  readonly swallowsQuota?: boolean;
}

/** The parts of fake-indexeddb that it does not show: what is stored, and how a transaction is undone. */
type RawDatabases = ReadonlyMap<
  string,
  { readonly rawObjectStores: ReadonlyMap<string, { readonly records: { values(): Iterable<RawRecord> } }> }
>;
interface RawRecord {
  readonly key: unknown;
  readonly value: unknown;
}
const rawDatabases = (factory: IDBFactory): RawDatabases =>
  Reflect.get(factory, '_databases') as RawDatabases;
const undoing = (transaction: IDBTransaction): readonly (() => void)[] =>
  Reflect.get(transaction, '_rollbackLog') as (() => void)[];

export function browserStorage(habits: StorageHabits = {}): BrowserStorage {
  let factory: IDBFactory = new FakeFactory();
  const platter = new Map<string, Map<string, unknown>>();
  /** Undoes what is committed and not flushed (relaxed durability), oldest first. */
  let unflushed: (() => void)[] = [];

  function copyTable(table: string): void {
    const rows = new Map<string, unknown>();
    for (const database of rawDatabases(factory).values()) {
      for (const { key, value } of database.rawObjectStores.get(table)?.records.values() ?? [])
        rows.set(JSON.stringify(key), value);
    }
    platter.set(table, rows);
  }

  function undo(steps: readonly (() => void)[]): void {
    for (const step of steps.toReversed()) step();
  }

  const storage: BrowserStorage = {
    get factory() {
      return factory;
    },
    fails: undefined,
    rows: (table) => platter.get(table) ?? new Map(),
    losePower() {
      undo(unflushed);
      unflushed = [];
    },
    wipe() {
      factory = new FakeFactory();
      unflushed = [];
      platter.clear();
    },
    as: (life) => windowDatabases(factory, life),
  };
  const waitingTables = new Set<string>();

  /** The transaction is done as far as the browser can tell. Strict: it is flushed, with all that came before. */
  function committed(transaction: IDBTransaction, tables: readonly string[], strict: boolean): void {
    for (const table of tables) waitingTables.add(table);
    if (!strict) {
      unflushed.push(...undoing(transaction));
      return;
    }
    unflushed = [];
    for (const table of waitingTables) copyTable(table);
    waitingTables.clear();
  }

  /** The disk refuses the commit: everything is as before, and the page hears "abort". */
  function refuseCommit(transaction: IDBTransaction, event: Event): void {
    undo(undoing(transaction));
    if (habits.believesSuccess === true) return;
    // The next transaction in line still has to hear that this one is over.
    transaction.oncomplete = null;
    Reflect.set(transaction, 'error', new DOMException('the commit failed', 'QuotaExceededError'));
    transaction.onabort?.(event);
  }

  function windowDatabases(mine: IDBFactory, life: Life): WindowDatabases {
    const active = new Set<IDBTransaction>();
    let opening = 0;

    function watch(database: IDBDatabase): void {
      const begin = database.transaction.bind(database);
      database.transaction = (names, mode, options) => {
        if (!life.cross()) throw new DOMException('the process is gone', 'UnknownError');
        const durability = habits.durability ?? options?.durability;
        const transaction = begin(names, mode, { ...options, ...(durability && { durability }) });
        active.add(transaction);
        const tables = typeof names === 'string' ? [names] : [...names];
        transaction.addEventListener('abort', () => active.delete(transaction));
        transaction.addEventListener('complete', (event) => {
          active.delete(transaction);
          if (mode === 'readwrite' && storage.fails === 'commit') refuseCommit(transaction, event);
          else if (mode === 'readwrite' && mine === factory)
            committed(transaction, tables, durability === 'strict');
          life.cross();
        });
        if (mode === 'readwrite') failing(transaction);
        return transaction;
      };
    }

    /** Makes each put and add fail while the disk has no room for the database. */
    function failing(transaction: IDBTransaction): void {
      const objectStore = transaction.objectStore.bind(transaction);
      const seen = new WeakSet<IDBObjectStore>();
      transaction.objectStore = (name) => {
        const store = objectStore(name);
        if (seen.has(store)) return store;
        seen.add(store);
        for (const method of ['put', 'add'] as const) {
          const real = store[method].bind(store);
          store[method] = (value: unknown, key?: IDBValidKey) => {
            if (storage.fails === 'full' && habits.swallowsQuota === true) return store.count() as never;
            if (storage.fails === 'full') throw new DOMException('full', 'QuotaExceededError');
            return key === undefined ? real(value) : real(value, key);
          };
        }
        return store;
      };
    }

    const open: IDBFactory['open'] = (name, version) => {
      if (!life.cross()) throw new DOMException('the process is gone', 'UnknownError');
      const request = mine.open(name, version);
      opening += 1;
      request.addEventListener('success', () => {
        opening -= 1;
        watch(request.result);
      });
      request.addEventListener('error', () => (opening -= 1));
      return request;
    };
    const seenFactory = new Proxy(mine, {
      get: (target, key) => {
        if (key === 'open') return open;
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      },
    });
    return {
      indexedDb: { factory: seenFactory, keyRange: FakeKeyRange },
      busy: () => active.size + opening,
      die() {
        for (const transaction of active) abort(transaction);
        active.clear();
      },
    };
  }
  return storage;
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    // It was being undone already.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
  }
}
