import { z } from 'zod';
import { canonicalJson, json } from '../canonical.ts';
import { callId, deskId, type Digest, sha256Hex, type Sha256Hex, streamId } from '../ids.ts';
import { problemOf, type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { utcMs } from '../time.ts';
import { callEvents } from './call.ts';
import { factEvents } from './facts.ts';
import { overlayEvents } from './overlays.ts';
import { routeEvents } from './route.ts';
import { author } from './vocabulary.ts';

/** Everything that can happen in a call. The machine's events are these, and so are the log's. */
export const happening = z.discriminatedUnion('type', [
  ...callEvents,
  ...factEvents,
  ...routeEvents,
  ...overlayEvents,
]);
export type Happening = z.infer<typeof happening>;
export type HappeningType = Happening['type'];
export const happeningTypes: ReadonlySet<string> = new Set(
  happening.options.map((option) => option.shape.type.value),
);

/** The hash before a stream's first event. */
export const GENESIS: Sha256Hex = '0'.repeat(64);

/**
 * One line of the log. Identity is (stream, seq); `prev` is the hash of the event before it in its stream, and
 * `hash` is SHA-256 over canonical JSON of everything else, so that a gap or an edit can be proved.
 */
export const envelope = z.strictObject({
  stream: streamId,
  seq: z.int().min(1),
  call: callId,
  at: utcMs,
  author,
  desk: deskId,
  /** Version of the clinical content in force. */
  content: z.string().min(1).max(60),
  type: z.string().min(1).max(60),
  data: z.record(z.string(), json),
  prev: sha256Hex,
  hash: sha256Hex,
});
/** A well-formed event whose type this build may or may not know: what the hub and the journal keep. */
export type Envelope = z.infer<typeof envelope>;
/** An event this build understands. */
export type CallEvent = Omit<Envelope, 'type' | 'data'> & Happening;

/**
 * An envelope as it comes out of JSON.parse: whatever is in `data` is JSON then, so that it need not be walked a second
 * time by a schema. Everything else as in `envelope`.
 */
const parsedEnvelope = envelope.extend({
  data: z.custom<Envelope['data']>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  ),
});

/** The same as `parseEnvelope` for what JSON.parse gave, and for nothing else. */
export function parseJsonEnvelope(parsedJson: unknown): Result<Envelope, Problem> {
  const parsed = parsedEnvelope.safeParse(parsedJson);
  return parsed.success ? ok(parsed.data) : err(problemOf('event.malformed', parsed.error));
}

/** Reads an untrusted value as an event of any type. Its hash is not checked here: see `verifyChain`. */
export function parseEnvelope(input: unknown): Result<Envelope, Problem> {
  const parsed = envelope.safeParse(input);
  return parsed.success ? ok(parsed.data) : err(problemOf('event.malformed', parsed.error));
}

/**
 * Narrows an envelope to an event this build understands. A type from a newer build is `unknownType`: it is
 * kept, never dropped. A known type with wrong data is `malformed`.
 */
export function understand(
  input: Envelope,
): Result<CallEvent, { reason: 'unknownType' | 'malformed'; problem: Problem }> {
  if (!happeningTypes.has(input.type)) {
    const problem = {
      code: 'event.unknownType',
      field: 'type',
      message: 'a type of event this version does not know',
    };
    return err({ reason: 'unknownType', problem });
  }
  const parsed = happening.safeParse({ type: input.type, data: input.data });
  if (!parsed.success)
    return err({ reason: 'malformed', problem: problemOf('event.malformed', parsed.error) });
  return ok({ ...input, ...parsed.data });
}

/** What `hash` must be for this event. */
export function hashOf(event: Omit<Envelope, 'hash'>, digest: Digest): Promise<Sha256Hex> {
  const { stream, seq, call, at, author: who, desk, content, type, data, prev } = event;
  return digest(canonicalJson({ stream, seq, call, at, author: who, desk, content, type, data, prev }));
}
