import { type Envelope, parseEnvelope } from '../../shared/events/event.ts';
import { type LanternDatabase } from './database.ts';
import { keptRow, type KeptRow } from './rows.ts';
import { type Sealer } from './sealer.ts';

/** A row that cannot be read, as it was found: bytes as base64, everything else as JSON has it. */
export async function sealDamaged(
  sealer: Sealer,
  stream: string,
  seq: number,
  row: unknown,
): Promise<KeptRow> {
  const plain = (_key: string, value: unknown): unknown =>
    value instanceof Uint8Array ? { base64: btoa(String.fromCodePoint(...value)) } : value;
  const json = JSON.stringify(row, plain) ?? 'null';
  return { stream, seq, ...(await sealer.seal(json, ['damaged', stream, seq])) };
}

async function sealFork(sealer: Sealer, event: Envelope): Promise<KeptRow> {
  const { stream, seq } = event;
  return { stream, seq, ...(await sealer.seal(JSON.stringify(event), ['fork', stream, seq])) };
}

/** Boxes for those of the events that are not kept as a fork yet. */
export async function freshForks(
  database: LanternDatabase,
  sealer: Sealer,
  events: readonly Envelope[],
): Promise<KeptRow[]> {
  const fresh: KeptRow[] = [];
  for (const event of events) {
    const there = await database.forks.where('[stream+seq]').equals([event.stream, event.seq]).toArray();
    const opened = await Promise.all(there.map((row) => openFork(sealer, row)));
    if (!opened.some((one) => one?.hash === event.hash)) fresh.push(await sealFork(sealer, event));
  }
  return fresh;
}

/** The event of a fork; undefined when it cannot be read. */
export async function openFork(sealer: Sealer, row: unknown): Promise<Envelope | undefined> {
  const parsed = keptRow.safeParse(row);
  if (!parsed.success) return undefined;
  const { stream, seq } = parsed.data;
  const opened = await sealer.open(parsed.data, ['fork', stream, seq]);
  const event = opened.kind === 'open' ? parseEnvelope(JSON.parse(opened.text)) : undefined;
  return event?.ok === true ? event.value : undefined;
}
