import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinDatabase } from '../../hub/db/open.ts';
import { findRunning } from '../../hub/db/running.ts';
import { readSettings } from '../../hub/settings.ts';
import { type Running, runNode } from './process.ts';
import { ROOT } from './sources.ts';
import { freePort } from '../../hub/db/free-port.ts';

type Database = Extract<Awaited<ReturnType<typeof joinDatabase>>, { ok: true }>['value'];

/** A hub and a desk as real processes, each test with its own data folder and ports. */
export interface Lantern {
  readonly data: string;
  readonly hubUrl: string;
  readonly enrolCode: string;
  /** The one-time address that the desk printed last. */
  address(): Promise<string>;
  /** The address the desk prints once its window has been gone for a while. */
  nextAddress(): Promise<string>;
  startHub(): Promise<void>;
  /** Ends the hub process by SIGKILL: no goodbye. */
  killHub(): Promise<void>;
  /** `more` is added to its environment. */
  startDesk(more?: Readonly<Record<string, string>>): Promise<void>;
  killDesk(): Promise<void>;
  /** Everything the desk's process has printed. */
  deskOutput(): string;
  /** The hub's own database, read past the hub. */
  database(): Promise<Database>;
  /** The address of that database, with its password. */
  databaseUrl(): Promise<string>;
  /** Stops both processes and deletes the folder. */
  stop(): Promise<void>;
}

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/g;

/**
 * Nothing runs yet: start the hub and the desk in the order the test needs. `way` puts something between them: it
 * is given the hub's port and answers with the address the desk is to use. `code` is what the desk enrols with at a hub
 * that is not its own.
 */
export async function layOutLantern(
  way?: (hubPort: number) => Promise<string>,
  code?: string,
): Promise<Lantern> {
  const data = await mkdtemp(join(tmpdir(), 'lantern-'));
  // PostgreSQL runs as another user when the tests run as root, and must be able to pass through.
  await chmod(data, 0o711);
  const hubPort = await freePort();
  const deskPort = await freePort();
  const hubUrl = `http://127.0.0.1:${hubPort}`;
  const enrolCode = code ?? randomBytes(24).toString('base64url');
  const env = {
    LANTERN_DATA: data,
    LANTERN_HUB_DATA: join(data, 'hub'),
    LANTERN_HUB_PORT: String(hubPort),
    LANTERN_HUB_URL: (await way?.(hubPort)) ?? hubUrl,
    LANTERN_DESK_PORT: String(deskPort),
    LANTERN_ENROL_CODE: enrolCode,
  };
  let hub: Running | undefined;
  let desk: Running | undefined;
  let database: Database | undefined;

  return {
    data,
    hubUrl,
    enrolCode,
    async address() {
      if (desk === undefined) throw new Error('the desk was not started');
      await desk.line(/token=\S+/);
      return desk.output().match(ADDRESS)?.at(-1) ?? '';
    },
    async nextAddress() {
      if (desk === undefined) throw new Error('the desk was not started');
      const before = desk.output().match(ADDRESS)?.length ?? 0;
      await desk.line(new RegExp(`(?:token=\\S+[\\s\\S]*){${before + 1}}`));
      return desk.output().match(ADDRESS)?.at(-1) ?? '';
    },
    async startHub() {
      // A hub started again may have its database on another port.
      await database?.close();
      database = undefined;
      hub = runNode(['hub/server.ts'], { cwd: ROOT, env });
      await hub.line(/Lantern hub ready on/);
    },
    async killHub() {
      await hub?.end('SIGKILL');
    },
    async startDesk(more = {}) {
      desk = runNode(['main/hosts/browser/main.ts'], { cwd: ROOT, env: { ...env, ...more } });
      await desk.line(/Open the desk: /);
    },
    async killDesk() {
      await desk?.end('SIGKILL');
    },
    deskOutput: () => desk?.output() ?? '',
    async database() {
      if (database !== undefined) return database;
      const settings = readSettings({ ...env }, ROOT);
      if (!settings.ok) throw new Error(settings.error.message);
      const joined = await joinDatabase(settings.value, {
        max: 2,
        statementTimeoutMs: 15_000,
        onError: () => {
          // The database goes away under this test when the hub is killed; the next query says so.
        },
      });
      if (!joined.ok) throw new Error(joined.error.message);
      database = joined.value;
      return database;
    },
    async databaseUrl() {
      const url = await findRunning(join(data, 'hub'));
      if (url === undefined) throw new Error('the hub runs no database');
      return url;
    },
    async stop() {
      await desk?.end('SIGTERM');
      await database?.close();
      await hub?.end('SIGTERM');
      await rm(data, { recursive: true, force: true });
    },
  };
}
