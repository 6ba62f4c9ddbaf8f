import { type CallId, type DeskId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type Lease, LEASE_MS } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import * as rows from '../db/lease-rows.ts';
import { inTransaction, type Pool } from '../db/pool.ts';
import { type Refusing } from '../refused.ts';
import { decideLease, type LeaseAsk, ownLease } from './decide-lease.ts';

/** Which lease of which desk is meant. */
export interface LeaseUse {
  readonly call: CallId;
  readonly desk: DeskId;
  readonly fence: number;
  readonly now: UtcMs;
}

/** Gives a desk the call if it may have it. Answers after COMMIT; asking again answers with the same lease, renewed. */
export function grant(pool: Pool, ask: LeaseAsk): Promise<Result<Lease, Refusing>> {
  return inTransaction(pool, async (client) => {
    const granting = decideLease(await rows.lockCallState(client, ask.call), ask);
    if (!granting.ok) return granting;
    const { kind, lease } = granting.value;
    await (kind === 'new' ? rows.insertLease(client, lease) : rows.renewLease(client, lease));
    return ok(lease);
  });
}

/** Makes this desk's lease last from now. */
export function renew(pool: Pool, { call, desk, fence, now }: LeaseUse): Promise<Result<Lease, Refusing>> {
  return inTransaction(pool, async (client) => {
    const own = ownLease(await rows.lockCallState(client, call), desk, fence);
    if (!own.ok) return own;
    const lease = { ...own.value, expiresAt: now + LEASE_MS };
    await rows.renewLease(client, lease);
    return ok(lease);
  });
}

/** Gives the call back. */
export function giveBack(pool: Pool, { call, desk, fence, now }: LeaseUse): Promise<Result<Lease, Refusing>> {
  return inTransaction(pool, async (client) => {
    const own = ownLease(await rows.lockCallState(client, call), desk, fence);
    if (!own.ok) return own;
    await rows.releaseCall(client, call, now);
    return own;
  });
}
