import { type CallId, type DeskId, type StreamId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { CODES, PROTOCOL_VERSION, type PushResponse } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { sha256 } from '../digest.ts';
import { refusing, type Refusing } from '../refused.ts';
import { type ClockLimits, decide, type Decision } from './decide.ts';
import { asIfContinuing } from './plain-case.ts';
import { type EventItem, type Item } from './read-item.ts';
import { type IntakeStore, type QuarantineRow } from './store.ts';

/** A batch that has been read: its items in order, the first being number `from`. */
export interface Batch {
  readonly stream: StreamId;
  readonly desk: DeskId;
  readonly from: number;
  /** What the desk's clock said as it sent, if it told. */
  readonly deskClock?: UtcMs | undefined;
  readonly items: readonly Item[];
  /** Authors who have not signed in at the desk (`authorKey`); absent where nobody signs in. */
  readonly strangers?: ReadonlySet<string> | undefined;
  /** Source text of every item. Called only when something must be quarantined. */
  readonly sources: () => readonly string[];
}

export interface Taken {
  readonly answer: PushResponse;
  /** Calls that have new events. */
  readonly calls: readonly CallId[];
}

/**
 * Stores a batch and answers after COMMIT: what is in the answer is on the database's disk. The same batch again
 * changes nothing and answers with the receipts of the first time. Refuses only a stream that another desk owns.
 */
export async function takeIn(
  store: IntakeStore,
  batch: Batch,
  now: UtcMs,
  clock: ClockLimits,
): Promise<Result<Taken, Refusing>> {
  const plain = await takeInPlain(store, batch, now, clock);
  return plain === undefined ? takeInAny(store, batch, now, clock) : ok(plain);
}

/** Nearly every batch: events alone, the next ones of their stream. Undefined when it is not one of those. */
async function takeInPlain(
  store: IntakeStore,
  batch: Batch,
  now: UtcMs,
  clock: ClockLimits,
): Promise<Taken | undefined> {
  const guess = asIfContinuing(batch);
  if (guess === undefined) return undefined;
  const { stream, desk, from, deskClock, strangers } = batch;
  const { events, flags, fresh } = decide(
    batch.items,
    guess.held,
    { desk, now, deskClock, strangers },
    clock,
  );
  const appended = await store.append({ stream, desk, now, events, quarantine: [], flags, fresh }, guess.at);
  if (appended === undefined) return undefined;
  const to = from + batch.items.length - 1;
  const hash = events.at(-1)?.event.hash ?? null;
  const answer: PushResponse = {
    v: PROTOCOL_VERSION,
    acked: to,
    receipts: [{ n: appended.receipt, stream, from, to, hash, at: now }],
    flagged: flags.toSorted((a, b) => a.seq - b.seq || (a.kind < b.kind ? -1 : 1)),
    quarantined: [],
  };
  return { answer, calls: callsOf(events) };
}

/** Everything else: what is there already, gaps, junk, forks. */
function takeInAny(
  store: IntakeStore,
  batch: Batch,
  now: UtcMs,
  clock: ClockLimits,
): Promise<Result<Taken, Refusing>> {
  return store.transaction(async (tx) => {
    const { stream, desk, from, items, deskClock, strangers } = batch;
    const row = await tx.lockStream(stream, desk);
    if (row.desk !== desk) return err(notYours);
    const to = from + items.length - 1;
    const calls = callsOf(items.filter((item) => item.kind === 'event'));
    const held = await tx.readHeld(stream, from - 1, to + 1, calls);
    const decision = decide(items, held, { desk, now, deskClock, strangers }, clock);
    const { events, flags, fresh } = decision;
    const quarantine = withSources(batch, decision.quarantine);
    const acked = await tx.write({ stream, desk, now, events, quarantine, flags, fresh });
    const answer = { v: PROTOCOL_VERSION, acked, ...(await tx.readSaid(stream, from, to)) } as const;
    return ok({ answer, calls: callsOf(events) });
  });
}

/** Also the answer to whoever reads about a stream that is not theirs. */
export const notYours = refusing(
  403,
  CODES.notYours,
  'stream',
  'belongs to another desk: claim it with the key it was sent with, or ask an administrator to release it',
);

function withSources(batch: Batch, items: Decision['quarantine']): QuarantineRow[] {
  if (items.length === 0) return [];
  const sources = batch.sources();
  return items.map(({ seq, problem }) => {
    const raw = sources[seq - batch.from];
    if (raw === undefined) throw new Error('an item of the batch has no source text');
    return { seq, problem, raw, rawSha256: sha256(raw) };
  });
}

const callsOf = (events: readonly EventItem[]): CallId[] => [
  ...new Set(events.map((item) => item.event.call)),
];
