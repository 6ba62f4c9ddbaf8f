import { type IndexedDb } from '../../../renderer/store/database.ts';

/** What happens to the databases of one process: watched, made to fail, or ended in mid-transaction. */
export interface ProcessDatabases {
  readonly indexedDb: IndexedDb;
  /** Options of every transaction that could write. */
  readonly writes: { readonly stores: readonly string[]; readonly durability: string | undefined }[];
  /** Transactions and openings under way. */
  busy(): number;
  /** The process is gone: what is not committed is undone, and nothing can be asked any more. */
  die(): void;
  /** Set: the next transactions that write abort with this error, as a full disk makes them. */
  failWrites: DOMException | undefined;
}

/** The given databases as one process sees them. */
export function processDatabases(storage: IDBFactory, keyRange: typeof IDBKeyRange): ProcessDatabases {
  const active = new Set<IDBTransaction>();
  let opening = 0;
  let dead = false;

  function watch(database: IDBDatabase): void {
    const begin = database.transaction.bind(database);
    database.transaction = (names, mode, options) => {
      if (dead) throw new DOMException('the process is gone', 'UnknownError');
      const transaction = begin(names, mode, options);
      active.add(transaction);
      const stores = typeof names === 'string' ? [names] : [...names];
      const writes = mode === 'readwrite';
      transaction.addEventListener('abort', () => active.delete(transaction));
      transaction.addEventListener('complete', () => active.delete(transaction));
      if (writes) {
        made.writes.push({ stores, durability: options?.durability });
        failing(transaction);
      }
      return transaction;
    };
  }

  /** Makes each put and add of the transaction fail with the ordered error, and so abort it. */
  function failing(transaction: IDBTransaction): void {
    const objectStore = transaction.objectStore.bind(transaction);
    transaction.objectStore = (name) => {
      const store = objectStore(name);
      const refuse = (method: 'put' | 'add'): void => {
        const real = store[method].bind(store);
        store[method] = (value: unknown, key?: IDBValidKey) => {
          if (made.failWrites !== undefined) throw made.failWrites;
          return key === undefined ? real(value) : real(value, key);
        };
      };
      refuse('put');
      refuse('add');
      return store;
    };
  }

  const open: IDBFactory['open'] = (name, version) => {
    if (dead) throw new DOMException('the process is gone', 'UnknownError');
    const request = storage.open(name, version);
    opening += 1;
    request.addEventListener('success', () => {
      opening -= 1;
      watch(request.result);
    });
    request.addEventListener('error', () => (opening -= 1));
    return request;
  };
  const factory = new Proxy(storage, {
    get: (target, key) => {
      if (key === 'open') return open;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });

  const made: ProcessDatabases = {
    indexedDb: { factory, keyRange },
    writes: [],
    busy: () => active.size + opening,
    die() {
      dead = true;
      for (const transaction of active) abort(transaction);
      active.clear();
    },
    failWrites: undefined,
  };
  return made;
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    // It was being undone already.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
  }
}
