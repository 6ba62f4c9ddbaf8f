import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Schedule } from './action.ts';
import { type Wrong } from './ledger.ts';
import type { Share } from './worker.ts';

/** What a core tells: the counts since its last word, and what was wrong. */
export interface Word {
  readonly seeds: number;
  readonly steps: number;
  readonly acknowledged: number;
  readonly drained: number;
  readonly purged: number;
  readonly failures: readonly Failure[];
}
export interface Failure {
  readonly seed: number;
  readonly desks: number;
  readonly wrong: Wrong;
  readonly shortest: Schedule;
}

export interface Order {
  readonly from: number;
  readonly seeds: number;
  readonly desks: number | undefined;
  readonly cores: number;
}

/** Runs the seeds over several cores; `heard` is told of every word with the sum so far. */
export async function runSeeds(
  { from, seeds, desks, cores }: Order,
  heard: (sum: Word, word: Word) => void = () => undefined,
): Promise<Word> {
  let sum: Word = { seeds: 0, steps: 0, acknowledged: 0, drained: 0, purged: 0, failures: [] };
  await Promise.all(
    Array.from({ length: cores }, async (_, core) => {
      const share: Share = { from: from + core, to: from + seeds, stride: cores, desks };
      await onItsCore(share, (word) => {
        sum = added(sum, word);
        heard(sum, word);
      });
    }),
  );
  return sum;
}

async function onItsCore(share: Share, heard: (word: Word) => void): Promise<void> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: share });
  worker.on('message', heard);
  // An error of the worker itself rejects here.
  await once(worker, 'exit');
}

const added = (a: Word, b: Word): Word => ({
  seeds: a.seeds + b.seeds,
  steps: a.steps + b.steps,
  acknowledged: a.acknowledged + b.acknowledged,
  drained: a.drained + b.drained,
  purged: a.purged + b.purged,
  failures: [...a.failures, ...b.failures],
});

/** The one line that a run ends with. */
export function countsLine({ seeds, steps, acknowledged, drained, purged, failures }: Word): string {
  const of = (...kinds: Wrong['kind'][]): number =>
    failures.filter(({ wrong }) => kinds.includes(wrong.kind)).length;
  const lost = of('lost', 'vanished from the screen', 'draft lost', 'purged unsent');
  const doubled = of('doubled');
  const lights = of('false light');
  const other = failures.length - lost - doubled - lights;
  return (
    `seeds ${seeds} steps ${steps} acknowledged ${acknowledged} drained ${drained} purged ${purged} ` +
    `lost ${lost} doubled ${doubled} false lights ${lights} other ${other}`
  );
}

/** What a person needs to see a failure again: the shortest schedule, and the command. */
export function describeFailure({ seed, desks, wrong, shortest }: Failure): string {
  return [
    `seed ${seed}, ${desks} desk(s): ${wrong.kind}: ${wrong.detail}`,
    ...shortest.map((action) => `    ${JSON.stringify(action)}`),
    `    again: npm run faults -- --seeds 1 --from ${seed} --desks ${desks}`,
  ].join('\n');
}
