import { z } from 'zod';
import { type PushResponse } from '../shared/sync/protocol.ts';

/** What this hub process has done since it started, in numbers alone: nothing of any caller, desk or call. */
export const counts = z.strictObject({
  batches: z.int(),
  /** How often each code of refusal was given. */
  refused: z.record(z.string(), z.int()),
  /** How often each doubt and each code of quarantine was in an answer. Said again, it counts again. */
  flagged: z.record(z.string(), z.int()),
  quarantined: z.record(z.string(), z.int()),
});
type Counts = z.infer<typeof counts>;

export interface Counters {
  refused(code: string): void;
  answered(answer: PushResponse): void;
  read(): Counts;
}

export function createCounters(): Counters {
  let batches = 0;
  const refused = new Map<string, number>();
  const flagged = new Map<string, number>();
  const quarantined = new Map<string, number>();
  const add = (to: Map<string, number>, key: string): void => void to.set(key, (to.get(key) ?? 0) + 1);
  return {
    refused: (code) => add(refused, code),
    answered(answer) {
      batches += 1;
      for (const { kind } of answer.flagged) add(flagged, kind);
      for (const { problem } of answer.quarantined) add(quarantined, problem.code);
    },
    read: () => ({
      batches,
      refused: Object.fromEntries(refused),
      flagged: Object.fromEntries(flagged),
      quarantined: Object.fromEntries(quarantined),
    }),
  };
}
