import { type Fault } from '../bridge/frames.ts';
import { assertNever } from '../result.ts';
import { backoffMs, type BackoffPlan, DEFAULT_BACKOFF } from './backoff.ts';
import { MAX_BATCH_EVENTS, type PushResponse } from './protocol.ts';

/**
 * The pure half of the sync engine for one stream: what happened, in; what to do next, out. The driver owns the
 * disk, the network and the timers and does just what it is told.
 *
 * Invariants:
 * 1. `acked` never shrinks, and only a hub's answer moves it.
 * 2. At most one push is under way.
 * 3. Nothing is ever given up: a failure leads to another try, or to `blocked`, which says what a person must do
 *    and tries again when the hub is next heard from. Nothing is dropped in either case.
 */
export interface SyncState {
  readonly phase: 'idle' | 'pushing' | 'waiting' | 'blocked';
  /** The newest number that is on this PC in both copies, and so may be sent. */
  readonly durable: number;
  readonly acked: number;
  /** Failures since the last success. */
  readonly attempt: number;
  /** Events in the next batch: see `nextLimit` after an answer, `limitAfter` after a failure. */
  readonly limit: number;
  readonly why?: Fault;
}

export type SyncInput =
  | { readonly type: 'durable'; readonly seq: number }
  /** `sent` events were answered after `tookMs`. Without these the batch is taken for small and quick. */
  | {
      readonly type: 'answered';
      readonly response: PushResponse;
      readonly sent?: number;
      readonly tookMs?: number;
    }
  /** `random` in [0, 1), drawn by the driver. */
  | { readonly type: 'failed'; readonly fault: Fault; readonly random: number }
  | { readonly type: 'waited' }
  /** The heartbeat reached the hub again. */
  | { readonly type: 'hubBack' };

export type SyncEffect =
  | { readonly do: 'push'; readonly from: number; readonly limit: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'nothing' };

export const FIRST_LIMIT = 100;
/** Enough for any line that carries anything within the time of a request: a long outage must not end in single events. */
const AWAY_LIMIT = 25;

/** An answer within this is quick: the next batch may be larger. */
export const QUICK_MS = 500;
/** An answer after this is slow: smaller batches bring their receipts sooner, and lose less to a line that breaks. */
export const SLOW_MS = 2_000;

/** The size of the next batch after an answer. Grows only when the last one was full. */
export function nextLimit(
  limit: number,
  answer: { readonly sent?: number; readonly tookMs?: number },
): number {
  const { sent = limit, tookMs = 0 } = answer;
  if (tookMs > SLOW_MS) return Math.max(1, Math.floor(Math.min(limit, Math.max(sent, 1)) / 2));
  if (tookMs > QUICK_MS || sent < limit) return limit;
  return Math.min(limit * 2, MAX_BATCH_EVENTS);
}

/** Refusals of the desk, not of what it sends. */
const OF_THE_DESK = ['hub.notEnrolled', 'hub.revoked', 'hub.enrolmentEnded'];
/** Refusals that a person must mend. They are tried again all the same: an enrolment may come back. */
const FOR_A_PERSON: ReadonlySet<string> = new Set(['hub.refused', ...OF_THE_DESK]);

export function startSync(durable: number, acked: number): SyncState {
  return { phase: 'idle', durable, acked, attempt: 0, limit: FIRST_LIMIT };
}

/** One step. Total: every input is answered in every phase. */
export function syncStep(
  state: SyncState,
  input: SyncInput,
  plan: BackoffPlan = DEFAULT_BACKOFF,
): readonly [SyncState, SyncEffect] {
  switch (input.type) {
    case 'durable': {
      const next = { ...state, durable: Math.max(state.durable, input.seq) };
      return next.phase === 'idle' ? pushIfAny(next) : [next, { do: 'nothing' }];
    }
    case 'answered': {
      const acked = Math.max(state.acked, input.response.acked);
      // An answer that moves nothing would be sent again at once, for ever: it is treated as a failure.
      if (acked === state.acked && acked < state.durable) return stuck(state, plan);
      const { why: _past, ...rest } = state;
      return pushIfAny({ ...rest, acked, attempt: 0, limit: nextLimit(state.limit, input) });
    }
    case 'failed':
      return afterFailure(state, input.fault, input.random, plan);
    case 'waited':
      return state.phase === 'waiting' || state.phase === 'blocked'
        ? pushIfAny(state)
        : [state, { do: 'nothing' }];
    case 'hubBack':
      return state.phase === 'waiting' || state.phase === 'blocked'
        ? pushIfAny({ ...state, attempt: 0 })
        : [state, { do: 'nothing' }];
    default:
      return assertNever(input);
  }
}

function pushIfAny(state: SyncState): readonly [SyncState, SyncEffect] {
  if (state.acked >= state.durable) return [{ ...state, phase: 'idle' }, { do: 'nothing' }];
  return [
    { ...state, phase: 'pushing' },
    { do: 'push', from: state.acked + 1, limit: state.limit },
  ];
}

function afterFailure(
  state: SyncState,
  fault: Fault,
  random: number,
  plan: BackoffPlan,
): readonly [SyncState, SyncEffect] {
  const attempt = state.attempt + 1;
  const limit = limitAfter(state.limit, fault);
  const phase = FOR_A_PERSON.has(fault.code) ? 'blocked' : 'waiting';
  const ms = backoffMs(attempt, random, fault.retryAfterMs ?? 0, plan);
  return [
    { ...state, phase, attempt, limit, why: fault },
    { do: 'wait', ms },
  ];
}

/** A busy hub says when, not how much; one that is away may have been too slow for the size; a refused batch is narrowed down. */
function limitAfter(limit: number, fault: Fault): number {
  if (fault.code === 'hub.busy' || OF_THE_DESK.includes(fault.code)) return limit;
  const least = fault.code === 'hub.away' ? Math.min(limit, AWAY_LIMIT) : 1;
  return Math.max(least, Math.floor(limit / 2));
}

function stuck(state: SyncState, plan: BackoffPlan): readonly [SyncState, SyncEffect] {
  const fault = {
    code: 'hub.noProgress',
    field: 'acked',
    message: 'the hub answered without taking anything',
  };
  return afterFailure(state, fault, 0.5, plan);
}
