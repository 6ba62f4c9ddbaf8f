import { type ChainFault, type Head, EMPTY_HEAD, checkLink } from '../shared/events/chain.ts';
import { parseEnvelope } from '../shared/events/event.ts';
import { type StreamId } from '../shared/ids.ts';
import { jsonOf } from '../shared/json.ts';
import { type Pool } from './db/pool.ts';
import { readPromises, readStreamTexts } from './db/stream-rows.ts';
import { nodeDigest } from './digest.ts';

/**
 * `unreadable`: the stored text of an event is no longer that event. `missing`: a receipt was given for this number and
 * nothing is stored from it on. `notAsReceipted`: the event is not the one its receipt names.
 */
type StoredFault =
  ChainFault | { readonly kind: 'unreadable' | 'missing' | 'notAsReceipted'; readonly seq: number };

export interface StreamReport {
  readonly stream: StreamId;
  readonly events: number;
  readonly quarantined: number;
  readonly faults: readonly StoredFault[];
}

const PAGE = 1_000;

/**
 * Checks a stream's hash chain again from the stored rows, page by page. A number that is in quarantine instead of
 * the events is not a gap: the link across it cannot be checked.
 */
export async function verifyStream(pool: Pool, stream: StreamId): Promise<StreamReport> {
  const { rows } = await pool.query<{ seq: number }>(
    'SELECT DISTINCT seq FROM quarantine WHERE stream = $1 ORDER BY seq',
    [stream],
  );
  const quarantined = new Set(rows.map((row) => row.seq));
  const faults: StoredFault[] = [];
  let head = EMPTY_HEAD;
  let events = 0;
  for (;;) {
    const page = await readStreamTexts(pool, stream, head.seq, PAGE);
    for (const { seq, event: text } of page) {
      const parsed = parseEnvelope(jsonOf(text));
      events += 1;
      if (!parsed.ok || parsed.value.stream !== stream || parsed.value.seq !== seq) {
        faults.push({ kind: 'unreadable', seq });
        head = { seq, hash: '' };
        continue;
      }
      const event = parsed.value;
      const fault = await checkLink(across(head, event, quarantined), event, nodeDigest);
      if (fault !== undefined) faults.push(fault);
      head = { seq, hash: event.hash };
    }
    if (page.length < PAGE) break;
  }
  faults.push(...(await againstReceipts(pool, stream, Math.max(head.seq, ...quarantined))));
  return { stream, events, quarantined: quarantined.size, faults };
}

/** A chain that was cut at its end, or written anew as a whole, is whole in itself: receipts were given for another. */
async function againstReceipts(pool: Pool, stream: StreamId, last: number): Promise<StoredFault[]> {
  const { promised, differing } = await readPromises(pool, stream);
  const faults: StoredFault[] = differing.map((seq) => ({ kind: 'notAsReceipted', seq }));
  if (promised > last) faults.push({ kind: 'missing', seq: last + 1 });
  return faults;
}

/** Every stream, in order of id. */
export async function verifyAllStreams(pool: Pool): Promise<StreamReport[]> {
  const { rows } = await pool.query<{ stream: StreamId }>('SELECT stream FROM streams ORDER BY stream');
  const reports: StreamReport[] = [];
  for (const { stream } of rows) reports.push(await verifyStream(pool, stream));
  return reports;
}

/** One line a person can read. */
export const describeReport = ({ stream, events, quarantined, faults }: StreamReport): string =>
  `${stream}: ${events} events, ${quarantined} quarantined, ` +
  (faults.length === 0
    ? 'chain whole'
    : `faults: ${faults.map((fault) => `${fault.kind} at ${fault.seq}`).join(', ')}`);

/** The head as this event should see it when everything between was quarantined. */
function across(head: Head, event: { seq: number; prev: string }, quarantined: ReadonlySet<number>): Head {
  for (let seq = head.seq + 1; seq < event.seq; seq++) if (!quarantined.has(seq)) return head;
  return event.seq === head.seq + 1 ? head : { seq: event.seq - 1, hash: event.prev };
}
