import { clockTime } from '../../shared/exports/london.ts';
import {
  askBeforeLeaving,
  type LeavingAnswer,
  type LeavingKind,
  NOTHING_AT_STAKE,
  type Stake,
} from '../../shared/sync/leaving.ts';

/** What the window last said is at stake, and what to ask before the program ends, updates or resets. */
export interface Leaving {
  tell(stake: Stake): void;
  /**
   * Asked by whoever is about to end the window or the program; an updater asks `update` before it installs, and goes
   * on by itself only on `allow`. A window that has gone is judged by the last it said.
   */
  question(kind: LeavingKind): LeavingAnswer;
  /** What the window last said; undefined before it has said anything. */
  stake(): Stake | undefined;
  /** Whether a call was open when the window last said. */
  isCallOpen(): boolean;
}

/** `callsEnded` is called when the last open call is closed. */
export function createLeaving({ callsEnded }: { readonly callsEnded?: () => void } = {}): Leaving {
  let last: Stake = NOTHING_AT_STAKE;
  let isTold = false;
  return {
    tell(stake) {
      const hadCalls = last.openCalls > 0;
      last = stake;
      isTold = true;
      if (hadCalls && stake.openCalls === 0) callsEnded?.();
    },
    stake: () => (isTold ? last : undefined),
    isCallOpen: () => last.openCalls > 0,
    question: (kind) => askBeforeLeaving(kind, last, clockTime),
  };
}

/** A second request to leave counts as the answer for this long, in ms. */
const SECOND_ASK_MS = 60_000;
/** Within this it is the same press, in ms: `when-exit` (under `conf`) raises a signal a second time, and a held key repeats. */
const SAME_PRESS_MS = 400;

/** On a terminal: says what is at stake at the first request, and lets go at the second. */
export function createAskTwice(
  ask: () => LeavingAnswer,
  now: () => number,
  say: (line: string) => void,
): () => boolean {
  let askedAt: number | undefined;
  return () => {
    const since = askedAt === undefined ? Infinity : now() - askedAt;
    if (since < SAME_PRESS_MS) return false;
    if (since < SECOND_ASK_MS) return true;
    const answer = ask();
    if (answer.kind === 'allow') return true;
    askedAt = now();
    for (const line of [answer.title, ...answer.lines]) say(line);
    say('Ctrl+C again within a minute leaves all the same.');
    return false;
  };
}
