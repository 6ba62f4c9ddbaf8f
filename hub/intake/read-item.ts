import { canonicalJson } from '../../shared/canonical.ts';
import { type Envelope, parseJsonEnvelope, understand } from '../../shared/events/event.ts';
import { type Digest, type Sha256Hex, type StreamId } from '../../shared/ids.ts';
import { type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { lostItem } from '../../shared/sync/protocol.ts';

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
/** A number whose event the desk has lost, in its own words: see `lostItem`. */
interface LostNumber {
  readonly kind: 'lost';
  readonly seq: number;
}
export type Item = EventItem | JunkItem | LostNumber;

/** How an author is named in a set. JSON, so that no two are the same text. */
export const authorKey = ({ id, role }: { readonly id: string; readonly role: string }): string =>
  JSON.stringify([role, id]);

/** Deeper than any event; shallow enough for recursive code. */
const MAX_DEPTH = 64;

/** Reads item number `seq` of a batch for `stream`. `input` is what JSON.parse gave. Never throws on input. */
export async function readItem(input: unknown, stream: StreamId, seq: number, digest: Digest): Promise<Item> {
  const read = readEvent(input, stream, seq);
  if (!read.ok) {
    const lost = lostItem.safeParse(input);
    const isLost = lost.success && lost.data.stream === stream && lost.data.seq === seq;
    return isLost ? { kind: 'lost', seq } : { kind: 'junk', seq, problem: read.error };
  }
  const { event, text, known } = read.value;
  return { kind: 'event', seq, event, text, known, rightHash: await digest(withoutHash(text, event)) };
}

const bad = (field: string, message: string): Result<never, Problem> =>
  err({ code: 'event.malformed', field, message });

function readEvent(
  input: unknown,
  stream: StreamId,
  seq: number,
): Result<{ event: Envelope; text: string; known: boolean }, Problem> {
  const unstorable = whyUnstorable(input, 0);
  if (unstorable !== undefined) return err(unstorable);
  const parsed = parseJsonEnvelope(input);
  if (!parsed.ok) return parsed;
  const event = parsed.value;
  if (event.stream !== stream) return bad('stream', 'is not the stream it was sent to');
  if (event.seq !== seq) return bad('seq', 'is not the number of its place in the batch');
  const understood = understand(event);
  if (!understood.ok && understood.error.reason === 'malformed') return err(understood.error.problem);
  return ok({ event, text: canonicalJson(event), known: understood.ok });
}

/**
 * The canonical text that the hash is made from, cut out of the whole one: the same bytes as canonical JSON of the
 * event without its hash, at a fraction of the work. The keys are sorted, so only `prev`, `seq`, `stream` and `type`
 * stand behind the hash, each of a length we know; nothing in `data` can be mistaken for it.
 */
function withoutHash(text: string, event: Envelope): string {
  const { hash, prev, seq, stream, type } = event;
  const behind = `"prev":"${prev}","seq":${seq},"stream":"${stream}","type":${JSON.stringify(type)}}`;
  const end = text.length - behind.length;
  return text.slice(0, end - `"hash":"${hash}",`.length) + text.slice(end);
}

/** What canonical JSON, or JavaScript, cannot hold. Goes no deeper than MAX_DEPTH. */
function whyUnstorable(value: unknown, depth: number): Problem | undefined {
  const problem = (field: string, message: string): Problem => ({ code: 'event.malformed', field, message });
  if (typeof value === 'string')
    return value.isWellFormed() ? undefined : problem('(whole)', 'has text that is not valid Unicode');
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : problem('(whole)', 'has a number that is too large');
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return problem('(whole)', 'is nested too deeply');
  for (const key of Object.keys(value)) {
    // JSON.parse keeps it as an ordinary key; copies of the object would lose it.
    if (key === '__proto__') return problem('data', 'has a field that cannot be kept');
    const why = whyUnstorable((value as Readonly<Record<string, unknown>>)[key], depth + 1);
    if (why !== undefined) return why;
  }
  return undefined;
}
