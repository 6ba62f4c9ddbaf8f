import { type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { findBinaries } from './binaries.ts';
import { type Cluster, initialise, lastWords, launch, stopServer } from './cluster.ts';
import { DATABASE, freeFromOrphan, OWNER, passwordOf, urlOf } from './running.ts';
import { closedFolder, serverUser } from './server-user.ts';
import { freePort } from './free-port.ts';

/** A private PostgreSQL on this machine, started and stopped by the hub. */
export interface EmbeddedServer {
  /** Address of the hub's database, with its password: never to be logged. */
  readonly url: string;
  readonly folder: string;
  readonly version: string;
  /** Stops the server cleanly. Answers when it has ended. */
  stop(): Promise<void>;
}

/** How long a server may take to start, recover from its log, or stop, before we give up (ms). */
const PATIENCE_MS = 60_000;
const HOLD_AGAIN_MS = 100;

const fail = (message: string): Result<never, Problem> =>
  err({ code: 'database.embedded', field: 'LANTERN_HUB_DATA', message });

/**
 * Starts the embedded server on a folder, making the database at first use. A server left behind by a hub that was
 * killed is stopped cleanly first; one that a living hub uses is left alone and said. Refusals are Problems;
 * `onRestart` hears when the server died by itself and was started again.
 */
export async function startEmbedded(
  folder: string,
  onRestart: (attempt: number) => void,
): Promise<Result<EmbeddedServer, Problem>> {
  const user = await serverUser();
  const closed = user === undefined ? undefined : await closedFolder(folder, user);
  if (closed !== undefined) {
    return fail(
      `the database cannot run as root, and its own user may not enter ${closed}: choose another folder`,
    );
  }
  const cluster: Cluster = { folder, user, binaries: await findBinaries(user) };
  try {
    await initialise(cluster);
  } catch (error) {
    return fail(`${folder} cannot hold a database: ${reasonOf(error)}`);
  }
  const freed = await freeFromOrphan(cluster);
  if (!freed.ok) return freed;
  return serve(cluster, onRestart);
}

/** What initdb said last, or the system's code. Neither can hold anything personal: there is no data yet. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const said =
    'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim().split('\n').at(-1) : '';
  if (said !== undefined && said !== '') return said;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

async function serve(
  cluster: Cluster,
  onRestart: (attempt: number) => void,
): Promise<Result<EmbeddedServer, Problem>> {
  const password = await passwordOf(cluster.folder);
  const port = await freePort();
  const adminUrl = urlOf(password, port, 'postgres');
  const state = { child: await launch(cluster, port), stopping: false };
  const version = await untilReady(state.child, adminUrl);
  if (version === undefined) return fail(`the database did not start: ${await lastWords(cluster.folder)}`);
  // Whatever ends this process without stopping the server first: ask the server to stop as we go.
  const lastResort = (): void => void state.child.kill('SIGINT');
  process.once('exit', lastResort);
  const owner = await holdFor(adminUrl);
  watch(state.child);

  /** A server that dies by itself (killed, out of memory) is started again on the same port; the pool reconnects. */
  let restarting: Promise<void> = Promise.resolve();
  function watch(child: ChildProcess): void {
    child.once('exit', () => {
      restarting = restart();
    });
  }
  async function restart(): Promise<void> {
    for (let attempt = 1; !state.stopping; attempt++) {
      onRestart(attempt);
      state.child = await launch(cluster, port);
      if ((await untilReady(state.child, adminUrl)) !== undefined) {
        // Stopped meanwhile: whoever stops waits for us, and then stops this server too.
        if (state.stopping) return;
        return watch(state.child);
      }
      // Children of the dead server may still hold its memory for a moment.
      await sleep(Math.min(5_000, 250 * attempt));
    }
  }

  return ok({
    url: urlOf(password, port, DATABASE),
    folder: cluster.folder,
    version,
    async stop() {
      state.stopping = true;
      process.off('exit', lastResort);
      // A server that is just being started has nothing yet that could be told to stop.
      await restarting;
      await owner.end();
      if (!isRunning(state.child)) return;
      await stopServer(cluster).catch((error: unknown) => {
        // It was killed a moment ago, and we had not heard of it yet: there is nothing left to stop.
        if (isRunning(state.child)) throw error;
      });
    },
  });
}

const isRunning = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;

/**
 * A connection kept open until `end`: another hub sees by it that the server is in use. It breaks with the server and,
 * what is less plain, when any part of the server crashes and the rest starts again: then it is made again.
 */
async function holdFor(url: string): Promise<{ end(): Promise<void> }> {
  let ended = false;
  let client = await hold(url, lost);
  let again: Promise<void> = Promise.resolve();
  function lost(): void {
    if (!ended) again = holdAgain();
  }
  async function holdAgain(): Promise<void> {
    for (; !ended; await sleep(HOLD_AGAIN_MS)) {
      try {
        client = await hold(url, lost);
        return;
      } catch {
        // The server is not up again yet.
      }
    }
  }
  return {
    async end() {
      ended = true;
      await again;
      await client.end();
    },
  };
}

async function hold(url: string, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: OWNER,
    keepAlive: true,
    connectionTimeoutMillis: 3_000,
  });
  let held = false;
  // Breaking says `error` and then `end`; unheard, the first would end the process.
  client.on('error', () => undefined);
  client.once('end', () => {
    if (held) lost();
  });
  await client.connect();
  held = true;
  return client;
}

/** Waits until the server answers and has our database: its version. Undefined when it ended, or took too long. */
async function untilReady(child: ChildProcess, url: string): Promise<string | undefined> {
  for (const until = Date.now() + PATIENCE_MS; isRunning(child) && Date.now() < until;) {
    const version = await prepare(url);
    if (version !== undefined) return version;
    await sleep(25);
  }
  child.kill('SIGINT');
  return undefined;
}

/** Makes our database if it is not there. Undefined when the server cannot be asked yet. */
async function prepare(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; made: boolean }>(
      `SELECT current_setting('server_version') AS version,
              EXISTS (SELECT FROM pg_database WHERE datname = $1) AS made`,
      [DATABASE],
    );
    if (rows[0]?.made === false) await client.query(`CREATE DATABASE ${DATABASE}`);
    return rows[0]?.version;
  } catch {
    // Not up yet: asked again until the process ends or we lose patience.
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
