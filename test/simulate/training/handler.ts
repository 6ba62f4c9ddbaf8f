import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { problemOf, type Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { handlerStep, type HandlerStep } from '../../../shared/training/rehearsal/steps.ts';
import { localId } from '../../../shared/training/script/values.ts';

const ids = z.array(localId).exactOptional();

/** What one side does, and what its debrief has to say: the lines that are different from a careful call. */
const side = z.strictObject({
  steps: z.array(handlerStep).min(1).max(300),
  /** Expectations missed, critical fails seen, and facts that were not heard. Absent: none. */
  missed: ids,
  critical: ids,
  notHeard: ids,
  ending: z.enum(['expected', 'acceptable', 'neither', 'open']).exactOptional(),
});
export type HandlerSide = z.infer<typeof side>;

/** A file of handlers for one script: `good` and `bad`, or a name of the trust’s own for each. */
const handlers = z.record(z.string().max(60), side);

/** Reads a handler that is written down; a fault names the step and field. */
export function readHandler(file: string, name: string): Result<HandlerSide, Problem> {
  let text: unknown;
  try {
    const document = parseDocument(readFileSync(file, 'utf8'));
    text = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'could not be read';
    return err({ code: 'handler.unreadable', field: file, message });
  }
  const parsed = handlers.safeParse(text);
  if (!parsed.success) return err(problemOf('handler.malformed', parsed.error));
  const found = parsed.data[name];
  if (found === undefined)
    return err({
      code: 'handler.missing',
      field: name,
      message: `the file has ${Object.keys(parsed.data).join(', ')}`,
    });
  return ok(found);
}

export type { HandlerStep };
