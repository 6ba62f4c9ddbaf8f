import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { appendFile, chown, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPool } from '../../../hub/db/pool.ts';
import { serverUser } from '../../../hub/db/server-user.ts';
import { until } from './until.ts';
import { freePort } from '../../../hub/db/free-port.ts';

const run = promisify(execFile);
const PLACE = '/usr/lib/postgresql';

/** The programs of the system's own PostgreSQL, newest version; undefined where it is not installed. */
export function findSystemPostgres(): string | undefined {
  const versions = existsSync(PLACE) ? readdirSync(PLACE) : [];
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(PLACE, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'pg_basebackup')));
}

/** As root on Debian: installs the `postgresql` package. */
export function installSystemPostgres(): void {
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
  execFileSync('apt-get', ['install', '-y', '-qq', 'postgresql'], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** One server in a folder of its own, run as a user that is not root, on loopback alone. */
export class Server {
  readonly port: number;
  readonly data: string;
  child: ChildProcess | undefined;
  private readonly bin: string;

  private constructor(bin: string, data: string, port: number) {
    this.bin = bin;
    this.data = data;
    this.port = port;
  }

  /** A new primary. Its COMMIT waits for a standby, so nothing can be written before there is one. */
  static async primary(bin: string, folder: string): Promise<Server> {
    const server = await Server.in(bin, folder);
    await server.tool('initdb', [
      '-D',
      server.data,
      '-U',
      'lantern',
      '--auth=trust',
      '--locale=C',
      '-E',
      'UTF8',
    ]);
    const settings = ["listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", 'fsync = on'];
    const replication = ['wal_level = replica', "synchronous_standby_names = '*'", 'synchronous_commit = on'];
    await appendFile(join(server.data, 'postgresql.conf'), `\n${[...settings, ...replication].join('\n')}\n`);
    await server.start();
    return server;
  }

  /** A standby of `primary`, made from a copy of it. */
  static async standbyOf(primary: Server, bin: string, folder: string): Promise<Server> {
    const server = await Server.in(bin, folder);
    const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', 'lantern'];
    await server.tool('pg_basebackup', [...from, '-D', server.data, '-R', '-X', 'stream', '-c', 'fast']);
    await server.start();
    await until(
      async () => (await primary.ask("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")) > 0,
      30_000,
      () => 'the standby does not follow',
    );
    return server;
  }

  private static async in(bin: string, folder: string): Promise<Server> {
    const user = await serverUser();
    await mkdir(folder, { mode: 0o700 });
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    return new Server(bin, join(folder, 'data'), await freePort());
  }

  url(database: string, port = this.port): string {
    return `postgres://lantern@127.0.0.1:${port}/${database}`;
  }

  private async tool(name: string, args: readonly string[]): Promise<void> {
    await run(join(this.bin, name), args, { ...(await serverUser()), cwd: '/' });
  }

  async start(): Promise<void> {
    const log = await open(`${this.data}.log`, 'a', 0o600);
    try {
      this.child = spawn(join(this.bin, 'postgres'), ['-D', this.data, '-p', String(this.port)], {
        ...(await serverUser()),
        cwd: '/',
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      });
    } finally {
      await log.close();
    }
    await until(
      () =>
        this.ask('SELECT 1').then(
          (rows) => rows > 0,
          () => false,
        ),
      30_000,
      () => `the server in ${this.data} does not answer`,
    );
  }

  /** Rows of a question, by a connection of its own. */
  async ask(sql: string, database = 'postgres'): Promise<number> {
    const pool = createPool(this.url(database), {
      max: 1,
      statementTimeoutMs: 30_000,
      onError: () => undefined,
    });
    try {
      return (await pool.query(sql)).rowCount ?? 0;
    } finally {
      await pool.end();
    }
  }

  async promote(): Promise<void> {
    await this.tool('pg_ctl', ['promote', '-D', this.data, '-w', '-t', '30']);
  }

  /** Ends it by SIGQUIT, which waits for nobody; a server that has gone already is left alone. */
  async end(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGQUIT');
    await ended;
  }

  remove(): Promise<void> {
    return rm(join(this.data, '..'), { recursive: true, force: true });
  }
}
