import { describe, expect, it } from 'vitest';
import { happeningTypes } from '../../shared/events/event.ts';
import { callId, deskId } from '../../shared/ids.ts';
import { isWrittenWithoutLease, LOOK_EVERY_MS, whereIsCall } from '../../shared/sync/call-lease.ts';
import { type CallHolder, LEASE_MS } from '../../shared/sync/protocol.ts';

const own = deskId.parse('019ab2f0-0000-7000-8000-000000000001');
const other = deskId.parse('019ab2f0-0000-7000-8000-000000000002');
const call = callId.parse('019ab2f0-0000-7000-8000-000000000003');
const holder = (desk: typeof own | null, fence?: number): CallHolder => ({
  call,
  desk,
  deskName: desk === null ? null : 'Desk 4',
  lease:
    desk === null || fence === undefined
      ? null
      : { call, desk, fence, grantedAt: 7, expiresAt: 8, takenFrom: null, reason: null },
});

describe('where a call is', () => {
  it('is here for the desk that began it, without a lease, and for the desk that was given one', () => {
    expect(whereIsCall(holder(own), own)).toEqual({ at: 'here', fence: undefined });
    expect(whereIsCall(holder(own, 3), own)).toEqual({ at: 'here', fence: 3 });
  });

  it('is elsewhere, since when and with whom, for every other desk', () => {
    expect(whereIsCall(holder(other, 2), own)).toEqual({
      at: 'elsewhere',
      elsewhere: { since: 7, name: 'Desk 4' },
    });
  });

  it('is nowhere when it was given back, or the hub has nothing of it', () => {
    expect(whereIsCall(holder(null), own)).toEqual({ at: 'none' });
  });
});

describe('what is written without a lease', () => {
  it('is the emergency, a note and a printed copy, and nothing that decides', () => {
    expect([...happeningTypes].filter((type) => isWrittenWithoutLease(type as never)).toSorted()).toEqual([
      'copy.printed',
      'emergency.handedOver',
      'emergency.raised',
      'emergency.refused',
      'emergency.stoodDown',
      'note.added',
    ]);
  });
});

it('a lease is renewed several times before it runs out', () => {
  expect(LOOK_EVERY_MS * 3).toBeLessThan(LEASE_MS);
});
