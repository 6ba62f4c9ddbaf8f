import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isRunning, stopChild } from './child.ts';

/** The demonstration's identity server that `npm start` runs beside the hub. */
export interface IdentityProcess {
  readonly issuer: string;
  stop(): Promise<void>;
}

const READY_MS = 15_000;
const STOP_MS = 5_000;

/**
 * Uses the one that another desk's `npm start` runs on that port already. Undefined when it does not get ready: the
 * demonstration then goes on without accounts.
 */
export async function runIdentity(options: {
  readonly root: string;
  readonly port: number;
  readonly clientId: string;
}): Promise<IdentityProcess | undefined> {
  const { root, port, clientId } = options;
  const args = [join(root, 'main/launch/identity/main.ts'), String(port), clientId];
  // What the package says about itself on standard error is for those who build upon it.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const issuer = await readyLine(child);
  if (issuer === undefined) {
    await stopChild(child, STOP_MS);
    const there = `http://127.0.0.1:${port}/`;
    return (await isIssuer(there)) ? { issuer: there, stop: () => Promise.resolve() } : undefined;
  }
  return { issuer, stop: () => stopChild(child, STOP_MS) };
}

function readyLine(child: ChildProcess): Promise<string | undefined> {
  const { stdout } = child;
  if (stdout === null || !isRunning(child)) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(undefined), READY_MS);
    const done = (issuer: string | undefined): void => {
      clearTimeout(timer);
      resolve(issuer);
    };
    createInterface({ input: stdout }).on('line', (line) => done(/^ready (\S+)$/.exec(line)?.[1]));
    child.once('exit', () => done(undefined));
    child.once('error', () => done(undefined));
  });
}

async function isIssuer(address: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('.well-known/openid-configuration', address), {
      signal: AbortSignal.timeout(2_000),
    });
    return response.ok;
  } catch {
    // Not there, or something else: both mean no.
    return false;
  }
}
