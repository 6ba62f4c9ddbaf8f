import { type IntakeStore, type IntakeTransaction } from '../../../hub/intake/store.ts';
import { type Timers } from '../../../shared/time.ts';
import { createMemoryStore, type MemoryState, type MemoryStore } from '../../hub/support/memory-store.ts';
import { type Life, type Machine, never } from './life.ts';

/**
 * The hub's database: the hub tests' store in memory (held against PostgreSQL by `test/hub/intake-store.pg.test.ts`),
 * with a server that can die before a commit, or after it and before the answer, and clients that can die too.
 */
export interface SimulatedDatabase {
  /** A connection of one hub process. */
  as(client: Life): IntakeStore;
  committed(): MemoryState;
  /** The server dies; with `standby` another one takes over at once. */
  die(standby: boolean): void;
  start(): void;
  /** Copies everything; the answer puts it back. */
  backUp(): () => void;
}

/** What a planted bug changes of the server's promises. */
export interface DatabaseHabits {
  /** Commits that a standby has not got when it takes over: 0 with a synchronous one. */
  readonly standbyLag?: number;
  /** COMMIT is answered so long before it is on the disk (ms): `synchronous_commit = off`. */
  readonly flushLagMs?: number;
}

const LOST = 'Connection terminated unexpectedly';
/** Whether this is what a client hears when its server has gone. */
export const isConnectionLost = (error: unknown): boolean => error instanceof Error && error.message === LOST;

export function simulatedDatabase(
  machine: Machine,
  timers: Timers,
  habits: DatabaseHabits = {},
): SimulatedDatabase {
  let server = machine.newLife();
  /** Whose transaction is under way. They run one after the other. */
  let present: { readonly client: Life; readonly server: Life } | undefined;
  let chain: Promise<unknown> = Promise.resolve();
  let store = storeFrom(undefined);
  let onDisk: MemoryState = store.state;
  let history: MemoryState[] = [];

  /** A moment between two statements, at which either end may be gone: then nothing more is heard of it. */
  function pass(): void {
    if (present === undefined) return;
    if (!present.client.cross() || !present.server.cross()) throw new Error(LOST);
  }

  function storeFrom(from: MemoryState | undefined): MemoryStore {
    return createMemoryStore({
      ...(from === undefined ? {} : { from }),
      beforeCommit() {
        history = [...history.slice(-2), store.state];
        pass();
      },
      afterCommit() {
        const { state } = store;
        if (habits.flushLagMs === undefined) onDisk = state;
        else timers.after(habits.flushLagMs, () => (onDisk = state));
        pass();
      },
    });
  }

  function oneAtATime<T>(client: Life, work: (server: Life) => Promise<T>): Promise<T> {
    const run = chain.then(async () => {
      present = { client, server };
      try {
        pass();
        return await work(server);
      } finally {
        present = undefined;
      }
    });
    chain = run.catch(() => undefined);
    // A client that has died hears nothing, not even that its transaction failed.
    return run.then(
      (value) => (client.alive() ? value : never<T>()),
      (error: unknown) => (client.alive() ? Promise.reject(error as Error) : never<T>()),
    );
  }

  return {
    as: (client) => ({
      transaction: (work) => oneAtATime(client, () => store.transaction((tx) => work(crossing(tx, pass)))),
      append: (write, at) => oneAtATime(client, () => store.append(write, at)),
    }),
    committed: () => store.state,
    die(standby) {
      server.end();
      store = storeFrom(standby && habits.standbyLag !== undefined ? history.at(-habits.standbyLag) : onDisk);
      onDisk = store.state;
      if (standby) server = machine.newLife();
    },
    start() {
      if (!server.alive()) server = machine.newLife();
    },
    backUp() {
      const copy = store.state;
      return () => {
        store = storeFrom(copy);
        onDisk = copy;
      };
    },
  };
}

/** Every statement is a moment at which a process may die. */
function crossing(tx: IntakeTransaction, pass: () => void): IntakeTransaction {
  const after = async <T>(statement: Promise<T>): Promise<T> => {
    const value = await statement;
    pass();
    return value;
  };
  return {
    lockStream: (...asked) => after(tx.lockStream(...asked)),
    readHeld: (...asked) => after(tx.readHeld(...asked)),
    write: (write) => after(tx.write(write)),
    readSaid: (...asked) => after(tx.readSaid(...asked)),
  };
}
