import { parentPort, workerData } from 'node:worker_threads';
import { currentContent } from '../../shared/content/packs.ts';
import { check } from './check.ts';
import { modelsOf } from './models.ts';
import { mutantsOf } from './mutants.ts';
import { fateOf } from './mutation.ts';
import { systemOf } from './system.ts';

// A core's share of the run: the models, or the mutants, whose names it is given.
export type Share =
  | { readonly models: readonly string[] }
  | { readonly mutants: readonly string[]; readonly trusted: readonly string[] };

const content = currentContent();
const share = workerData as Share;
const send = (message: unknown): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port, not a window
  parentPort?.postMessage(message);
};

if ('models' in share) {
  const models = modelsOf(content).filter(({ name }) => share.models.includes(name));
  send(check(systemOf(content), models));
} else {
  const trusted = new Set(share.trusted);
  for (const mutant of mutantsOf(content))
    if (share.mutants.includes(mutant.name)) send(fateOf(mutant, content, trusted));
}
