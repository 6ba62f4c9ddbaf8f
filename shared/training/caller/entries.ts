import { z } from 'zod';
import { words } from '../../events/vocabulary.ts';
import { utcMs } from '../../time.ts';
import { eventKinds, injectKinds } from '../script/happenings.ts';
import { voices } from '../script/lines.ts';
import { label, localId, questionId, sentence } from '../script/values.ts';

/** When: by the wall clock, and by the call's own, which stands still while it is paused and goes back on a rewind. */
const times = { at: utcMs, callMs: z.int().min(0) };
const by = z.enum(['script', 'trainer']);

/** How a question was put. Absent in what the trainee does alone: then it is judged by the pace. */
export const asking = z.enum(['plain', 'well', 'rushed']);
export type Asking = z.infer<typeof asking>;

/**
 * THE PRACTICE LOG: what the simulated caller and the console did, in order. Kept beside the call's own events, which are
 * never touched by it.
 */
export const runEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('asked'),
    ...times,
    question: questionId.exactOptional(),
    /** The line that waits for a free intent, when the trainer confirmed one. */
    line: localId.exactOptional(),
    how: asking,
    by: z.enum(['trainee', 'trainer', 'record']),
  }),
  z.strictObject({
    kind: z.literal('said'),
    ...times,
    /** Absent: typed by the trainer, or the answer to a question that no line fits. */
    line: localId.exactOptional(),
    who: z.enum(['caller', ...voices]),
    text: words,
    reveals: z.array(localId),
    by,
    /** How long it takes to say, in milliseconds: what is asked before that rushes the caller. */
    lastsMs: z.int().min(0),
  }),
  z.strictObject({
    kind: z.literal('happened'),
    ...times,
    id: localId,
    does: z.enum(eventKinds),
    what: sentence,
    lastsMs: z.int().min(0).exactOptional(),
    by,
  }),
  z.strictObject({
    kind: z.literal('injected'),
    ...times,
    id: localId,
    does: z.enum(injectKinds),
    service: localId.exactOptional(),
    by,
  }),
  z.strictObject({ kind: z.literal('checkpoint'), ...times, id: localId, title: label }),
  /** `restart`: the program ended in the middle, and the clock stood still until somebody let it go on. */
  z.strictObject({ kind: z.literal('paused'), ...times, why: z.literal('restart').exactOptional() }),
  z.strictObject({ kind: z.literal('resumed'), ...times }),
  /** The caller is again as at the checkpoint; what was recorded since is kept, and no longer counts. */
  z.strictObject({
    kind: z.literal('rewound'),
    ...times,
    checkpoint: localId,
    /** The call's time it was rewound from. `callMs` is the time it goes on at. */
    fromMs: z.int().min(0),
  }),
  /** Coached mode only: a hint was shown. */
  z.strictObject({ kind: z.literal('hinted'), ...times, text: sentence }),
  z.strictObject({ kind: z.literal('stopped'), ...times, why: z.enum(['stopWord', 'button', 'trainer']) }),
]);
export type RunEntry = z.infer<typeof runEntry>;
