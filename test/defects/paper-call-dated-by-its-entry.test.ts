import { expect, it } from 'vitest';
import { replay } from '../../shared/call/replay.ts';
import { type CallEvent, type Happening } from '../../shared/events/event.ts';
import { callTimes } from '../../shared/exports/call-times.ts';
import { helplineIndicators } from '../../shared/exports/indicators.ts';
import { answered, callOn, content, offered } from '../support/call-builder.ts';
import { playedCall } from '../support/played-call.ts';

const takenBy = { name: 'Bea Lund', role: 'adviser' };
const at = (day: number, hour: number): number => Date.UTC(2026, 10, day, hour);

/** Two days after the night it was taken in, entered from the form. */
function fromPaper() {
  const make = callOn(undefined, { startAt: at(25, 9) });
  const source: Happening = { type: 'call.offered', data: { channel: 'phone', source: 'paper' } };
  const form: Happening = {
    type: 'call.fromPaper',
    data: { takenBy, shiftFrom: at(23, 8), shiftTo: at(23, 20) },
  };
  const begun = [source, form, answered].map(make);
  const events: CallEvent[] = [...begun];
  for (const { stream, seq, type } of begun) {
    if (type === 'call.fromPaper') continue;
    const data = { target: { stream, seq }, originalAt: at(23, 10), writtenBy: takenBy };
    events.push(make({ type: 'entry.timed', data }));
  }
  const { snapshot, refused } = replay(events, content);
  expect(refused).toEqual([]);
  return snapshot.context.picture;
}

it('a call from paper is reported on the day it was taken, not the day it was entered', () => {
  const picture = fromPaper();
  expect(callTimes(picture)).toMatchObject({ offeredAt: at(23, 10), answeredAt: at(23, 10) });
  expect(helplineIndicators([picture], () => undefined)[0]?.day).toBe('2026-11-23');
});

it('a call that was opened again is not closed', () => {
  const { events } = playedCall('priya');
  const sent = events.find((event) => event.type === 'handover.sent');
  const taken = events.find((event) => event.type === 'handover.acknowledged');
  const closed = events.at(-1);
  if (sent === undefined || taken === undefined || closed === undefined) throw new Error('no hand-over');
  const { stream, seq } = sent;
  const declined: CallEvent = {
    ...taken,
    type: 'handover.declined',
    data: { handover: { stream, seq }, by: 'Lee', reason: 'full' },
  };
  const task: CallEvent = {
    ...sent,
    seq: 900,
    type: 'task.opened',
    data: { kind: 'chaseHandover', what: 'Ring', owner: 'Bea', dueAt: 1 },
  };
  const late = { ...declined, seq: closed.seq + 1, at: closed.at + 1000 } as CallEvent;
  const reopened = {
    ...closed,
    seq: closed.seq + 2,
    at: closed.at + 2000,
    type: 'call.reopened',
    data: { by: takenBy, reason: 'Nobody has them.' },
  } as CallEvent;
  const all = events.flatMap((event) => (event === taken ? [task] : [event]));
  const { snapshot, refused } = replay([...all, late, reopened], content);
  expect(refused).toEqual([]);
  expect(callTimes(snapshot.context.picture).closedAt).toBeUndefined();
});

it('relay and interpreted calls are answered, and left out of the time to answer', () => {
  const relay = (channel: 'phone' | 'relay' | 'interpreted') => {
    const first: Happening = {
      type: 'call.offered',
      data: { channel, source: 'telephony', waitedMs: 20_000 },
    };
    return replay([first, answered].map(callOn()), content).snapshot.context.picture;
  };
  const [day] = helplineIndicators([relay('phone'), relay('relay'), relay('interpreted')], () => undefined);
  expect(day).toMatchObject({ offered: 3, answered: 3, timed: 1 });
  expect(offered.type).toBe('call.offered');
});
