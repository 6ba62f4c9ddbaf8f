import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildElectron } from '../../main/build.ts';
import { type Order } from './electron-double-driver.ts';

const root = resolve(import.meta.dirname, '../..');

export interface BuiltElectron {
  /** The built `main/main.js`, with `preload.cjs` beside it and a small window in `../renderer`. */
  readonly main: string;
  readonly preload: string;
  /** The program of the training world beside it. */
  readonly training: string;
  remove(): Promise<void>;
}

/** Builds main process and preload as `npm run build` does, into a folder of its own inside the repository. */
export async function builtElectron(): Promise<BuiltElectron> {
  await mkdir(join(root, 'out'), { recursive: true });
  const folder = await mkdtemp(join(root, 'out/test-electron-'));
  await buildElectron(join(folder, 'main'));
  await mkdir(join(folder, 'renderer/assets'), { recursive: true });
  await writeFile(join(folder, 'renderer/index.html'), '<!doctype html><title>Lantern</title>');
  await writeFile(join(folder, 'renderer/trainer.html'), '<!doctype html><title>TRAINING Lantern</title>');
  await writeFile(join(folder, 'renderer/assets/index.js'), 'export {};');
  await writeFile(join(folder, 'secret.json'), '"a secret"');
  return {
    main: join(folder, 'main/main.js'),
    preload: join(folder, 'main/preload.cjs'),
    training: join(folder, 'main/training.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface ElectronProcess {
  readonly child: ChildProcess;
  readonly stdout: string[];
  readonly stderr: string[];
  readonly frames: unknown[];
  /** The window is open. */
  readonly ready: Promise<void>;
  readonly exit: Promise<Ending>;
  order(order: Order): Promise<unknown>;
  kill(): Promise<void>;
}

/** Runs the built main process on the double, in a process of its own. */
export function startElectron(
  main: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ElectronProcess {
  const register = join(import.meta.dirname, 'electron-double-register.ts');
  const child = spawn(process.execPath, ['--import', register, main, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  const frames: unknown[] = [];
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  child.stdout?.on('data', (data: Buffer) => stdout.push(data.toString()));
  child.stderr?.on('data', (data: Buffer) => stderr.push(data.toString()));
  const exit = new Promise<Ending>((resolveExit) => {
    child.once('exit', (code, signal) => resolveExit({ code, signal }));
  });
  const ready = new Promise<void>((resolveReady) => {
    child.stdout?.on('data', (data: Buffer) => {
      if (/The desk is open|console are open/.test(data.toString())) resolveReady();
    });
  });
  child.on('message', (message: { id?: number; value?: unknown; error?: string; frame?: unknown }) => {
    if (message.id === undefined) {
      frames.push(message.frame);
      return;
    }
    const { resolve: done, reject } = waiting.get(message.id) ?? {};
    if (message.error === undefined) done?.(message.value);
    else reject?.(new Error(message.error));
  });
  return {
    child,
    stdout,
    stderr,
    frames,
    ready,
    exit,
    order(order) {
      const id = nextId++;
      return new Promise((resolveOrder, reject) => {
        waiting.set(id, { resolve: resolveOrder, reject });
        child.send({ id, order });
      });
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await exit;
    },
  };
}
