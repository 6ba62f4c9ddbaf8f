import { type Moment } from '../script/moment.ts';
import { type TrainingScript } from '../script/schema.ts';
import { msOf } from '../script/values.ts';
import { firstSeen } from './seen.ts';
import { type CallerState, UNTIL_A_LINE } from './state.ts';

/** Something that is to be said or to happen, and the call's time for it. */
export type Due =
  | { readonly what: 'line'; readonly id: string; readonly callMs: number }
  | { readonly what: 'event' | 'inject'; readonly id: string; readonly callMs: number };

interface Timed {
  readonly id: string;
  readonly when?: Moment;
  readonly delay?: string;
  readonly unless?: Moment;
}

/** The call's time at which a moment comes; nothing while nobody can know. */
export function momentMs(moment: Moment, state: CallerState): number | undefined {
  if (moment.clock !== undefined) return msOf(moment.clock);
  if (moment.quiet !== undefined) return quietSince(state) + msOf(moment.quiet);
  return firstSeen(moment, state.seen);
}

/** Since when nobody has spoken and nothing was recorded. */
export const quietSince = (state: CallerState): number =>
  Math.max(state.lastActivityMs, state.speakingUntilMs);

/** The next thing that comes by itself, by time and then by its place in the script. */
export function nextDue(script: TrainingScript, state: CallerState): Due | undefined {
  const all = [...queued(state), ...events(script, state), ...lines(script, state)];
  return all.toSorted((a, b) => a.callMs - b.callMs)[0];
}

function queued(state: CallerState): readonly Due[] {
  const [id] = state.queue;
  return id === undefined ? [] : [{ what: 'line', id, callMs: speakableFrom(state, 0) }];
}

function events(script: TrainingScript, state: CallerState): readonly Due[] {
  const due = (what: 'event' | 'inject', list: readonly Timed[] = []): readonly Due[] =>
    list.flatMap((item) => {
      const callMs = dueMs(item, state, `happened:${item.id}`);
      return callMs === undefined ? [] : [{ what, id: item.id, callMs: Math.max(callMs, state.nowMs) }];
    });
  return [...due('event', script.events), ...due('inject', script.injects)];
}

function lines(script: TrainingScript, state: CallerState): readonly Due[] {
  const unasked = (script.saidUnasked ?? []).map((line): Timed =>
    line.when === undefined ? { ...line, when: { clock: '0:00' } } : line,
  );
  const canTalk = state.isLineOpen && state.status === 'talking';
  const due = (list: readonly Timed[], from: (callMs: number) => number): readonly Due[] =>
    list.flatMap((line) => {
      const callMs = dueMs(line, state, `said:${line.id}`);
      return callMs === undefined ? [] : [{ what: 'line', id: line.id, callMs: from(callMs) }];
    });
  return [
    ...(canTalk ? due(unasked, (callMs) => speakableFrom(state, callMs)) : []),
    ...due(script.otherVoices ?? [], (callMs) => Math.max(callMs, state.nowMs, state.speakingUntilMs)),
  ];
}

/** Nobody speaks over what is being said, nor in a silence that has an end. */
const speakableFrom = (state: CallerState, callMs: number): number =>
  Math.max(
    callMs,
    state.nowMs,
    state.speakingUntilMs,
    state.silentUntilMs === UNTIL_A_LINE ? 0 : state.silentUntilMs,
  );

function dueMs(item: Timed, state: CallerState, key: string): number | undefined {
  if (item.when === undefined || state.seen[key] !== undefined) return undefined;
  if (item.unless !== undefined && firstSeen(item.unless, state.seen) !== undefined) return undefined;
  const base = momentMs(item.when, state);
  return base === undefined ? undefined : base + (item.delay === undefined ? 0 : msOf(item.delay));
}
