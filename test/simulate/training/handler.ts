import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { problemOf, type Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { handlerStep, type HandlerStep } from '../../../shared/training/rehearsal/steps.ts';
import { localId } from '../../../shared/training/script/values.ts';
import { readScript as readWrittenCall, stepsUntil } from '../script.ts';

const ids = z.array(localId).exactOptional();

/** A written call of `scripts/`, with some seconds between its steps: what is written once is played in both ways. */
const writtenCall = z.strictObject({
  call: z.string().regex(/^[a-z][a-z-]*$/),
  until: z.string().exactOptional(),
});
const PACE = '0:04';

/** What one side does, and what its debrief has to say: the lines that are different from a careful call. */
const side = z.strictObject({
  steps: z
    .array(z.union([handlerStep, writtenCall]))
    .min(1)
    .max(300)
    .transform((steps) => steps.flatMap((item) => ('call' in item ? stepsOf(item) : [item]))),
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

const CALLS = join(import.meta.dirname, '../scripts');

function stepsOf({ call, until }: z.infer<typeof writtenCall>): readonly HandlerStep[] {
  const read = readWrittenCall(join(CALLS, `${call}.json`));
  if (!read.ok) throw new Error(`${call}: ${read.error.message}`);
  const steps = until === undefined ? read.value.steps : (stepsUntil(read.value, until) ?? []);
  return steps.flatMap((item): readonly HandlerStep[] => {
    if ('hub' in item) return [];
    const { mark: _place, ...done } = item;
    return [{ wait: PACE }, done];
  });
}
