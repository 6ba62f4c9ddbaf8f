import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom the database server runs as. PostgreSQL refuses to run as root, so root lends it to a user of its own. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';

/** Undefined when this process is not root: the server then runs as whoever runs the hub. Makes the user if needed. */
export async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await lookUp();
  if (found !== undefined) return found;
  await run('useradd', ['--system', '--user-group', '--no-create-home', NAME]);
  const made = await lookUp();
  if (made === undefined) throw new Error(`could not make the system user ${NAME}`);
  return made;
}

async function lookUp(): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (error) {
    // `id` ends with 1 when there is no such user.
    if (error instanceof Error && 'code' in error && error.code === 1) return undefined;
    throw error;
  }
}

/** The first folder on the way to `folder`, or itself (it need not exist yet), that the user may not enter. */
export async function closedFolder(folder: string, user: ServerUser): Promise<string | undefined> {
  const parents: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    parents.unshift(at);
    if (dirname(at) === at) break;
  }
  for (const parent of parents) {
    const found = await stat(parent).catch((error: unknown) => {
      // A folder that is not there yet will be made by us, open to be entered.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined) return undefined;
    if (!mayEnter(found, user)) return parent;
  }
  return undefined;
}

/** UNIX permission to pass through a folder. Pure. */
export function mayEnter(
  folder: { readonly uid: number; readonly gid: number; readonly mode: number },
  user: ServerUser,
): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
