import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readPostmaster, stopServer } from '../../../hub/db/cluster.ts';
import { findBinaries } from '../../../hub/db/binaries.ts';
import { isAlive } from '../../../hub/db/postmaster-pid.ts';
import { serverUser } from '../../../hub/db/server-user.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { type Answer } from './hub.ts';
import { newCode, type TestDesk } from './desk.ts';

const SERVER = fileURLToPath(new URL('../../../hub/server.ts', import.meta.url));

/** Ends a server a killed hub has left on the folder, and removes the folder. */
export async function removeDatabase(folder: string): Promise<void> {
  const left = await readPostmaster(folder);
  if (left !== undefined && isAlive(left.pid)) {
    const user = await serverUser();
    await stopServer({ folder, user, binaries: await findBinaries(user) });
  }
  await rm(folder, { recursive: true, force: true });
}

/** A real hub: `node hub/server.ts` in a process of its own. */
export interface HubProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly readyLine: string;
  readonly code: string;
  /** Sends a signal and waits for the end. Answers the exit code, or null after a kill. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Env = Record<string, string>;

function launch(env: Env, args: readonly string[]) {
  const { DATABASE_URL: _not, ...inherited } = process.env;
  const child = spawn(process.execPath, [SERVER, ...args], {
    env: { ...inherited, LANTERN_HUB_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  return { child, said, ended: once(child, 'close') };
}

/** Runs it to its end: for what does not stay up. */
export async function runHub(env: Env, args: readonly string[] = []): Promise<Ended> {
  const { child, said, ended } = launch(env, args);
  await ended;
  return { code: child.exitCode, ...said };
}

export async function startHubProcess(env: Env): Promise<HubProcess> {
  const code = newCode();
  const { child, said, ended } = launch({ LANTERN_ENROL_CODE: code, ...env }, []);
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', () => said.stdout.includes('\n') && resolve(said.stdout));
  });
  const first = await Promise.race([ready, ended.then(() => undefined)]);
  if (first === undefined) throw new Error(`the hub ended: ${said.stderr}`);
  const url = /(http:\S+)/.exec(first)?.[1];
  if (url === undefined) throw new Error(`no address in: ${first}`);
  return {
    child,
    url,
    readyLine: first.trim(),
    code,
    async end(signal) {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

/** Enrols a desk at a hub process. */
export async function enrolAt(hub: HubProcess, desk: TestDesk): Promise<void> {
  const body = { v: 1, code: hub.code, desk: desk.id, name: 'Desk in a test', publicKey: desk.publicKey };
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${hub.url}/v1/desks`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Sends a batch over a real socket. Rejects when the hub dies before it has answered. */
export async function pushTo(
  hub: { readonly url: string },
  desk: TestDesk,
  stream: StreamId,
  from: number,
  events: readonly unknown[],
): Promise<Answer> {
  const authorization = `Bearer ${await desk.assertion(Date.now())}`;
  const response = await fetch(`${hub.url}/v1/streams/${stream}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ v: 1, from, events }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: (await response.json()) as unknown,
  };
}
