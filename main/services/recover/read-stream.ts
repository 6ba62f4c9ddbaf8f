import { join } from 'node:path';
import { type ChainFault, EMPTY_HEAD, type Head, verifyChain } from '../../../shared/events/chain.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { type Digest, type StreamId } from '../../../shared/ids.ts';
import { isPurged, purgedHash, type PurgedRun, unpurged } from '../../../shared/sync/purge.ts';
import { type Disk } from '../../ports/disk.ts';
import { causeOf } from '../../ports/log.ts';
import { readAcked } from '../journal/acked.ts';
import { openLine, placeOf } from '../journal/event-line.ts';
import { logName, missingRuns, segmentNumbers } from '../journal/segment.ts';
import { decodeLines } from '../lines.ts';
import { type Vault } from '../vault/vault.ts';

/** A line of a journal file, counted from 1. */
export interface LineName {
  readonly file: string;
  readonly line: number;
}

/** What a stream's folder holds, as it lies there: nothing is mended. */
export interface StreamFound {
  readonly stream: StreamId;
  /** In order of seq. */
  readonly events: readonly Envelope[];
  /** Numbers that no line holds, [first, last] each: gaps, and what the hub acknowledged after the last one here. */
  readonly missing: readonly (readonly [number, number])[];
  /** Taken off this PC after the hub had them: not missing. */
  readonly purged: readonly PurgedRun[];
  /** Numbers that are here under a key that could not be opened. */
  readonly locked: readonly number[];
  readonly damaged: readonly LineName[];
  /** Files that end in half a line: a write that was never confirmed. */
  readonly torn: readonly string[];
  /** Files the disk did not give, with its error code. */
  readonly unreadable: readonly string[];
  /** Events of a write that was never confirmed, written again by a later line. */
  readonly superseded: number;
  readonly chain: readonly ChainFault[];
  /** The last number the hub is known here to have. 0: none known. */
  readonly acked: number;
}

interface Gathered {
  readonly events: Map<number, Envelope>;
  readonly locked: Set<number>;
  readonly damaged: LineName[];
  readonly torn: string[];
  superseded: number;
}

/** Reads every file of a stream through, in order. Rejects only when the stream's folder itself cannot be listed. */
export async function readStream(
  journal: string,
  stream: StreamId,
  disk: Disk,
  vault: Pick<Vault, 'open'>,
  digest: Digest,
  purged: readonly PurgedRun[] = [],
): Promise<StreamFound> {
  const gathered: Gathered = {
    events: new Map(),
    locked: new Set(),
    damaged: [],
    torn: [],
    superseded: 0,
  };
  const unreadable: string[] = [];
  const folder = join(journal, stream);
  for (const file of segmentNumbers(await disk.list(folder)).map(logName)) {
    const bytes = await disk.read(join(folder, file)).catch((error: unknown) => causeOf(error));
    if (typeof bytes === 'object') gather(gathered, stream, file, bytes, vault);
    else unreadable.push(`${file} (${bytes ?? 'ENOENT'})`);
  }
  const all = [...gathered.events.values()].toSorted((a, b) => a.seq - b.seq);
  // A line that a crash left behind its purge is purged all the same.
  const events = all.filter(({ seq }) => !isPurged(purged, seq));
  const locked = [...gathered.locked].toSorted((a, b) => a - b);
  // Unreadable counts as none, as it does for the desk: then everything may be unsent.
  const { acked } = await readAcked(disk, journal, stream).catch(() => ({ acked: 0 }));
  const here = [...events.map(({ seq }) => seq), ...locked].toSorted((a, b) => a - b);
  const end = Math.max(acked, here.at(-1) ?? 0) + 1;
  const holes = missingRuns(
    [...here, end].map((seq) => ({ seq })),
    0,
  );
  const missing = unpurged(holes, purged);
  const { damaged, torn, superseded } = gathered;
  const chain = await chainOf(events, purged, digest);
  return { stream, events, missing, purged, locked, damaged, torn, unreadable, superseded, chain, acked };
}

/** The chain goes on over what was purged: by the hash of its last event, where that can be read. */
async function chainOf(
  events: readonly Envelope[],
  purged: readonly PurgedRun[],
  digest: Digest,
): Promise<ChainFault[]> {
  const faults: ChainFault[] = [];
  let head: Head = EMPTY_HEAD;
  for (const event of events) {
    const before = event.seq - 1;
    const wasPurged = before > head.seq && unpurged([[head.seq + 1, before]], purged).length === 0;
    if (wasPurged) head = { seq: before, hash: purgedHash(purged, before) ?? event.prev };
    faults.push(...(await verifyChain([event], digest, head)));
    head = { seq: event.seq, hash: event.hash };
  }
  return faults;
}

function gather(
  into: Gathered,
  stream: StreamId,
  file: string,
  bytes: Uint8Array,
  vault: Pick<Vault, 'open'>,
) {
  for (const [index, { value, offset, length }] of decodeLines(bytes).entries()) {
    const name = { file, line: index + 1 };
    if (value === undefined && bytes[offset + length - 1] !== LINE_FEED) {
      into.torn.push(file);
      continue;
    }
    const place = placeOf(value);
    const opened = place?.stream === stream ? openLine(vault, value) : undefined;
    if (place !== undefined && opened?.kind === 'locked') into.locked.add(place.seq);
    else if (opened?.kind === 'event') keep(into, opened.event);
    else into.damaged.push(name);
  }
}

/**
 * The journal's own rule: a later line counts, and what came after the line it replaces was never confirmed. The same
 * event twice replaces nothing.
 */
function keep(into: Gathered, event: Envelope): void {
  into.locked.delete(event.seq);
  const before = into.events.get(event.seq);
  if (before?.hash === event.hash) return;
  if (before !== undefined) {
    for (const seq of [...into.events.keys()].filter((one) => one >= event.seq)) {
      into.events.delete(seq);
      into.superseded += 1;
    }
  }
  into.events.set(event.seq, event);
}

const LINE_FEED = 0x0a;
