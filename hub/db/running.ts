import { realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type Cluster, dataIn, readPassword, readPostmaster, stopServer, SUPERUSER } from './cluster.ts';
import { hubPidOf, isAlive } from './postmaster-pid.ts';

export const DATABASE = 'lantern';
/** Application name of the connection a hub holds for as long as it uses its embedded server. */
export const OWNER = 'lantern-hub-owner';

export const urlOf = (password: string, port: number, database: string): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;

export async function passwordOf(folder: string): Promise<string> {
  const password = await readPassword(folder);
  if (password === undefined) throw new Error('the database folder has lost its password file');
  return password;
}

/** Address of the server a living hub runs on this folder, if there is one: for commands beside the hub. */
export async function findRunning(folder: string): Promise<string | undefined> {
  const running = await whoRuns(folder);
  if (running === undefined || running === 'noAnswer') return undefined;
  return urlOf(await passwordOf(folder), running.port, DATABASE);
}

/** What a server that runs on our folder says about who started it. */
export interface Running {
  readonly port: number;
  readonly hubPid: number | undefined;
  /** Whether a hub holds its connection. */
  readonly owned: boolean;
}

/** A hub takes hold of its server right after a start or a crash; one seen unheld for longer was left behind (ms). */
const HOLD_WITHIN_MS = 5_000;

/**
 * Whether the server was left behind by a hub that is gone. The process id alone cannot say: it may have been given
 * to somebody else, or be a dead process nobody has waited for. Nor can one look: a server that has just started
 * again after a crash of a part of it has lost its hub's connection for a moment. Pure.
 */
export function isOrphan(unheldForMs: number, hubAlive: boolean): boolean {
  return !hubAlive || unheldForMs > HOLD_WITHIN_MS;
}

/** The server that runs on this folder and takes our password; 'noAnswer' if a process is there but does not. */
async function whoRuns(folder: string): Promise<Running | 'noAnswer' | undefined> {
  const postmaster = await readPostmaster(folder);
  if (postmaster === undefined || !isAlive(postmaster.pid)) return undefined;
  const client = new pg.Client({
    connectionString: urlOf(await passwordOf(folder), postmaster.port, 'postgres'),
    connectionTimeoutMillis: 3_000,
  });
  // Said again by the query that fails; unheard, the event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data: string; name: string; owned: boolean }>(
      `SELECT current_setting('data_directory') AS data, current_setting('cluster_name') AS name,
              EXISTS (SELECT FROM pg_stat_activity WHERE application_name = $1) AS owned`,
      [OWNER],
    );
    const row = rows[0];
    if (row === undefined || (await realpath(row.data)) !== (await realpath(dataIn(folder))))
      return undefined;
    return { port: postmaster.port, hubPid: hubPidOf(row.name), owned: row.owned };
  } catch {
    // Starting, stopping, or not a server of ours at all: the caller asks again, then lets PostgreSQL decide.
    return 'noAnswer';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Stops a server whose hub is gone. A process that never answers is left to PostgreSQL's own check at start. */
export async function freeFromOrphan(cluster: Cluster): Promise<Result<void, Problem>> {
  let heldAt = Date.now();
  for (const until = Date.now() + 10_000; ;) {
    const running = await whoRuns(cluster.folder);
    if (running === undefined) return ok(undefined);
    if (running === 'noAnswer' || running.owned) heldAt = Date.now();
    if (running !== 'noAnswer') {
      const { hubPid } = running;
      if (isOrphan(Date.now() - heldAt, hubPid !== undefined && isAlive(hubPid))) {
        await stopServer(cluster);
        return ok(undefined);
      }
      if (running.owned) {
        const message = `${cluster.folder} is in use by another hub (process ${hubPid}): stop it first`;
        return err({ code: 'database.inUse', field: 'LANTERN_HUB_DATA', message });
      }
    }
    if (Date.now() > until) return ok(undefined);
    await sleep(100);
  }
}
