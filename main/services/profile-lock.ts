import { randomUUID } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Fault } from '../../shared/bridge/frames.ts';
import { ok, type Result } from '../../shared/result.ts';
import { refuse } from './faults.ts';

/** Held for as long as one process uses a profile folder: one writer, one stream. */
export interface ProfileLock {
  /** The process whose abandoned lock was taken over, if there was one. */
  readonly takenOverFrom: number | undefined;
  release(): Promise<void>;
}

const owner = z.strictObject({ pid: z.int().min(1), started: z.string() });
type Owner = z.infer<typeof owner>;

/**
 * Takes `<folder>/lock`. Fault `profile.inUse` when a living process holds it. A lock whose process has gone is
 * taken over. Where two take it over at once, one of them wins and the other gets the fault.
 */
export async function lockProfile(folder: string): Promise<Result<ProfileLock, Fault>> {
  const path = join(folder, 'lock');
  const mine: Owner = { pid: process.pid, started: await startOf(process.pid) };
  const text = JSON.stringify(mine);
  let takenOverFrom: number | undefined;
  for (;;) {
    if (await claim(path, text)) return ok({ takenOverFrom, release: () => release(path, text) });
    const held = await readOwner(path);
    if (held === undefined) continue;
    if (held.owner !== undefined && (await isAlive(held.owner))) {
      const message = `is in use by another Lantern (process ${held.owner.pid}); close that one first`;
      return refuse('profile.inUse', 'profile', message);
    }
    takenOverFrom = held.owner?.pid;
    await clearStale(path, held.text);
  }
}

/** Who has the folder, without taking it: a living process, one that has gone, or nobody. */
export async function lookAtLock(folder: string): Promise<'free' | 'held' | 'stale'> {
  const held = await readOwner(join(folder, 'lock'));
  if (held === undefined) return 'free';
  return held.owner !== undefined && (await isAlive(held.owner)) ? 'held' : 'stale';
}

/** A whole lock file or none: written beside, then linked, which fails when somebody was first. */
async function claim(path: string, text: string): Promise<boolean> {
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, text, { mode: 0o600 });
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(mine);
  }
}

/** Moves the lock out of the way, and puts it back when it turns out to be another than the one we judged. */
async function clearStale(path: string, judged: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== judged) await link(aside, path);
  await unlink(aside);
}

async function release(path: string, text: string): Promise<void> {
  if ((await readOwner(path))?.text === text) await unlink(path);
}

async function readOwner(path: string): Promise<{ text: string; owner: Owner | undefined } | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return { text, owner: owner.safeParse(JSON.parse(text)).data };
  } catch {
    // Not JSON, so no process of ours wrote it: nobody holds this.
    return { text, owner: undefined };
  }
}

async function isAlive({ pid, started }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
    // EPERM: it lives, under another user.
  }
  // The number may have gone to another program since.
  const now = await startOf(pid);
  return now === '' || started === '' || now === started;
}

/** When the process started, as Linux counts it; '' where that cannot be known. */
async function startOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return '';
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The program's name is in brackets and may hold spaces; field 22 is the start, 20th after the bracket.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    // Gone, or hidden from us: the caller decides by the pid alone.
    return '';
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
