import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { runJob } from './job.ts';

const job = z.strictObject({
  file: z.string(),
  handler: z.strictObject({ file: z.string(), name: z.string() }).exactOptional(),
  seed: z.int(),
});

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port, not a window
parentPort?.postMessage(await runJob(job.parse(workerData)));
