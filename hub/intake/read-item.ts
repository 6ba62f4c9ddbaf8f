import { canonicalJson } from '../../shared/canonical.ts';
import { type Envelope, hashOf, parseEnvelope, understand } from '../../shared/events/event.ts';
import { type Digest, type Sha256Hex, type StreamId } from '../../shared/ids.ts';
import { type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** An item that is an event, of a type this hub knows or not. `text` is its canonical JSON: what is stored. */
export interface EventItem {
  readonly kind: 'event';
  readonly seq: number;
  readonly event: Envelope;
  readonly text: string;
  /** What its hash should be. */
  readonly rightHash: Sha256Hex;
  readonly known: boolean;
}

/** An item that is not: it goes to quarantine as it came. */
interface JunkItem {
  readonly kind: 'junk';
  readonly seq: number;
  readonly problem: Problem;
}
export type Item = EventItem | JunkItem;

/** Deeper than any event; shallow enough for recursive code. */
const MAX_DEPTH = 64;

/** Reads item number `seq` of a batch for `stream`. Never throws on input. */
export async function readItem(input: unknown, stream: StreamId, seq: number, digest: Digest): Promise<Item> {
  const read = readEvent(input, stream, seq);
  if (!read.ok) return { kind: 'junk', seq, problem: read.error };
  const { event, text, known } = read.value;
  return { kind: 'event', seq, event, text, known, rightHash: await hashOf(event, digest) };
}

const bad = (field: string, message: string): Result<never, Problem> =>
  err({ code: 'event.malformed', field, message });

function readEvent(
  input: unknown,
  stream: StreamId,
  seq: number,
): Result<{ event: Envelope; text: string; known: boolean }, Problem> {
  const unstorable = whyUnstorable(input);
  if (unstorable !== undefined) return bad('(whole)', unstorable);
  const parsed = parseEnvelope(input);
  if (!parsed.ok) return parsed;
  const event = parsed.value;
  if (event.stream !== stream) return bad('stream', 'is not the stream it was sent to');
  if (event.seq !== seq) return bad('seq', 'is not the number of its place in the batch');
  const text = canonicalJson(event);
  if (text !== canonicalJson(input)) return bad('data', 'has a field that cannot be kept');
  const understood = understand(event);
  if (!understood.ok && understood.error.reason === 'malformed') return err(understood.error.problem);
  return ok({ event, text, known: understood.ok });
}

/** What canonical JSON cannot hold. Walks without recursion. */
function whyUnstorable(input: unknown): string | undefined {
  const waiting: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    if (depth > MAX_DEPTH) return 'is nested too deeply';
    if (typeof value === 'string' && !value.isWellFormed()) return 'has text that is not valid Unicode';
    if (typeof value === 'number' && !Number.isFinite(value)) return 'has a number that is too large';
    if (typeof value !== 'object' || value === null) continue;
    for (const held of Object.values(value)) waiting.push({ value: held, depth: depth + 1 });
  }
  return undefined;
}
