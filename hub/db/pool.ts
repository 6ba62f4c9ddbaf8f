import pg from 'pg';
import { describeError } from '../log.ts';

export type Pool = pg.Pool;
export type Client = pg.PoolClient;

export interface PoolOptions {
  /** Connections at most. */
  readonly max: number;
  /** A statement that runs longer is stopped by the server (ms). */
  readonly statementTimeoutMs: number;
  readonly onError: (error: ReturnType<typeof describeError>) => void;
}

/** After a statement should have been stopped, the answer has this long to come back (ms). */
const ANSWER_GRACE_MS = 5_000;
const UNANSWERED = 'Query read timeout';

const INT8 = 20;

/** bigint columns hold sequence numbers, positions and times: all within what a double holds exactly. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8 && format !== 'binary') {
      return (value: string): number => {
        const read = Number(value);
        if (!Number.isSafeInteger(read))
          throw new RangeError('a number in the database is too large to be exact');
        return read;
      };
    }
    return pg.types.getTypeParser(oid, format) as unknown;
  },
};

/** Connections to PostgreSQL, embedded or the organisation's own: one driver, the same SQL. */
export function createPool(url: string, options: PoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    types,
    application_name: 'lantern-hub',
    connectionTimeoutMillis: 5_000,
    statement_timeout: options.statementTimeoutMs,
    // The server stops what is slow; this is for a server, or a line to it, that does not answer at all.
    query_timeout: options.statementTimeoutMs + ANSWER_GRACE_MS,
    keepAlive: true,
    idle_in_transaction_session_timeout: options.statementTimeoutMs,
  });
  // An idle connection that breaks is replaced at the next use; unheard, the event would end the process.
  pool.on('error', (error) => options.onError(describeError(error)));
  return pool;
}

/**
 * Runs `work` on a connection of its own on which nothing is stopped for taking long: a migration, a backup. Closed
 * afterwards, so that its locks, its settings and whatever was not committed end with it.
 */
export async function unhurried<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const own = new pg.Pool({
    ...pool.options,
    max: 1,
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
    query_timeout: 0,
  });
  // The pool hears what comes while the connection is being closed; unheard, that would end the process.
  own.on('error', () => undefined);
  try {
    const client = await own.connect();
    // A connection that breaks between two statements fails the next one, where it was sent.
    client.on('error', () => undefined);
    try {
      return await work(client);
    } finally {
      client.release(true);
    }
  } finally {
    await own.end();
  }
}

/** Serialisation failure and deadlock: the transaction did nothing and may simply be run again. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01');

/**
 * Runs `work` in one transaction and answers after COMMIT. Rolls back on a throw; runs again, at most three times,
 * when PostgreSQL ended it to break a deadlock.
 */
export async function inTransaction<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (!isRetryable(error) || attempt === 3) throw error;
    }
  }
}

/**
 * A synchronous standby did not get the transaction, although COMMIT said yes: somebody cancelled the wait for it. What
 * is stored on one server only has no receipt; sent again, its transaction writes and so waits for the standby anew.
 */
export class NotReplicated extends Error {
  readonly code = 'hub.notReplicated';
}

/** Runs `work` on one connection and throws NotReplicated if the server gave up waiting for its standby meanwhile. */
export async function replicated<T>(client: Client, work: () => Promise<T>): Promise<T> {
  let gaveUp = false;
  // The routine's name is the one part of the warning that no language setting changes.
  const onNotice = (notice: { routine?: string | undefined }): void => {
    if (notice.routine === 'SyncRepWaitForLSN') gaveUp = true;
  };
  client.on('notice', onNotice);
  try {
    const value = await work();
    if (gaveUp) throw new NotReplicated('the standby did not confirm');
    return value;
  } finally {
    client.off('notice', onNotice);
  }
}

/** One statement that is a transaction of its own; the same promise about COMMIT as inTransaction. */
export async function inOneStatement<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    return await replicated(client, () => work(client));
  } catch (error) {
    // Its answer may still come: the next to use this connection would take it for its own.
    if (error instanceof Error && isUnanswered(error)) broken = error;
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken ?? false);
  }
}

async function once<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks between two statements of ours says so here; the next statement then fails and is
  // dealt with where it was sent. Unheard, the event would end the process.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const value = await work(client);
    // PostgreSQL answers COMMIT of a failed transaction with "ROLLBACK" and no error.
    const { command } = await replicated(client, () => client.query('COMMIT'));
    if (command !== 'COMMIT') throw new Error('the transaction was not committed');
    return value;
  } catch (error) {
    if (error instanceof Error && isUnanswered(error)) {
      broken = error;
      throw error;
    }
    // Whatever broke the transaction is the error worth telling; if not even ROLLBACK works, drop the connection.
    await client.query('ROLLBACK').catch((failed: unknown) => {
      broken = failed instanceof Error ? failed : new Error('rollback failed');
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken ?? false);
  }
}

const isUnanswered = (error: Error): boolean => error.message === UNANSWERED;

/** PostgreSQL error classes that mean "not now": connection, shutdown, resources, timeouts. */
const AWAY_CODES = /^(08|53|57P0|57014|55P03|25P03)/;
const AWAY_SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);

/** True when the database could not be reached or did not answer in time: worth trying again later. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof NotReplicated || isUnanswered(error)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (AWAY_CODES.test(code) || AWAY_SYSTEM.has(code)) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  );
}
