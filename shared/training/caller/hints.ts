import { type Expectation } from '../script/assessment.ts';
import { type TrainingScript } from '../script/schema.ts';
import { clockText, msOf } from '../script/values.ts';
import { firstSeen } from './seen.ts';
import { type CallerState } from './state.ts';

/** So long before its time an expectation is hinted at. */
const AHEAD_MS = 45_000;
const MOST = 3;

export interface Hint {
  readonly expectation: string;
  readonly text: string;
}

/**
 * For coached mode, and only for that: expectations whose time is near and that have not come, soonest first. Whoever
 * shows one says so to the caller (`hint`), so that the debrief knows of it.
 */
export function hintsAt(script: TrainingScript, state: CallerState): readonly Hint[] {
  if (state.status !== 'talking' || state.pausedAt !== undefined) return [];
  return script.expectations
    .flatMap((expectation) => {
      const dueMs = dueOf(expectation, state);
      const isNear = dueMs !== undefined && state.nowMs <= dueMs && dueMs - state.nowMs <= AHEAD_MS;
      return isNear && firstSeen(expectation.moment, state.seen) === undefined
        ? [{ expectation, dueMs }]
        : [];
    })
    .toSorted((a, b) => a.dueMs - b.dueMs)
    .slice(0, MOST)
    .map(({ expectation, dueMs }) => ({
      expectation: expectation.id,
      text: `By ${clockText(dueMs)}: ${expectation.expect}`,
    }));
}

/** The call’s time by which it should have come; nothing where no clock says so. */
function dueOf({ by, after, within }: Expectation, state: CallerState): number | undefined {
  const since = after === undefined ? 0 : firstSeen(after, state.seen);
  if (since === undefined) return undefined;
  const times = [
    ...(by === undefined ? [] : [msOf(by)]),
    ...(within === undefined ? [] : [since + msOf(within)]),
  ];
  return times.length === 0 ? undefined : Math.min(...times);
}
