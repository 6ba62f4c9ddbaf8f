import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries } from './binaries.ts';
import { clusterNameOf, parsePostmasterPid, type Postmaster } from './postmaster-pid.ts';
import { type ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** One embedded PostgreSQL: its programs, its user and its folder. Thin: what to do is decided in embedded.ts. */
export interface Cluster {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
}

export const SUPERUSER = 'lantern';
export const dataIn = (folder: string): string => join(folder, 'postgres');
const logIn = (folder: string): string => join(folder, 'postgres.log');
const passwordIn = (folder: string): string => join(folder, 'password');

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Undefined when the file is not there. */
async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
}

export const readPassword = (folder: string): Promise<string | undefined> => readIfThere(passwordIn(folder));

/** The server that says it runs on this folder. It may be dead: see isAlive. */
export async function readPostmaster(folder: string): Promise<Postmaster | undefined> {
  const text = await readIfThere(join(dataIn(folder), 'postmaster.pid'));
  return text === undefined ? undefined : parsePostmasterPid(text);
}

/**
 * Makes the database cluster if there is none. Made under another name and renamed when whole, so that a kill half
 * way leaves nothing that looks finished. The password is random, made once, in a file only its owner may read.
 */
export async function initialise(cluster: Cluster): Promise<void> {
  // Root's folder must be entered by the server's user; anybody else's is nobody's business.
  await mkdir(cluster.folder, { recursive: true, mode: cluster.user === undefined ? 0o700 : 0o711 });
  await makePassword(cluster);
  const data = dataIn(cluster.folder);
  if (await stat(join(data, 'PG_VERSION')).catch(() => undefined)) return;
  const partial = `${data}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  await own(cluster, partial);
  try {
    const options = {
      pgdata: partial,
      username: SUPERUSER,
      pwfile: passwordIn(cluster.folder),
      auth: 'scram-sha-256',
      encoding: 'UTF8',
      locale: 'C',
      'locale-provider': 'builtin',
      'builtin-locale': 'C.UTF-8',
    };
    const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    await run(cluster.binaries.initdb, args, { ...cluster.user, cwd: cluster.folder });
    await rename(partial, data);
    await syncFolder(cluster.folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another hub made it while we did.
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
  }
}

/**
 * Written beside, fsynced and then linked: a kill or a power cut leaves the whole password or none. An empty file would
 * lock us out of everything the database holds, for good.
 */
async function makePassword(cluster: Cluster): Promise<void> {
  const path = passwordIn(cluster.folder);
  if ((await stat(path).catch(() => undefined)) !== undefined) return;
  const beside = `${path}.${process.pid}`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(randomBytes(24).toString('base64url'));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await own(cluster, beside);
    await link(beside, path);
  } catch (error) {
    // Another hub was first: its password counts.
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(beside, { force: true });
  }
  await syncFolder(cluster.folder);
  await syncFolder(dirname(cluster.folder));
}

/** A name is only on the disk once its folder is. Windows cannot open a folder, and needs no such call. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function own(cluster: Cluster, path: string): Promise<void> {
  if (cluster.user !== undefined) await chown(path, cluster.user.uid, cluster.user.gid);
}

/**
 * Starts the server in a process group of its own: a Ctrl-C in the hub's terminal is the hub's to answer, so that it
 * can finish its intakes first. Its log goes to a file, so that it does not die with the hub's pipe.
 */
export async function launch(cluster: Cluster, port: number): Promise<ChildProcess> {
  await rename(logIn(cluster.folder), `${logIn(cluster.folder)}.1`).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  const log = await open(logIn(cluster.folder), 'a', 0o600);
  try {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(port),
      cluster_name: clusterNameOf(process.pid),
      // Said aloud although they are the defaults: every receipt rests on them.
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      // A failed statement or a row in a message may quote a caller.
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(cluster.binaries.postgres, ['-D', dataIn(cluster.folder), ...args], {
      ...cluster.user,
      cwd: cluster.folder,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    // A program that cannot be run has no process id, which is how the caller sees it; unheard, it would end us.
    child.on('error', () => undefined);
    return child;
  } finally {
    await log.close();
  }
}

/** Stops whatever server runs on the folder, cleanly; answers when it has ended. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const args = ['stop', '-D', dataIn(cluster.folder), '-m', 'fast', '-w', '-t', '60'];
  await run(cluster.binaries.pgCtl, args, { ...cluster.user, cwd: cluster.folder });
}

/** The last lines the server wrote, for the sentence that says why it did not start. */
export async function lastWords(folder: string): Promise<string> {
  const lines = ((await readIfThere(logIn(folder))) ?? '').trim().split('\n');
  return lines.slice(-3).join(' / ');
}
