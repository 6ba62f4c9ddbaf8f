import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** It may ask at our terminal: a passphrase. */
  readonly asks?: boolean;
}

/**
 * Starts a child in its own process group, so that Ctrl+C reaches only us and we decide the order of stopping.
 * It writes to our terminal.
 */
export function startChild({ command, args, cwd, env, asks = false }: ChildOptions): ChildProcess {
  return spawn(command, args, {
    cwd,
    env,
    stdio: [asks ? 'inherit' : 'ignore', 'inherit', 'inherit'],
    detached: true,
  });
}

export const isRunning = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;

/** Asks the child to stop, and makes it stop after `patienceMs`. Resolves when it has gone. */
export async function stopChild(child: ChildProcess, patienceMs: number): Promise<void> {
  if (!isRunning(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
}
