import { type Envelope, understand } from '../../../shared/events/event.ts';
import { type CallId } from '../../../shared/ids.ts';
import { type Clock, type Timers } from '../../../shared/time.ts';
import { advance } from '../../../shared/training/caller/caller.ts';
import { type RunEntry } from '../../../shared/training/caller/entries.ts';
import { type CallerInput } from '../../../shared/training/caller/state.ts';
import { hintsAt } from '../../../shared/training/caller/hints.ts';
import { type Running } from './running.ts';

/** How often the caller is told the time, in ms. */
const TICK_MS = 250;

export interface ConductorOptions {
  readonly running: Running;
  readonly clock: Clock;
  readonly timers: Timers;
  /** What an entry does to the practice desk: an inject, a rewind. */
  readonly act: (entry: RunEntry, conductor: Conductor) => void;
  /** After every step that changed something. */
  readonly changed: (running: Running) => void;
}

/** One practice while it goes on: feeds the caller, keeps both logs, and tells what changed. */
export interface Conductor {
  readonly now: () => Running;
  take(input: CallerInput): void;
  /** Events as they were kept on this PC, of whatever call. */
  heard(events: readonly Envelope[]): void;
  /** This call answers the practice. Up to and with `repeatedUpTo` its events repeat what a rewind kept. */
  attach(call: CallId, repeatedUpTo: number): void;
  update(change: (running: Running) => Running): void;
  stopTicking(): void;
}

export function conduct({ running: first, clock, timers, act, changed }: ConductorOptions): Conductor {
  let running = first;
  /** Events of calls that nobody has named yet: a call is named just after it was begun. */
  let unnamed: readonly Envelope[] = [];
  let cancel = (): void => undefined;

  function set(next: Running): void {
    running = next;
    changed(running);
  }

  function take(input: CallerInput): void {
    const { state, entries } = advance(running.attempt.script, running.caller, input);
    const isMute = entries.length === 0 && input.kind === 'tick';
    const marks = { ...running.marks };
    for (const entry of entries)
      if (entry.kind === 'checkpoint') marks[entry.id] = { at: entry.at, events: running.count };
    running = {
      ...running,
      caller: state,
      marks,
      attempt: { ...running.attempt, run: [...running.attempt.run, ...entries] },
    };
    for (const entry of entries) act(entry, conductor);
    if (!isMute) changed(running);
  }

  /** Made before a checkpoint, kept on the disk after it: it belongs before it, as in the debrief. */
  function marksWith(event: Envelope, isRepeated: boolean): Running['marks'] {
    const { marks, count } = running;
    return Object.fromEntries(
      Object.entries(marks).map(([id, mark]) => [
        id,
        !isRepeated && event.at <= mark.at ? { ...mark, events: count + 1 } : mark,
      ]),
    );
  }

  function hear(event: Envelope, isRepeated: boolean): void {
    const { stream, seq } = event;
    const last = { stream, seq };
    running = { ...running, count: running.count + 1, last, marks: marksWith(event, isRepeated) };
    if (isRepeated) return;
    running = {
      ...running,
      attempt: { ...running.attempt, events: [...running.attempt.events, event] },
    };
    const known = understand(event);
    if (known.ok) take({ kind: 'event', event: known.value });
  }

  function tick(): void {
    const { caller, attempt } = running;
    if (caller.status === 'stopped') return;
    const at = clock.now();
    if (caller.status !== 'waiting' && caller.pausedAt === undefined) {
      take({ kind: 'tick', at });
      const hint =
        attempt.mode === 'coached'
          ? hintsAt(attempt.script, running.caller).find(({ text }) => !wasHinted(attempt.run, text))
          : undefined;
      if (hint !== undefined) take({ kind: 'hint', at, text: hint.text });
    }
    cancel = timers.after(TICK_MS, tick);
  }
  cancel = timers.after(TICK_MS, tick);

  const conductor: Conductor = {
    now: () => running,
    take,
    heard(events) {
      for (const event of events) {
        if (event.call === running.current) hear(event, event.seq <= running.repeatedUpTo);
        else unnamed = [...unnamed, event].slice(-2_000);
      }
    },
    attach(call, repeatedUpTo) {
      const { attempt } = running;
      running = {
        ...running,
        current: call,
        repeatedUpTo,
        count: 0,
        attempt: { ...attempt, call: attempt.call ?? call },
      };
      const waiting = unnamed.filter((event) => event.call === call);
      unnamed = [];
      for (const event of waiting) hear(event, event.seq <= repeatedUpTo);
      changed(running);
    },
    update: (change) => set(change(running)),
    stopTicking: () => cancel(),
  };
  return conductor;
}

const wasHinted = (run: readonly RunEntry[], text: string): boolean =>
  run.some((entry) => entry.kind === 'hinted' && entry.text === text);
