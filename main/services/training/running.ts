import { type Practice } from '../../../shared/bridge/training.ts';
import { type Attempt } from '../../../shared/training/attempt/attempt.ts';
import { type CallerState, callMsAt } from '../../../shared/training/caller/state.ts';
import { type RunEntry } from '../../../shared/training/caller/entries.ts';
import { DEFAULT_STOP_WORD } from '../../../shared/training/script/schema.ts';
import { type StreamId } from '../../../shared/ids.ts';
import { type UtcMs } from '../../../shared/time.ts';

/** A practice that goes on: the attempt as far as it is, and the caller as they are. Plain data, kept after every step. */
export interface Running {
  /** Its call is the one that answered; until then there is no call and `attempt.events` is empty. */
  readonly attempt: Omit<Attempt, 'call'> & { readonly call?: Attempt['call'] };
  readonly caller: CallerState;
  /** The call that goes on now: another one after a rewind. */
  readonly current?: Attempt['call'];
  /** How many events of the current call there were at each checkpoint, those that reached the disk after it included. */
  readonly marks: Readonly<Record<string, { readonly at: UtcMs; readonly events: number }>>;
  /** Events of the current call up to this number repeat what a rewind kept, also those that reach the disk later. */
  readonly repeatedUpTo: number;
  /** The newest event heard of the current call: what the journal has after it is heard when a practice is taken up again. */
  readonly last?: { readonly stream: StreamId; readonly seq: number };
  /** Events of the current call so far, repeats after a rewind among them. */
  readonly count: number;
}

/** The practice as its trainee sees it. Lines that a rewind undid are not shown; the attempt keeps them. */
export function practiceOf({ attempt, caller, current }: Running, at: UtcMs): Practice {
  const { script, run } = attempt;
  const { id, title, summary, contentWarning, learningGoals } = script;
  const hint = attempt.mode === 'coached' ? run.findLast((entry) => entry.kind === 'hinted') : undefined;
  return {
    attempt: attempt.id,
    cover: { id, title, summary, contentWarning, learningGoals },
    mode: attempt.mode,
    trainee: attempt.trainee,
    ...(current === undefined ? {} : { call: current }),
    status: caller.status,
    paused: caller.pausedAt !== undefined,
    interrupted: isInterrupted(attempt.run),
    callMs: Math.round(callMsAt(caller, at)),
    heard: heardOf(run),
    ...(hint?.kind === 'hinted' ? { hint: hint.text } : {}),
    stopWord: script.stopWord ?? DEFAULT_STOP_WORD,
    reflected: attempt.reflection !== undefined,
  };
}

/** The program ended in the middle, and nobody has let the call go on since. */
function isInterrupted(run: readonly RunEntry[]): boolean {
  const last = run.findLast(({ kind }) => kind === 'paused' || kind === 'resumed' || kind === 'stopped');
  return last?.kind === 'paused' && last.why === 'restart';
}

function heardOf(run: readonly RunEntry[]): Practice['heard'] {
  let heard: Practice['heard'] = [];
  for (const entry of run) {
    const { callMs } = entry;
    if (entry.kind === 'said') heard.push({ callMs, kind: 'said', who: entry.who, text: entry.text });
    if (entry.kind === 'happened') heard.push({ callMs, kind: 'happened', text: entry.what });
    if (entry.kind === 'paused') heard.push({ callMs, kind: 'paused', text: pausedWords(entry) });
    if (entry.kind === 'resumed') heard.push({ callMs, kind: 'resumed', text: 'Goes on' });
    if (entry.kind === 'stopped') heard.push({ callMs, kind: 'stopped', text: 'The practice was stopped' });
    if (entry.kind === 'rewound') {
      heard = heard.filter((one) => one.callMs <= callMs && one.kind !== 'stopped');
      heard.push({ callMs, kind: 'rewound', text: 'Taken back to here by the trainer' });
    }
  }
  return heard;
}

const pausedWords = ({ why }: Extract<RunEntry, { kind: 'paused' }>): string =>
  why === 'restart' ? 'The practice program stopped here and came back' : 'Paused by the trainer';
