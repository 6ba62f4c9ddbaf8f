import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { happening } from '../../shared/events/event.ts';
import { outcomeCode, shortText } from '../../shared/events/vocabulary.ts';
import { problemOf, type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** A call written down: what the handler records, when a receiver answers, and when the hub goes away. */
const step = z.union([
  z.strictObject({ record: happening }),
  /** The receiver of the newest hand-over says that they have the person. */
  z.strictObject({ acknowledge: z.strictObject({ by: shortText, reference: shortText.exactOptional() }) }),
  z.strictObject({ hub: z.enum(['kill', 'start']) }),
]);
export type Step = z.infer<typeof step>;

const callScript = z.strictObject({
  title: z.string().min(1),
  steps: z.array(step).min(1),
  endsWith: outcomeCode,
});
export type CallScript = z.infer<typeof callScript>;

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
