import { parentPort, workerData } from 'node:worker_threads';
import type { Word } from './runner.ts';

// A core's share of the seeds.
export interface Share {
  readonly from: number;
  /** The first that is not run. */
  readonly to: number;
  readonly stride: number;
  readonly desks: number | undefined;
}

// Dexie tells other tabs of every write over this, and cores are not tabs of each other.
Reflect.deleteProperty(globalThis, 'BroadcastChannel');
const { playSeed } = await import('./one-seed.ts');

const NEWS = 25;
const nothing = (): Word => ({ seeds: 0, steps: 0, acknowledged: 0, drained: 0, purged: 0, failures: [] });
const share = workerData as Share;
let word = nothing();
const tell = (): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port, not a window
  parentPort?.postMessage(word);
  word = nothing();
};

for (let { from: seed } = share; seed < share.to; seed += share.stride) {
  const { steps, acknowledged, drained, purged, wrong, desks, shortest } = await playSeed(seed, share.desks);
  word = {
    seeds: word.seeds + 1,
    steps: word.steps + steps,
    acknowledged: word.acknowledged + acknowledged,
    drained: word.drained + drained,
    purged: word.purged + purged,
    failures:
      wrong === undefined
        ? word.failures
        : [...word.failures, { seed, desks, wrong, shortest: shortest ?? [] }],
  };
  if (word.seeds >= NEWS || wrong !== undefined) tell();
}
tell();
