import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

// npm run simulate -- cut-off whisper | path/to/call.yaml  [--handler good] [--handlers path/to/handlers.yaml]
//                     [--seed 7] [--check] [--all]
// Exit status for a pipeline: 0 everything critical was met, 1 something critical was missed or seen, 2 refused.

export const SCRIPTS = join(import.meta.dirname, '../../../shared/training/scripts');
export const HANDLERS = join(import.meta.dirname, 'handlers');

/** Names of the practice calls that ship. */
export const trainingNames = (): readonly string[] =>
  readdirSync(SCRIPTS)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .toSorted();

/** Whether these arguments are about practice calls rather than written ones. */
export const isTraining = (args: readonly string[]): boolean =>
  args.some((arg) => arg === '--all' || arg.endsWith('.yaml') || trainingNames().includes(arg));

export interface Job {
  readonly file: string;
  /** The file of handlers and the name in it; nothing: the script is only checked. */
  readonly handler?: { readonly file: string; readonly name: string };
  readonly seed: number;
}

export const jobResult = z.strictObject({ text: z.string(), exit: z.int().min(0).max(2) });
export type JobResult = z.infer<typeof jobResult>;

/** Runs the scripts beside each other, gives each whole and in the order given, and answers the exit status. */
export async function runTraining(args: readonly string[], print: (text: string) => void): Promise<number> {
  const jobs = jobsOf(args);
  if (typeof jobs === 'string') {
    print(jobs);
    return 2;
  }
  const results = await inParallel(jobs);
  for (const { text } of results) print(text);
  return Math.max(...results.map(({ exit }) => exit));
}

const options = {
  all: { type: 'boolean' },
  check: { type: 'boolean' },
  handler: { type: 'string' },
  handlers: { type: 'string' },
  seed: { type: 'string' },
} as const;

function jobsOf(args: readonly string[]): readonly Job[] | string {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'these options cannot be read';
  }
  const { values, positionals } = parsed;
  const seed = Number(values.seed ?? '1');
  if (!Number.isInteger(seed) || seed < 0 || seed > 4_294_967_295) return '--seed: a whole number from 0';
  const names = values.all === true ? trainingNames() : positionals;
  if (names.length === 0) return 'Which practice call? A name, a path that ends in .yaml, or --all.';
  return names.map((name): Job => {
    const file = name.endsWith('.yaml') ? resolve(name) : join(SCRIPTS, `${name}.yaml`);
    const own = join(HANDLERS, basename(file));
    const handlers = values.handlers === undefined ? own : resolve(values.handlers);
    const isOnlyChecked = values.check === true || !existsSync(handlers);
    return {
      file,
      seed,
      ...(isOnlyChecked ? {} : { handler: { file: handlers, name: values.handler ?? 'good' } }),
    };
  });
}

async function inParallel(jobs: readonly Job[]): Promise<readonly JobResult[]> {
  const results = new Map<number, JobResult>();
  const waiting = [...jobs.entries()];
  const takeOne = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, job] = next;
      results.set(index, await inWorker(job));
    }
  };
  const lanes = Math.min(jobs.length, availableParallelism());
  await Promise.all(Array.from({ length: lanes }, takeOne));
  return jobs.map((_job, index) => results.get(index) ?? { text: '', exit: 2 });
}

function inWorker(job: Job): Promise<JobResult> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: job });
    worker.once('message', (message: unknown) => done(jobResult.parse(message)));
    worker.once('error', fail);
  });
}
