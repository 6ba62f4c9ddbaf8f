import { z } from 'zod';
import { closingOf } from '../call/facts.ts';
import { type Picture } from '../call/picture.ts';
import { owedIn } from '../call/work.ts';
import { type Envelope } from '../events/event.ts';
import { callId, sha256Hex, type Sha256Hex, streamId } from '../ids.ts';
import { type UtcMs } from '../time.ts';

/**
 * PURGE: the local copies of a call that is over and that the hub has are taken off this PC after the time that policy
 * sets (storage limitation, UK GDPR 5(1)(e)). Its numbers stay taken for ever: what was purged is remembered as runs of
 * numbers with the hash of each run's last event, so that the chain on either side is still provable, a purged number is
 * never taken for a lost one, and no other copy brings it back.
 */
export const purgedRun = z.strictObject({
  from: z.int().min(1),
  to: z.int().min(1),
  /** Of event `to`. Absent where it rests under a key that is not held. */
  hash: sha256Hex.exactOptional(),
});
export type PurgedRun = z.infer<typeof purgedRun>;

/** Purged runs of one stream: in order, apart from each other. */
export const purgedStream = z.strictObject({ stream: streamId, runs: z.array(purgedRun) });
export type PurgedStream = z.infer<typeof purgedStream>;

/** So many calls are purged together: each file of the journal is then written anew once for all of them. */
export const MAX_PURGED_AT_ONCE = 50;

/** One call and every number that this PC's own streams hold of it. */
export const purgeCall = z.strictObject({
  call: callId,
  streams: z.array(purgedStream.extend({ runs: z.array(purgedRun).min(1) })).min(1),
});
export type PurgeCall = z.infer<typeof purgeCall>;

/** Both together, in order; runs that touch become one. */
export function joinRuns(known: readonly PurgedRun[], more: readonly PurgedRun[]): readonly PurgedRun[] {
  const joined: PurgedRun[] = [];
  for (const run of [...known, ...more].toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const before = joined.at(-1);
    if (before === undefined || before.to + 1 < run.from) joined.push(run);
    else joined[joined.length - 1] = longer(before, run);
  }
  return joined;
}

/** One run for two that touch: it ends where the later one ends. */
function longer(a: PurgedRun, b: PurgedRun): PurgedRun {
  const later = b.to > a.to || (b.to === a.to && a.hash === undefined) ? b : a;
  return { ...later, from: Math.min(a.from, b.from) };
}

export const isPurged = (runs: readonly PurgedRun[], seq: number): boolean =>
  runs.some(({ from, to }) => from <= seq && seq <= to);

/** The hash of event `seq` if it was the last one of a purged run. */
export const purgedHash = (runs: readonly PurgedRun[], seq: number): Sha256Hex | undefined =>
  runs.find(({ to }) => to === seq)?.hash;

/** The parts of [first, last] runs that were not purged. */
export function unpurged(
  numbers: readonly (readonly [number, number])[],
  runs: readonly PurgedRun[],
): [number, number][] {
  return numbers.flatMap(([first, last]) => {
    const left: [number, number][] = [];
    let at = first;
    for (const { from, to } of runs) {
      if (to < at || from > last) continue;
      if (from > at) left.push([at, from - 1]);
      at = to + 1;
    }
    if (at <= last) left.push([at, last]);
    return left;
  });
}

/** The numbers of events, stream by stream, as runs. */
export function runsOf(events: readonly Pick<Envelope, 'stream' | 'seq' | 'hash'>[]): PurgedStream[] {
  const byStream = Map.groupBy(events, ({ stream }) => stream);
  return [...byStream].map(([stream, of]) => ({
    stream,
    runs: [
      ...joinRuns(
        [],
        of.map(({ seq, hash }) => ({ from: seq, to: seq, hash })),
      ),
    ],
  }));
}

/** A call as its local copies give it. */
export interface PurgeCandidate {
  readonly picture: Picture;
  /** What is kept of it here: this PC's own events, and copies of other desks'. */
  readonly stored: readonly Envelope[];
  /** Some of it cannot be read or understood by this Lantern, which therefore cannot judge it. */
  readonly isWhole: boolean;
  /** How far the hub has one of this PC's own streams; undefined for another desk's. */
  readonly acked: (stream: Envelope['stream']) => number | undefined;
}

export type KeptBecause = 'notWhole' | 'open' | 'owed' | 'unsent' | 'recent';

/**
 * Why a call stays on this PC, or nothing: then it may be purged. What is open, owed to anybody, unsent or not understood
 * stays however old it is. `now` is the hub's time; age counts from the newest thing in the call, a late note included.
 */
export function whyKept(
  { picture, stored, isWhole, acked }: PurgeCandidate,
  now: UtcMs,
  afterMs: number,
): KeptBecause | undefined {
  if (!isWhole || stored.length === 0) return 'notWhole';
  if (closingOf(picture) === undefined) return 'open';
  if (owedIn(picture).length > 0) return 'owed';
  if (stored.some(({ stream, seq }) => seq > (acked(stream) ?? seq))) return 'unsent';
  return stored.some(({ at }) => at > now - afterMs) ? 'recent' : undefined;
}
