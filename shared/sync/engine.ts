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
  /** Events in the next batch: doubled by success, halved by a failure that its size may have caused. */
  readonly limit: number;
  readonly why?: Fault;
}

export type SyncInput =
  | { readonly type: 'durable'; readonly seq: number }
  | { readonly type: 'answered'; readonly response: PushResponse }
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
      return pushIfAny({ ...rest, acked, attempt: 0, limit: Math.min(state.limit * 2, MAX_BATCH_EVENTS) });
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
  // A refusal is a person's business, but it is tried again all the same: enrolment may come back.
  const phase = fault.code === 'hub.refused' ? 'blocked' : 'waiting';
  const ms = backoffMs(attempt, random, fault.retryAfterMs ?? 0, plan);
  return [
    { ...state, phase, attempt, limit, why: fault },
    { do: 'wait', ms },
  ];
}

/** A busy hub says when, not how much; one that is away may have been too slow for the size; a refused batch is narrowed down. */
function limitAfter(limit: number, fault: Fault): number {
  if (fault.code === 'hub.busy') return limit;
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
