import { understand, type CallEvent } from '../../events/event.ts';
import { addEvent, EMPTY_PICTURE, type Picture } from '../../call/picture.ts';
import { type UtcMs } from '../../time.ts';
import { type Attempt } from '../attempt/attempt.ts';
import { type RunEntry } from '../caller/entries.ts';
import { keysOf, keysOfMoment } from '../caller/seen.ts';
import { type Moment } from '../script/moment.ts';

export interface TimedEvent {
  readonly event: CallEvent;
  readonly callMs: number;
  readonly undone: boolean;
}
export interface TimedEntry {
  readonly entry: RunEntry;
  readonly undone: boolean;
}

/** Both logs of an attempt on the call's own clock, with what a rewind undid marked. */
export interface AttemptLog {
  readonly events: readonly TimedEvent[];
  readonly entries: readonly TimedEntry[];
  /** What is known at the end, of what still counts. */
  readonly picture: Picture;
  /** The call's time of the last thing in either log. */
  readonly endMs: number;
  /** It was ended by the stop word or the button: what had not come yet was not missed. */
  readonly isStopped: boolean;
  /** Every time at which a moment came, in order. */
  timesOf(moment: Moment): readonly number[];
}

export function readLog({ events, run }: Attempt): AttemptLog {
  const known = events.flatMap((envelope) => {
    const understood = understand(envelope);
    return understood.ok ? [understood.value] : [];
  });
  const callMsAt = clockOf(known, run);
  const rewinds = run.flatMap((entry) =>
    entry.kind === 'rewound' ? [{ at: entry.at, toMs: entry.callMs }] : [],
  );
  const isUndone = (at: UtcMs, callMs: number): boolean =>
    rewinds.some((rewind) => at < rewind.at && callMs > rewind.toMs);
  const timed = known.map((event): TimedEvent => {
    const callMs = callMsAt(event.at);
    return { event, callMs, undone: isUndone(event.at, callMs) };
  });
  const entries = run.map((entry): TimedEntry => ({ entry, undone: isUndone(entry.at, entry.callMs) }));
  const times = timesByKey(timed, entries);
  return {
    events: timed,
    entries,
    picture: timed.reduce(
      (picture, { event, undone }) => (undone ? picture : addEvent(picture, event)),
      EMPTY_PICTURE,
    ),
    endMs: Math.max(0, ...timed.map(({ callMs }) => callMs), ...entries.map(({ entry }) => entry.callMs)),
    isStopped: run.some(({ kind }) => kind === 'stopped'),
    timesOf: (moment) =>
      keysOfMoment(moment)
        .flatMap((key) => times.get(key) ?? [])
        .toSorted((a, b) => a - b),
  };
}

/** The call's own time at a wall time: it begins at the answer, stands still in a pause, and goes back on a rewind. */
function clockOf(events: readonly CallEvent[], run: readonly RunEntry[]): (at: UtcMs) => number {
  const answered = events.find(({ type }) => type === 'call.answered')?.at ?? events[0]?.at ?? 0;
  const steps: { readonly from: UtcMs; readonly zero: UtcMs; readonly stoodAt?: UtcMs }[] = [
    { from: Number.NEGATIVE_INFINITY, zero: answered },
  ];
  for (const entry of run) {
    const last = steps.at(-1);
    if (last === undefined) break;
    if (entry.kind === 'paused') steps.push({ from: entry.at, zero: last.zero, stoodAt: entry.at });
    if (entry.kind === 'resumed') steps.push({ from: entry.at, zero: entry.at - entry.callMs });
    if (entry.kind === 'rewound')
      steps.push({
        from: entry.at,
        zero: entry.at - entry.callMs,
        ...(last.stoodAt === undefined ? {} : { stoodAt: entry.at }),
      });
  }
  return (at) => {
    const step = steps.findLast(({ from }) => from <= at) ?? { zero: answered };
    return Math.max(0, ('stoodAt' in step && step.stoodAt !== undefined ? step.stoodAt : at) - step.zero);
  };
}

function timesByKey(
  events: readonly TimedEvent[],
  entries: readonly TimedEntry[],
): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  const add = (key: string, callMs: number): void => {
    const list = times.get(key) ?? [];
    list.push(callMs);
    times.set(key, list);
  };
  for (const { event, callMs, undone } of events)
    if (!undone) for (const key of keysOf(event)) add(key, callMs);
  for (const { entry, undone } of entries) {
    if (undone) continue;
    if (entry.kind === 'said' && entry.line !== undefined) add(`said:${entry.line}`, entry.callMs);
    if (entry.kind === 'happened' || entry.kind === 'injected') add(`happened:${entry.id}`, entry.callMs);
  }
  return times;
}
