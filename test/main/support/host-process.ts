import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';

const program = resolve(import.meta.dirname, '../../../main/hosts/browser/main.ts');

/** The browser host as a real process. */
export interface HostProcess {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly errors: () => string;
  readonly code: Promise<unknown>;
}

export function startHost(
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): HostProcess {
  const env = { PATH: process.env.PATH, LANTERN_HUB_URL: 'http://127.0.0.1:1', ...environment };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const code = once(child, 'close').then(([value]: unknown[]) => value);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await code;
  });
  return { child, out: () => out, errors: () => errors, code };
}

/** The one-time address that it prints once it serves. */
export async function addressOf(host: HostProcess): Promise<URL> {
  await expect.poll(host.out, { timeout: 60_000 }).toContain('Open the desk: http');
  return new URL(/Open the desk: (\S+)/.exec(host.out())?.[1] ?? '');
}
