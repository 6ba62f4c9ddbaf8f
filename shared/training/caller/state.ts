import { type CallEvent } from '../../events/event.ts';
import { type UtcMs } from '../../time.ts';
import { type Inject } from '../script/happenings.ts';
import { type LineList } from '../script/schema.ts';
import { type Asking, type RunEntry } from './entries.ts';
import { type Seen } from './seen.ts';

/** What reaches the simulated caller: the trainee's call, the clock, and the trainer's console. */
export type CallerInput =
  | { readonly kind: 'event'; readonly event: CallEvent }
  /** A question was put aloud. `how` is absent where nobody judged it: then the pace decides. */
  | {
      readonly kind: 'asked';
      readonly at: UtcMs;
      readonly question: string;
      readonly how?: Asking;
      readonly by: 'trainee' | 'trainer';
    }
  /** The trainer heard the trainee ask what this line waits for. */
  | { readonly kind: 'confirmIntent'; readonly at: UtcMs; readonly line: string; readonly how?: Asking }
  | { readonly kind: 'tick'; readonly at: UtcMs }
  | { readonly kind: 'sayLine'; readonly at: UtcMs; readonly line: string }
  | { readonly kind: 'typeLine'; readonly at: UtcMs; readonly who: Voice; readonly text: string }
  /** A timed event or an inject, by its id, whatever moment it waits for. */
  | { readonly kind: 'fire'; readonly at: UtcMs; readonly id: string }
  /** What no script names: the trainer does it to the desk. */
  | { readonly kind: 'inject'; readonly at: UtcMs; readonly does: InjectByHand }
  | { readonly kind: 'hint'; readonly at: UtcMs; readonly text: string }
  | { readonly kind: 'pause'; readonly at: UtcMs; readonly why?: 'restart' }
  | { readonly kind: 'resume'; readonly at: UtcMs }
  | { readonly kind: 'checkpoint'; readonly at: UtcMs; readonly title: string }
  | { readonly kind: 'rewind'; readonly at: UtcMs; readonly checkpoint: string }
  | { readonly kind: 'stop'; readonly at: UtcMs; readonly why: 'stopWord' | 'button' | 'trainer' };

export type Voice = Extract<RunEntry, { kind: 'said' }>['who'];

/** What can be done to a desk without a service of a script. */
export type InjectByHand = Exclude<Inject['does'], 'serviceFull' | 'entryStale'>;

/** What comes back each time: the caller as they are now, and what they and the console did, in order. */
export interface CallerStep {
  readonly state: CallerState;
  readonly entries: readonly RunEntry[];
}

/** Everything about the caller at one moment. Plain data: it can be kept, and taken up again after a crash. */
export interface CallerState {
  /** waiting: not answered yet. ended: the call was closed; other voices are still heard. */
  readonly status: 'waiting' | 'talking' | 'ended' | 'stopped';
  /** Wall time at which the call's own clock stood at 0. */
  readonly zero: UtcMs;
  /** Wall time of the pause that is on. */
  readonly pausedAt?: UtcMs;
  /** The call's time up to which everything due has happened. */
  readonly nowMs: number;
  readonly seen: Seen;
  /** The last word or entry, and when the voice that speaks now has finished. */
  readonly lastActivityMs: number;
  readonly speakingUntilMs: number;
  /** The caller says nothing until then; UNTIL_A_LINE where only a line of the script ends it. */
  readonly silentUntilMs: number;
  readonly isLineOpen: boolean;
  /** Lines that follow what is being said. */
  readonly queue: readonly string[];
  /** How often each wording was drawn: the seed and this make every draw the same in every run. */
  readonly draws: number;
  readonly seed: number;
  readonly checkpoints: readonly Checkpoint[];
}

export interface Checkpoint {
  readonly id: string;
  readonly title: string;
  readonly callMs: number;
  readonly saved: Omit<CallerState, 'checkpoints'>;
}

/** A line of the script with the list it stands in. */
export interface PlacedLine {
  readonly id: string;
  readonly list: LineList;
  readonly who: Voice;
  readonly say: string;
  readonly orSay: readonly string[];
  readonly reveals: readonly string[];
}

export const UNTIL_A_LINE = Number.MAX_SAFE_INTEGER;

export const startCaller = (seed: number): CallerState => ({
  status: 'waiting',
  zero: 0,
  nowMs: 0,
  seen: {},
  lastActivityMs: 0,
  speakingUntilMs: 0,
  silentUntilMs: 0,
  isLineOpen: true,
  queue: [],
  draws: 0,
  seed,
  checkpoints: [],
});

/** The call's own time at a wall time: it stands still while paused. */
export const callMsAt = (state: CallerState, at: UtcMs): number =>
  state.status === 'waiting' ? 0 : Math.max(0, (state.pausedAt ?? at) - state.zero);
