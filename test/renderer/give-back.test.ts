import { expect, test } from 'vitest';
import { type Lease } from '../../shared/sync/protocol.ts';
import { type CallId, deskId } from '../../shared/ids.ts';
import { err, ok } from '../../shared/result.ts';
import { type CallsAtHub } from '../../main/ports/hub-link.ts';
import { noCallsAtHub } from '../support/no-calls-at-hub.ts';
import { createWorld } from './support/world.ts';

const other = deskId.parse('019ab2f0-0000-7000-8000-000000000002');

/** Who has which call, as the hub keeps it; `desk` undefined: the one that began it. */
function leases(own: () => ReturnType<typeof deskId.parse>) {
  const held = new Map<CallId, Lease | 'nobody'>();
  let fence = 0;
  const give = (call: CallId, desk: Lease['desk']): Lease => {
    const lease = {
      call,
      desk,
      fence: (fence += 1),
      grantedAt: 5,
      expiresAt: 9,
      takenFrom: null,
      reason: null,
    };
    held.set(call, lease);
    return lease;
  };
  const lost = { code: 'lease.lost', field: 'fence', message: 'another desk has the call' };
  const used = (call: CallId, number: number): Lease | undefined => {
    const now = held.get(call);
    return now !== undefined && now !== 'nobody' && now.desk === own() && now.fence === number
      ? now
      : undefined;
  };
  const hub: CallsAtHub = {
    ...noCallsAtHub,
    team: () => Promise.resolve(ok({ at: 1, calls: [], notLookedThrough: 0, isMore: false })),
    holder(call) {
      const now = held.get(call);
      if (now === 'nobody') return Promise.resolve(ok({ call, desk: null, deskName: null, lease: null }));
      return Promise.resolve(ok({ call, desk: now?.desk ?? own(), deskName: 'Desk 4', lease: now ?? null }));
    },
    lease(call) {
      const now = held.get(call);
      if (now !== undefined && now !== 'nobody' && now.desk !== own())
        return Promise.resolve(err({ code: 'lease.held', field: 'call', message: 'is with another desk' }));
      return Promise.resolve(ok(give(call, own())));
    },
    renew: (call, number) => {
      const lease = used(call, number);
      return Promise.resolve(lease === undefined ? err(lost) : ok(lease));
    },
    release(call, number) {
      const lease = used(call, number);
      if (lease === undefined) return Promise.resolve(err(lost));
      held.set(call, 'nobody');
      return Promise.resolve(ok(lease));
    },
    events: () => Promise.resolve(ok({ events: [], next: null })),
  };
  return { hub, held, give };
}

async function withCall() {
  const world = await createWorld();
  const team = leases(() => world.deskOf);
  world.setCalls(team.hub);
  const { desk } = await world.start();
  const call = desk.takeCall({ source: 'handler' });
  await world.until(() => desk.light().kind === 'safe');
  return { world, desk, call, team };
}

test('a call that was begun here is given back: nobody has it, and here only a note and the emergency are written', async () => {
  const { world, desk, call, team } = await withCall();
  expect(await desk.giveBack(call)).toEqual({ kind: 'done' });
  expect(team.held.get(call)).toBe('nobody');
  expect(desk.call(call)?.elsewhere).toMatchObject({ nobody: true, name: null });
  expect(desk.notices().join(' ')).toContain('no desk has it now');
  const stage = desk.record(call, { type: 'stage.entered', data: { stage: 'needs' } });
  expect(!stage.ok && stage.why.join(' ')).toContain('given back: no desk has it');
  expect(desk.record(call, { type: 'note.added', data: { text: 'still rang' } }).ok).toBe(true);
  expect(desk.record(call, { type: 'emergency.raised', data: {} }).ok).toBe(true);
  // Looked at again and again, it does not come back by itself; after a restart neither.
  await world.advance(120_000);
  expect(desk.call(call)?.elsewhere?.nobody).toBe(true);
  await world.powerOff();
  const { desk: next } = await world.start();
  expect(next.call(call)?.elsewhere?.nobody).toBe(true);
  expect(next.call(call)?.events.map(({ type }) => type)).not.toContain('call.resumed');
});

test('it is taken back without a reason, and goes on here', async () => {
  const { desk, call } = await withCall();
  await desk.giveBack(call);
  expect(await desk.continueCall(call)).toEqual({ kind: 'here' });
  expect(desk.call(call)?.elsewhere).toBeUndefined();
  expect(desk.record(call, { type: 'stage.entered', data: { stage: 'needs' } }).ok).toBe(true);
});

test('what another desk takes after that is with that desk, and given back by it is with nobody again', async () => {
  const { world, desk, call, team } = await withCall();
  await desk.giveBack(call);
  team.give(call, other);
  await world.advance(60_000);
  expect(desk.call(call)?.elsewhere).toEqual({ since: 5, name: 'Desk 4' });
  team.held.set(call, 'nobody');
  await world.advance(60_000);
  expect(desk.call(call)?.elsewhere).toMatchObject({ nobody: true });
});

test('a call that another desk took meanwhile cannot be given back from here, and without the hub none can', async () => {
  const { world, desk, call, team } = await withCall();
  team.give(call, other);
  const taken = await desk.giveBack(call);
  expect(taken.kind === 'no' && taken.why).toContain('is with another desk');
  expect(team.held.get(call)).toMatchObject({ desk: other });
  const away = await withCall();
  away.world.setCalls(noCallsAtHub);
  const kept = await away.desk.giveBack(away.call);
  expect(kept.kind === 'no' && kept.why).toContain('stays with this desk');
  expect(away.desk.record(away.call, { type: 'stage.entered', data: { stage: 'needs' } }).ok).toBe(true);
  await world.settle();
});
