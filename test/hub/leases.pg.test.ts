import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallId, type StreamId } from '../../shared/ids.ts';
import { type Lease, lease as leaseSchema, LEASE_MS } from '../../shared/sync/protocol.ts';
import { type TestDesk } from './support/desk.ts';
import { newCall, newStream, notes, sealed } from './support/events.ts';
import { type Answer, NOON, refused, startHub, taken, type TestHub } from './support/hub.ts';

let hub: TestHub;
let first: TestDesk;
let second: TestDesk;
beforeAll(async () => {
  hub = await startHub();
  first = await hub.enrolled();
  second = await hub.enrolled();
});
afterAll(() => hub.close());

/** A call that `first` has begun, with two notes. */
async function begun(): Promise<{ call: CallId; stream: StreamId }> {
  const call = newCall();
  const stream = newStream();
  const events = await sealed(notes(2), { stream, desk: first.id, at: NOON, call });
  taken(await hub.push(first, stream, 1, events));
  return { call, stream };
}

const url = (call: CallId, what = ''): string => `/v1/calls/${call}/lease${what}`;
const ask = (desk: TestDesk, call: CallId, takeOver?: string): Promise<Answer> =>
  hub.post(desk, url(call), { v: 1, ...(takeOver === undefined ? {} : { takeOver }) });
const granted = (answer: Answer): Lease => {
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return leaseSchema.parse(answer.body);
};

describe('a lease for continuing a call at another desk', () => {
  test('is not needed by the desk that began the call, and nobody has a call the hub has not seen', async () => {
    const { call } = await begun();
    expect((await hub.get(first, url(call))).body).toEqual({
      call,
      desk: first.id,
      deskName: 'Desk in a test',
      lease: null,
    });
    const unseen = newCall();
    expect((await hub.get(first, url(unseen))).body).toEqual({
      call: unseen,
      desk: null,
      deskName: null,
      lease: null,
    });
    expect(refused(await ask(second, unseen))).toEqual({ status: 404, code: 'call.unknown', field: 'call' });
  });

  test('is given only with a reason while another desk has the call, and says from whom it was taken', async () => {
    const { call } = await begun();
    expect(refused(await ask(second, call))).toEqual({ status: 409, code: 'lease.held', field: 'call' });
    const lease = granted(await ask(second, call, 'deskUnreachable'));
    expect(lease).toEqual({
      call,
      desk: second.id,
      fence: 1,
      grantedAt: NOON,
      expiresAt: NOON + LEASE_MS,
      takenFrom: first.id,
      reason: 'deskUnreachable',
    });
    expect((await hub.get(first, url(call))).body).toEqual({
      call,
      desk: second.id,
      deskName: 'Desk in a test',
      lease,
    });
    expect(refused(await ask(second, call, 'because'))).toMatchObject({ status: 400, field: 'takeOver' });
  });

  test('asked for again is the same lease for longer, and renewing needs its number', async () => {
    const { call } = await begun();
    const lease = granted(await ask(second, call, 'handedOn'));
    hub.clock.at += 60_000;
    expect(granted(await ask(second, call))).toEqual({ ...lease, expiresAt: NOON + 60_000 + LEASE_MS });
    hub.clock.at += 60_000;
    const renewed = granted(await hub.post(second, url(call, '/renew'), { v: 1, fence: lease.fence }));
    expect(renewed.expiresAt).toBe(NOON + 120_000 + LEASE_MS);
    for (const wrong of [
      await hub.post(second, url(call, '/renew'), { v: 1, fence: lease.fence + 1 }),
      await hub.post(first, url(call, '/renew'), { v: 1, fence: lease.fence }),
    ]) {
      expect(refused(wrong)).toEqual({ status: 409, code: 'lease.lost', field: 'fence' });
    }
    hub.clock.at = NOON;
  });

  test('that has run out or was given back is given to the next desk without a reason', async () => {
    for (const end of ['expires', 'release'] as const) {
      const { call } = await begun();
      const lease = granted(await ask(second, call, 'endOfShift'));
      const third = await hub.enrolled();
      expect(refused(await ask(third, call)).code).toBe('lease.held');
      if (end === 'expires') hub.clock.at = lease.expiresAt;
      else granted(await hub.post(second, url(call, '/release'), { v: 1, fence: 1 }));
      expect(granted(await ask(third, call))).toMatchObject({ fence: 2, takenFrom: null, reason: null });
      expect(refused(await hub.post(second, url(call, '/renew'), { v: 1, fence: 1 })).code).toBe(
        'lease.lost',
      );
      hub.clock.at = NOON;
    }
  });

  test('that was given back is in the audit, with the desk', async () => {
    const { call } = await begun();
    granted(await ask(second, call, 'handedOn'));
    granted(await hub.post(second, url(call, '/renew'), { v: 1, fence: 1 }));
    granted(await hub.post(second, url(call, '/release'), { v: 1, fence: 1 }));
    const { rows } = await hub.database.pool.query(
      `SELECT kind, desk, person, detail FROM audit WHERE call = $1 ORDER BY n`,
      [call],
    );
    expect(rows).toContainEqual({ kind: 'gaveBack', desk: second.id, person: null, detail: '' });
    expect(rows.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual(['gaveBack', 'tookOver']);
  });

  test('is won by exactly one of two desks that ask at once at two hubs', async () => {
    const other = await hub.second();
    for (let round = 0; round < 5; round++) {
      const { call } = await begun();
      const third = await hub.enrolled();
      const answers = await Promise.all([
        ask(second, call, 'deskFailed'),
        other.post(third, url(call), { v: 1, takeOver: 'deskFailed' }),
      ]);
      const leases = answers.map(granted);
      expect(leases.map((lease) => lease.fence).toSorted((a, b) => a - b)).toEqual([1, 2]);
      const last = leases.find((lease) => lease.fence === 2);
      // The second one took it from the first, and says so; the first finds its own lease lost.
      expect(last?.takenFrom).toBe(leases.find((lease) => lease.fence === 1)?.desk);
      expect((await hub.get(first, url(call))).body).toMatchObject({ desk: last?.desk, lease: { fence: 2 } });
    }
  });
});

describe('a call continued at another desk', () => {
  test('is read whole by the desk that has it, written in its own stream, and merged in the hub’s order', async () => {
    const { call } = await begun();
    const stranger = await hub.get(second, `/v1/calls/${call}/events`);
    expect(refused(stranger)).toEqual({ status: 403, code: 'lease.needed', field: 'call' });
    granted(await ask(second, call, 'handedOn'));
    const before = (await hub.get(second, `/v1/calls/${call}/events`)).body as { events: unknown[] };
    expect(before.events).toHaveLength(2);
    const mine = newStream();
    const events = await sealed(notes(3, 'carried on'), { stream: mine, desk: second.id, at: NOON, call });
    const answer = taken(await hub.push(second, mine, 1, events));
    expect(answer).toMatchObject({ acked: 3, flagged: [] });
    // Both desks see the same call, the one that began it too.
    const pages = await Promise.all([first, second].map((desk) => hub.get(desk, `/v1/calls/${call}/events`)));
    const [a, b] = pages.map(({ body }) => body as { events: { event: { desk: string; seq: number } }[] });
    expect(a).toEqual(b);
    expect(a?.events.map(({ event }) => [event.desk, event.seq])).toEqual([
      [first.id, 1],
      [first.id, 2],
      [second.id, 1],
      [second.id, 2],
      [second.id, 3],
    ]);
  });

  test('keeps what the first desk sends after it was taken over, and flags it by when it was written', async () => {
    const { call, stream } = await begun();
    const { body } = await hub.get(first, `/v1/streams/${stream}`);
    const head = { seq: 2, hash: (body as { hash: string }).hash };
    hub.clock.at = NOON + 10_000;
    granted(await ask(second, call, 'deskUnreachable'));
    // It was at work without a network: its two notes are from before and after the change.
    const early = await sealed(notes(1), { stream, desk: first.id, at: NOON + 5_000, call, head });
    const late = await sealed(notes(1), {
      stream,
      desk: first.id,
      at: NOON + 15_000,
      call,
      head: { seq: 3, hash: early[0]?.hash ?? '' },
    });
    const answer = taken(await hub.push(first, stream, 3, [...early, ...late]));
    expect(answer.acked).toBe(4);
    expect(answer.flagged).toMatchObject([
      { seq: 3, kind: 'noLease', detail: expect.stringContaining('before that') },
      { seq: 4, kind: 'noLease', detail: expect.stringContaining('after that') },
    ]);
    expect(taken(await hub.push(first, stream, 3, [...early, ...late]))).toEqual(answer);
    hub.clock.at = NOON;
  });

  test('written in by a desk that never asked is stored and flagged', async () => {
    const { call } = await begun();
    const stream = newStream();
    const events = await sealed(notes(2), { stream, desk: second.id, at: NOON, call });
    const answer = taken(await hub.push(second, stream, 1, events));
    expect(answer.acked).toBe(2);
    expect(answer.flagged.map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'noLease'],
      [2, 'noLease'],
    ]);
  });

  test('written in by the desk that has it, beyond a gap and then filled, belongs to it and is not flagged', async () => {
    const call = newCall();
    const stream = newStream();
    const events = await sealed(notes(3), { stream, desk: first.id, at: NOON, call });
    await hub.push(first, stream, 2, events.slice(1));
    expect((await hub.get(first, url(call))).body).toMatchObject({ desk: null });
    expect(taken(await hub.push(first, stream, 1, events)).flagged).toEqual([]);
    expect((await hub.get(first, url(call))).body).toMatchObject({ desk: first.id });
  });
});

test('a desk clock that is off is flagged by what the desk says it is, and the event keeps its time', async () => {
  const stream = newStream();
  const events = await sealed(notes(1), { stream, desk: first.id, at: NOON - 3_600_000 });
  const body = { v: 1, from: 1, events, clock: NOON - 3_600_000 };
  const answer = taken(await hub.post(first, `/v1/streams/${stream}/events`, body));
  expect(answer.flagged).toMatchObject([{ seq: 1, kind: 'clock' }]);
});

test('an event that names another desk than its sender is stored and flagged', async () => {
  const stream = newStream();
  const events = await sealed(notes(1), { stream, desk: second.id, at: NOON });
  const answer = taken(await hub.push(first, stream, 1, events));
  expect(answer).toMatchObject({ acked: 1, flagged: [{ seq: 1, kind: 'otherDesk' }] });
});
