import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { countsLine, describeFailure, runSeeds } from './runner.ts';

// Deterministic simulation of desks, network, hub and database with every fault there is a port for.
//   npm run faults -- --seeds 500 [--from 1] [--desks 1..4] [--cores 2]
//   npm run faults -- --planted      plants each known bug in turn and says which seed finds it

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    from: { type: 'string', default: '1' },
    desks: { type: 'string' },
    cores: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    planted: { type: 'boolean', default: false },
  },
});
const whole = z.coerce.number().int().min(1);
const order = z
  .object({ seeds: whole, from: whole, desks: whole.max(4).optional(), cores: whole.max(64) })
  .parse(values);

const SPARSE_MS = 15_000;

if (values.planted) {
  const { findPlanted } = await import('./planted/find.ts');
  const missed = await findPlanted((line) => console.log(line));
  if (missed > 0) process.exitCode = 1;
} else {
  let saidAt = Date.now();
  const sum = await runSeeds({ ...order, desks: order.desks }, (soFar, word) => {
    for (const failure of word.failures) console.log(describeFailure(failure));
    if (Date.now() - saidAt < SPARSE_MS) return;
    saidAt = Date.now();
    console.log(`${soFar.seeds} of ${order.seeds} seeds, ${soFar.failures.length} wrong`);
  });
  console.log(countsLine(sum));
  // A core that ended early has not shown anything about the rest.
  if (sum.failures.length > 0 || sum.seeds !== order.seeds) process.exitCode = 1;
}
