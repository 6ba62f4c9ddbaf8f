import { type About } from '../../shared/boxes/box.ts';
import { EMPTY_HEAD, type Head } from '../../shared/events/chain.ts';
import { type Envelope, parseEnvelope, parseJsonEnvelope } from '../../shared/events/event.ts';
import { sha256Hex } from '../../shared/ids.ts';
import { problemOf, type Problem } from '../../shared/problem.ts';
import { type Result } from '../../shared/result.ts';
import { type Receipt, receipt } from '../../shared/sync/protocol.ts';
import { eventRow, type EventRow, receiptRow, type ReceiptRow, type StoredStream } from './rows.ts';
import { type Sealer } from './sealer.ts';

/** What came of opening a row. `locked`: kept under a key that could not be opened on this PC. */
export type OpenedRow =
  | { readonly kind: 'event'; readonly event: Envelope }
  | { readonly kind: 'locked' }
  | { readonly kind: 'broken'; readonly problem: Problem };

const aboutEvent = ({ stream, seq }: Pick<Envelope, 'stream' | 'seq'>): About => ['event', stream, seq];

export async function sealEvent(sealer: Sealer, event: Envelope): Promise<EventRow> {
  const { stream, seq, call } = event;
  return { stream, seq, call, ...(await sealer.seal(JSON.stringify(event), aboutEvent(event))) };
}

/** A row of either version as if somebody hostile had written it. */
export async function openEvent(sealer: Sealer, row: unknown): Promise<OpenedRow> {
  const isBox = typeof row === 'object' && row !== null && 'box' in row;
  if (!isBox) return outcomeOf(parseEnvelope(row));
  const parsed = eventRow.safeParse(row);
  if (!parsed.success) return { kind: 'broken', problem: problemOf('event.malformed', parsed.error) };
  const opened = await sealer.open(parsed.data, aboutEvent(parsed.data));
  if (opened.kind === 'locked') return opened;
  if (opened.kind === 'broken') return { kind: 'broken', problem: notThere('box') };
  const found = outcomeOf(parseJsonEnvelope(JSON.parse(opened.text)));
  if (found.kind !== 'event') return found;
  const { stream, seq, call } = found.event;
  const isHere = stream === parsed.data.stream && seq === parsed.data.seq && call === parsed.data.call;
  return isHere ? found : { kind: 'broken', problem: notThere('call') };
}

const notThere = (field: string): Problem => ({
  code: 'event.malformed',
  field,
  message: 'is not what was put there',
});

function outcomeOf(event: Result<Envelope, Problem>): OpenedRow {
  return event.ok ? { kind: 'event', event: event.value } : { kind: 'broken', problem: event.error };
}

/** The end of a stream, as its row keeps it. */
export async function openHead(sealer: Sealer, row: StoredStream): Promise<Head | 'locked' | 'broken'> {
  const { stream, seq, key, box, hash } = row;
  if (hash !== undefined) return { seq, hash };
  if (key === undefined || box === undefined) return seq === 0 ? EMPTY_HEAD : 'broken';
  const opened = await sealer.open({ key, box }, ['head', stream, seq]);
  if (opened.kind !== 'open') return opened.kind;
  const found = sha256Hex.safeParse(JSON.parse(opened.text));
  return found.success ? { seq, hash: found.data } : 'broken';
}

/** What of a stream's row changes when its end moves. */
export async function sealHead(
  sealer: Sealer,
  stream: string,
  { seq, hash }: Head,
): Promise<Pick<StoredStream, 'seq' | 'key' | 'box'>> {
  return { seq, ...(await sealer.seal(JSON.stringify(hash), ['head', stream, seq])) };
}

export async function sealReceipt(sealer: Sealer, given: Receipt): Promise<ReceiptRow> {
  const { n, stream } = given;
  return { n, stream, ...(await sealer.seal(JSON.stringify(given), ['receipt', n])) };
}

/** The receipt of a row of either version; undefined when it cannot be read. */
export async function openReceipt(sealer: Sealer, row: unknown): Promise<Receipt | undefined> {
  const parsed = receiptRow.safeParse(row);
  if (!parsed.success) return receipt.safeParse(row).data;
  const opened = await sealer.open(parsed.data, ['receipt', parsed.data.n]);
  return opened.kind === 'open' ? receipt.safeParse(JSON.parse(opened.text)).data : undefined;
}
