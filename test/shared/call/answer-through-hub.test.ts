import { describe, expect, test } from 'vitest';
import { answerThroughHub } from '../../../shared/call/answer-through-hub.ts';
import { handoverNow } from '../../../shared/call/facts.ts';
import { lastOf, refOf } from '../../../shared/call/picture.ts';
import { startCall, step } from '../../../shared/call/replay.ts';
import { describeEvent } from '../../../shared/exports/record/describe.ts';
import { type CallEvent, type Happening } from '../../../shared/events/event.ts';
import { deskReferral, type DeskReferral } from '../../../shared/referral/exchange.ts';
import { deliveryWords } from '../../../renderer/screens/wording/delivery.ts';
import { callOn, content } from '../../support/call-builder.ts';
import { playedCall } from '../../support/played-call.ts';

const ID = '01930000-0000-7000-8000-0000000000aa';
const AT = Date.UTC(2026, 10, 20, 20, 0);

/** Priya's call until somebody was told, with whatever happens then. */
function waiting(...then: ((sent: CallEvent) => Happening)[]) {
  const make = callOn();
  let snapshot = startCall(content);
  let sent: CallEvent | undefined;
  const take = (happening: Happening): void => {
    const event = make(happening);
    const next = step(snapshot, event, content);
    expect(next.allowed, happening.type).toBe(true);
    snapshot = next.snapshot;
    if (event.type === 'handover.sent') sent = event;
  };
  for (const { type, data } of playedCall('priya').events) {
    take({ type, data } as Happening);
    if (type === 'handover.sent') break;
  }
  if (sent === undefined) throw new Error('nobody was told');
  for (const happening of then) take(happening(sent));
  return { picture: snapshot.context.picture, sent, take, now: () => snapshot.context.picture };
}

const referral = (sent: CallEvent, answer: object | null): DeskReferral =>
  deskReferral.parse({
    id: ID,
    call: sent.call,
    handover: refOf(sent),
    receiver: { id: ID, name: 'Northmoor crisis team', how: 'system' },
    state: 'delivered',
    tries: 1,
    trouble: null,
    deliveredAt: AT,
    opened: null,
    link: null,
    answer: answer === null ? null : { answer, receivedAt: AT, via: 'system' },
  });
const yes = { answer: 'acknowledged', by: 'Kit Lane', at: AT - 1_000, reference: 'NC-7' };
const no = { answer: 'declined', by: 'Lee', at: AT + 60_000, code: '22' };

describe('an answer through the hub', () => {
  test('acknowledges in the call’s own log, by name and time, and only then does somebody have them', () => {
    const call = waiting();
    expect(handoverNow(call.picture)?.state).toBe('sent');
    expect(answerThroughHub(call.picture, referral(call.sent, null))).toBeUndefined();
    const event = answerThroughHub(call.picture, referral(call.sent, yes));
    expect(event).toMatchObject({ data: { by: 'Kit Lane', through: { via: 'system', at: AT - 1_000 } } });
    if (event !== undefined) call.take(event);
    expect(handoverNow(call.now())?.state).toBe('acknowledged');
    // Told again: nothing more is written.
    expect(answerThroughHub(call.now(), referral(call.sent, yes))).toBeUndefined();
    const written = lastOf(call.now(), 'handover.acknowledged');
    expect(written && describeEvent(written, content).says).toMatch(
      /Kit Lane.*NC-7.*answered by their system/s,
    );
  });

  test('declines with the code, and a time from a clock that runs ahead is the time it came', () => {
    const call = waiting();
    const event = answerThroughHub(call.picture, referral(call.sent, no));
    expect(event).toMatchObject({
      data: { code: '22', reason: 'No room: full, or nobody free', through: { at: AT } },
    });
    if (event !== undefined) call.take(event);
    expect(handoverNow(call.now())?.state).toBe('declined');
  });

  test('that differs from what somebody wrote down here throws neither away: one note says both', () => {
    const call = waiting((sent) => ({
      type: 'handover.acknowledged',
      data: { handover: refOf(sent), by: 'Kit, by phone' },
    }));
    const early = { ...no, at: call.sent.at };
    const event = answerThroughHub(call.picture, referral(call.sent, early));
    expect(event).toMatchObject({
      type: 'note.added',
      data: { text: /Lee of Northmoor.*declined.*Ring them/ },
    });
    if (event !== undefined) call.take(event);
    expect(answerThroughHub(call.now(), referral(call.sent, early))).toBeUndefined();
    expect(answerThroughHub(call.now(), referral(call.sent, yes))).toBeUndefined();
  });

  test('that is a no after somebody was told a yes by phone counts: nobody has them', () => {
    const call = waiting((sent) => ({
      type: 'handover.acknowledged',
      data: { handover: refOf(sent), by: 'Kit, by phone' },
    }));
    const event = answerThroughHub(call.picture, referral(call.sent, no));
    if (event !== undefined) call.take(event);
    expect(handoverNow(call.now())?.state).toBe('declined');
  });

  test('that is a no by the same system after its yes counts, whatever its clock says', () => {
    const call = waiting();
    const taken = answerThroughHub(call.picture, referral(call.sent, yes));
    if (taken !== undefined) call.take(taken);
    const event = answerThroughHub(call.now(), referral(call.sent, { ...no, at: call.sent.at }));
    expect(event).toMatchObject({ type: 'handover.declined', data: { by: 'Lee' } });
    if (event !== undefined) call.take(event);
    expect(handoverNow(call.now())?.state).toBe('declined');
    expect(answerThroughHub(call.now(), referral(call.sent, no))).toBeUndefined();
  });

  test('that brings a code and no words says its reason once', () => {
    const call = waiting();
    const event = answerThroughHub(call.picture, referral(call.sent, no));
    if (event !== undefined) call.take(event);
    const written = lastOf(call.now(), 'handover.declined');
    const says = written === undefined ? '' : describeEvent(written, content).says;
    expect(says.split('No room: full, or nobody free')).toHaveLength(2);
    expect(says).toContain('22');
  });

  test('to a hand-over that this desk does not hold is nothing', () => {
    const other = waiting();
    expect(answerThroughHub(waiting().picture, referral(other.sent, yes))).toBeUndefined();
  });
});

describe('how far it got', () => {
  const { sent } = waiting();
  const told = (more: Partial<DeskReferral>): DeskReferral => ({ ...referral(sent, null), ...more });
  const opened = { by: 'Jo', at: AT };
  test.each([
    ['on this PC, hub away', { told: undefined, isHere: true, isAway: true }, true],
    ['on this PC', { told: undefined, isHere: true, isAway: false }, false],
    ['at the hub', { told: undefined, isHere: false, isAway: false }, false],
    ['waiting', { told: told({ state: 'waiting' }), isHere: false, isAway: false }, false],
    ['tried', { told: told({ state: 'waiting', trouble: 'no answer' }), isHere: false, isAway: false }, true],
    ['delivered', { told: told({}), isHere: false, isAway: false }, false],
    ['failed', { told: told({ state: 'failed', trouble: 'wrong' }), isHere: false, isAway: false }, true],
    ['linked', { told: told({ state: 'linked' }), isHere: false, isAway: false }, true],
    ['opened', { told: told({ state: 'linked', opened }), isHere: false, isAway: false }, false],
    ['withdrawn', { told: told({ state: 'withdrawn' }), isHere: false, isAway: false }, true],
  ])('is never said as having the person: %s', (_name, known, isTrouble) => {
    const { say, isTrouble: trouble } = deliveryWords(known);
    expect(trouble).toBe(isTrouble);
    expect(say).not.toMatch(/has the person|has them|received by|acknowledged/i);
  });
});
