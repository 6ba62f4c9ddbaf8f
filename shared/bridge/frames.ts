import { z } from 'zod';
import { problemOf, problemSchema, type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';

/** What crosses between the window and the main process. The same four frames over IPC and over the WebSocket. */
export const BRIDGE_VERSION = 1;

const base = { v: z.literal(BRIDGE_VERSION) };
const id = z.int().min(1);

/** A typed failure. `retryAfterMs` is set when the other side said when to try again. */
export const fault = problemSchema.extend({ retryAfterMs: z.int().min(0).optional() });
export type Fault = z.infer<typeof fault>;

export const frame = z.discriminatedUnion('kind', [
  z.strictObject({ ...base, kind: z.literal('call'), id, method: z.string().max(80), input: z.unknown() }),
  z.strictObject({ ...base, kind: z.literal('reply'), id, output: z.unknown() }),
  z.strictObject({ ...base, kind: z.literal('fault'), id, fault }),
  z.strictObject({ ...base, kind: z.literal('event'), name: z.string().max(80), payload: z.unknown() }),
]);
export type Frame = z.infer<typeof frame>;

/** Reads an untrusted value as a frame. */
export function parseFrame(input: unknown): Result<Frame, Problem> {
  const parsed = frame.safeParse(input);
  return parsed.success ? ok(parsed.data) : err(problemOf('bridge.badFrame', parsed.error));
}
