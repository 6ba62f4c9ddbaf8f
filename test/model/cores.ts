import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Checked, joined } from './check.ts';
// Only its type: the module itself runs in a worker.
import type { Share } from './worker.ts';

/** Runs a share on a core of its own, to its end. A worker that breaks rejects. */
export async function share(data: Share, onMessage: (message: unknown) => void): Promise<void> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: data });
  worker.on('message', onMessage);
  await once(worker, 'exit');
}

/** The largest models, about as much as all others together. */
const FIRST = ['regions', 'cut short', 'endings'];

/** Every state of these models and every property of it, on two cores. */
export async function checkOnTwoCores(names: readonly string[]): Promise<Checked> {
  const halves = [
    names.filter((name) => FIRST.includes(name)),
    names.filter((name) => !FIRST.includes(name)),
  ];
  return joined(await Promise.all(halves.map(checkApart)));
}

async function checkApart(models: readonly string[]): Promise<Checked> {
  let found: Checked | undefined;
  await share({ models }, (message) => {
    found = message as Checked;
  });
  if (found === undefined) throw new Error(`nothing came back from ${models.join(', ')}`);
  return found;
}
