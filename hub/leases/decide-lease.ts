import { type CallId, type DeskId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { CODES, type Lease, LEASE_MS, type TakeOverReason } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { refusing, type Refusing } from '../refused.ts';

/** Who has a call. */
export interface CallState {
  /** Null when it was given back. */
  readonly desk: DeskId | null;
  /** The newest lease's number; 0 when there was none. */
  readonly fence: number;
  /** The newest lease, unless it was given back. None while the desk that began the call has it. */
  readonly lease: Lease | undefined;
}

export interface LeaseAsk {
  readonly call: CallId;
  readonly desk: DeskId;
  readonly takeOver?: TakeOverReason | undefined;
  readonly now: UtcMs;
}

/** A new lease to write down, or the one this desk has, for longer. */
type Granting = { readonly kind: 'new' | 'longer'; readonly lease: Lease };

/**
 * Whether a desk gets a call. Pure. A call that another desk has is given away only with a reason, or when that desk's
 * lease has run out; the desk that began a call has it without end, because it may be at work without a network.
 */
export function decideLease(state: CallState | undefined, ask: LeaseAsk): Result<Granting, Refusing> {
  if (state === undefined) return err(unknownCall);
  const { call, desk, takeOver, now } = ask;
  const expiresAt = now + LEASE_MS;
  const { lease, fence } = state;
  if (lease?.desk === desk) {
    // Nobody else was given it meanwhile: it goes on under the same number, run out or not.
    return ok({ kind: 'longer', lease: { ...lease, expiresAt } });
  }
  const other = state.desk !== desk && hasStill(state, now) ? state.desk : null;
  if (other !== null && takeOver === undefined) return err(held);
  const reason = other === null ? null : (takeOver ?? null);
  return ok({
    kind: 'new',
    lease: { call, desk, fence: fence + 1, grantedAt: now, expiresAt, takenFrom: other, reason },
  });
}

const hasStill = ({ desk, lease }: CallState, now: UtcMs): boolean =>
  desk !== null && (lease === undefined || lease.expiresAt > now);

/** The lease this desk may renew or give back: its own newest one. Pure. */
export function ownLease(state: CallState | undefined, desk: DeskId, fence: number): Result<Lease, Refusing> {
  if (state === undefined) return err(unknownCall);
  const { lease } = state;
  return lease !== undefined && lease.desk === desk && lease.fence === fence ? ok(lease) : err(lost);
}

const unknownCall = refusing(404, 'call.unknown', 'call', 'is not a call the hub has anything of yet');
const held = refusing(
  409,
  CODES.leaseHeld,
  'call',
  'is with another desk: ask again with a reason to take it over',
);
const lost = refusing(
  409,
  CODES.leaseLost,
  'fence',
  'is not this desk’s newest lease: another desk has the call, or it was given back',
);
