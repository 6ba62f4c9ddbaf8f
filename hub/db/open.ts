import { createHash } from 'node:crypto';
import { type Problem } from '../../shared/problem.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type HubSettings } from '../settings.ts';
import { startEmbedded } from './embedded.ts';
import { createPool, type Pool, type PoolOptions } from './pool.ts';
import { findRunning } from './running.ts';
import { closedFolder, serverUser } from './server-user.ts';

/** The hub's database, wherever it is. */
export interface Database {
  readonly pool: Pool;
  /** For the line that says the hub is ready. Never holds a password. */
  readonly description: string;
  /** Ends the connections, and the server if it is ours. */
  close(): Promise<void>;
}

type Where = Pick<HubSettings, 'databaseUrl' | 'dataFolder' | 'dataFolderChosen'>;

/** Opens the organisation's PostgreSQL if one is named, else starts the embedded one. */
export async function openDatabase(
  where: Where,
  options: PoolOptions,
  onRestart: (attempt: number) => void,
): Promise<Result<Database, Problem>> {
  if (where.databaseUrl !== undefined) {
    return ok(connect(where.databaseUrl, 'PostgreSQL from DATABASE_URL', options, async () => {}));
  }
  const server = await startEmbedded(await usableFolder(where), onRestart);
  if (!server.ok) return server;
  const { url, version, folder } = server.value;
  const description = `embedded PostgreSQL ${version.split('.')[0]}, data in ${folder}`;
  return ok(connect(url, description, options, () => server.value.stop()));
}

/** For commands beside the hub: joins the server a living hub runs, else starts it for as long as the command runs. */
export async function joinDatabase(where: Where, options: PoolOptions): Promise<Result<Database, Problem>> {
  if (where.databaseUrl !== undefined) return openDatabase(where, options, () => {});
  const folder = await usableFolder(where);
  const join = async (): Promise<Database | undefined> => {
    const running = await findRunning(folder);
    if (running === undefined) return undefined;
    return connect(running, 'the running hub’s database', options, async () => {});
  };
  const joined = await join();
  if (joined !== undefined) return ok(joined);
  const opened = await openDatabase(where, options, () => {});
  if (opened.ok || opened.error.code !== 'database.inUse') return opened;
  // It was recovering from a crash when it was asked first, and belongs to a living hub all the same.
  const later = await join();
  return later === undefined ? opened : ok(later);
}

function connect(
  url: string,
  description: string,
  options: PoolOptions,
  stop: () => Promise<void>,
): Database {
  const pool = createPool(url, options);
  return {
    pool,
    description,
    async close() {
      await pool.end();
      await stop();
    },
  };
}

/**
 * The folder asked for. Nobody having asked, root in a home folder that the database's user may not enter gets a
 * system folder instead, one per working folder; the ready line says where.
 */
async function usableFolder({ dataFolder, dataFolderChosen }: Where): Promise<string> {
  const user = dataFolderChosen ? undefined : await serverUser();
  if (user === undefined || (await closedFolder(dataFolder, user)) === undefined) return dataFolder;
  return `/var/lib/lantern/hub-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}`;
}
