import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type CallEvent, happening, type Happening } from '../../shared/events/event.ts';
import { outcomeCode, shortText, words } from '../../shared/events/vocabulary.ts';
import { refOf } from '../../shared/call/picture.ts';
import { problemOf, type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** A name for the moment after a step, for traps and other endings to start from. */
const mark = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'must be one word, such as safetyCheckDone');
const sentence = z.string().min(1).max(400);

/** A call written down: what the handler records, when a receiver answers, and when the hub goes away. */
const step = z.union([
  z.strictObject({ record: happening, mark: mark.exactOptional() }),
  /** The receiver of the newest hand-over says that they have the person. */
  z.strictObject({
    acknowledge: z.strictObject({ by: shortText, reference: shortText.exactOptional() }),
    mark: mark.exactOptional(),
  }),
  /** The receiver of the newest hand-over says no, for a reason of the national list. */
  z.strictObject({
    decline: z.strictObject({ by: shortText, code: z.string().regex(/^\d{2}$/), reason: words }),
    mark: mark.exactOptional(),
  }),
  z.strictObject({ hub: z.enum(['kill', 'start']), mark: mark.exactOptional() }),
]);
export type Step = z.infer<typeof step>;

/** What a step records. A receiver's answer is about the newest hand-over; throws where none was sent. */
export function happeningOf(step: Exclude<Step, { hub: unknown }>, sent: CallEvent | undefined): Happening {
  if ('record' in step) return step.record;
  if (sent === undefined) throw new Error('the script answers a hand-over that was not sent');
  const handover = refOf(sent);
  return 'acknowledge' in step
    ? { type: 'handover.acknowledged', data: { handover, ...step.acknowledge } }
    : { type: 'handover.declined', data: { handover, ...step.decline } };
}

/** After which step: its place in the list, counted from 0, or its mark. */
const place = z.union([z.int().min(0), mark]);
export type Place = z.infer<typeof place>;

/** One way of getting it wrong, tried on a copy of the call at that point. */
const trap = z.strictObject({
  /** What somebody might do here, in words. */
  wrong: sentence,
  after: place,
  /** All but the last are taken; the last is refused. */
  try: z.array(happening).min(1),
  /** Part of the sentence the handler is given for the last. */
  refused: sentence,
  /** A decision with a name against it, after which the last is taken. Absent: nothing is claimed about overrides. */
  allowedWith: z.array(happening).min(1).exactOptional(),
});

/** Another ending that is right as well, from the same call at that point. */
const otherEnding = z.strictObject({
  title: sentence,
  after: place,
  steps: z.array(step).min(1),
  endsWith: outcomeCode,
});

const callScript = z
  .strictObject({
    title: z.string().min(1),
    /** Number in domain.md 10.5, when the call is one of those. */
    vignette: z.int().min(1).exactOptional(),
    /** The mistake this call invites. */
    trap: sentence.exactOptional(),
    steps: z.array(step).min(1),
    endsWith: outcomeCode,
    traps: z.array(trap).exactOptional(),
    alsoAcceptable: z.array(otherEnding).exactOptional(),
  })
  .superRefine((script, report) => {
    const marks = script.steps.flatMap((item) => (item.mark === undefined ? [] : [item.mark]));
    const twice = marks.find((name, index) => marks.indexOf(name) !== index);
    if (twice !== undefined)
      report.addIssue({ code: 'custom', path: ['steps'], message: `two steps are marked ${twice}` });
    for (const list of ['traps', 'alsoAcceptable'] as const)
      for (const [index, { after }] of (script[list] ?? []).entries())
        if (stepsUntil(script, after) === undefined)
          report.addIssue({
            code: 'custom',
            path: [list, index, 'after'],
            message: `no step is at or marked ${after}`,
          });
  });
export type CallScript = z.infer<typeof callScript>;

/** The steps up to and with the one named; nothing when there is no such step. */
export function stepsUntil(
  script: { readonly steps: readonly Step[] },
  after: Place,
): readonly Step[] | undefined {
  const index = typeof after === 'number' ? after : script.steps.findIndex((item) => item.mark === after);
  return index < 0 || index >= script.steps.length ? undefined : script.steps.slice(0, index + 1);
}

/** Reads a call script; a fault names the step and field that are wrong. */
export function readScript(file: string): Result<CallScript, Problem> {
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'could not be read';
    return err({ code: 'script.unreadable', field: file, message });
  }
  const parsed = callScript.safeParse(text);
  return parsed.success ? ok(parsed.data) : err(problemOf('script.malformed', parsed.error));
}
