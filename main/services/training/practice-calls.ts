import { type Fault } from '../../../shared/bridge/frames.ts';
import { type CallId, type DeskId } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Lease } from '../../../shared/sync/protocol.ts';
import { type Clock } from '../../../shared/time.ts';
import { type CallsAtHub } from '../../ports/hub-link.ts';
import { refuse } from '../faults.ts';

/** How a practice answer travels: refused while the practice network is down. */
export type Over = <T>(work: () => Promise<Result<T, Fault>>) => Promise<Result<T, Fault>>;

const LEASE_MS = 60_000;
const NO_TEAM = refuse('lease.practice', 'call', 'practice has no team to give a call back to');

/** The calls of a team of one desk: this one has every call, and nobody else wrote anything. */
export function practiceCalls(options: { over: Over; clock: Clock; desk: DeskId }): CallsAtHub {
  const { over, clock, desk } = options;
  const answer = <T>(value: T): Promise<Result<T, Fault>> => over(() => Promise.resolve(ok(value)));
  const leaseOf = (call: CallId): Lease => {
    const now = clock.now();
    return {
      call,
      desk,
      fence: 1,
      grantedAt: now,
      expiresAt: now + LEASE_MS,
      takenFrom: null,
      reason: null,
    };
  };
  return {
    team: () => answer({ at: clock.now(), calls: [], notLookedThrough: 0, isMore: false }),
    // No team can be reached from practice: hand-overs are said, written or printed.
    referrals: () => answer({ receivers: [], referrals: [] }),
    holder: (call) => answer({ call, desk, deskName: null, lease: null }),
    lease: (call) => answer(leaseOf(call)),
    renew: (call) => answer(leaseOf(call)),
    release: () => over(() => Promise.resolve(NO_TEAM)),
    events: () => answer({ events: [], next: null }),
  };
}
