import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A child process of a test, with what it printed. */
export interface Running {
  readonly child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** The first line that matches, now or later. Rejects, with the output, when the process ends first. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal and waits for the end. A process that has ended is left alone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a program of ours in Node. `env` is added to the test's own environment. */
export function runNode(
  args: readonly string[],
  options: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Running {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const heard = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    printed += chunk.toString();
    for (const listener of heard) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = once(child, 'exit');

  return {
    child,
    output: () => printed,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(printed);
          if (found === null) return;
          heard.delete(look);
          resolve(found);
        };
        heard.add(look);
        look();
        void ended.then(() => reject(new Error(`ended before printing ${pattern}:\n${printed}`)));
      }),
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await ended;
    },
  };
}
