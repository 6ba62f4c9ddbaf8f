import { type CriticalFail, type Expectation } from '../script/assessment.ts';
import { clockText, msOf } from '../script/values.ts';
import { type CriticalResult, type ExpectationResult } from './debrief-types.ts';
import { type AttemptLog } from './log.ts';

/** What came of an expectation, from the logs alone. */
export function judgeExpectation(expectation: Expectation, log: AttemptLog): ExpectationResult {
  const { id, expect, critical = false } = expectation;
  const verdict = judge(expectation, log);
  return { id, expect, critical, ...verdict };
}

type Verdict = Pick<ExpectationResult, 'result' | 'why' | 'callMs'>;

function judge(expectation: Expectation, log: AttemptLog): Verdict {
  const { moment, after, before, by, notBefore, within } = expectation;
  const [from] = after === undefined ? [0] : log.timesOf(after);
  if (from === undefined) return { result: 'notReached', why: 'What it comes after never came.' };
  const [until] = before === undefined ? [] : log.timesOf(before);
  const first = log.timesOf(moment).find((callMs) => callMs >= from);
  if (first === undefined) return never(expectation, until, log);
  const at = `At ${clockText(first)}`;
  const missed = (why: string): Verdict => ({ result: 'missed', callMs: first, why: `${at}, ${why}` });
  if (until !== undefined && first > until) return missed(`too late: the other came at ${clockText(until)}.`);
  if (by !== undefined && first > msOf(by)) return missed(`later than ${by}.`);
  if (notBefore !== undefined && first < msOf(notBefore)) return missed(`earlier than ${notBefore}.`);
  if (within !== undefined && first - from > msOf(within))
    return missed(`more than ${within} after ${clockText(from)}.`);
  return { result: 'met', callMs: first, why: `${at}.` };
}

/** It never came: missed, unless there was nothing yet to miss. */
function never({ by, before, notBefore }: Expectation, until: number | undefined, log: AttemptLog): Verdict {
  if (before !== undefined && until === undefined)
    return { result: 'notReached', why: 'Neither this nor what it comes before came.' };
  if (notBefore !== undefined && by === undefined) return { result: 'notReached', why: 'It never came.' };
  if (log.isStopped && until === undefined && (by === undefined || log.endMs < msOf(by)))
    return { result: 'notReached', why: 'The practice was stopped before.' };
  return { result: 'missed', why: 'It never came.' };
}

/** Whether a critical fail is in the logs. It is named to be talked about, and decides nothing. */
export function judgeCritical(
  { id, what, seen, unless, missing }: CriticalFail,
  log: AttemptLog,
): CriticalResult {
  if (missing !== undefined) return { id, what, seen: log.timesOf(missing).length === 0 && !log.isStopped };
  const [at] = seen === undefined ? [] : log.timesOf(seen);
  if (at === undefined) return { id, what, seen: false };
  const isHeldBack = unless !== undefined && log.timesOf(unless).some((callMs) => callMs <= at);
  return isHeldBack ? { id, what, seen: false } : { id, what, seen: true, callMs: at };
}
