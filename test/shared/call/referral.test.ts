import { describe, expect, it } from 'vitest';
import { closingOf } from '../../../shared/call/facts.ts';
import { refOf } from '../../../shared/call/picture.ts';
import { handoverIsOurs, referralNow } from '../../../shared/call/referral.ts';
import { conversationOf, replay } from '../../../shared/call/replay.ts';
import { owedIn } from '../../../shared/call/work.ts';
import { type CallEvent, type Happening } from '../../../shared/events/event.ts';
import { chaseTimetable } from '../../../shared/referral/chase-times.ts';
import { declineList, reasonTitle } from '../../../shared/referral/decline-reasons.ts';
import {
  adult,
  answered,
  callOn,
  choose,
  close,
  consulted,
  content,
  ifWorse,
  offered,
  quietSafetyCheck,
  saidBack,
} from '../../support/call-builder.ts';

const agreed: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
const sentTo = (to: string, promisedBy?: number): Happening => ({
  type: 'handover.sent',
  data: { route: 'gp', to, how: 'endpoint', ...(promisedBy === undefined ? {} : { promisedBy }) },
});
const noFrom = (sent: CallEvent, code = '22'): Happening => ({
  type: 'handover.declined',
  data: { handover: refOf(sent), by: 'Ros, reception', reason: 'No slot before Friday', code },
});
const yesFrom = (sent: CallEvent): Happening => ({
  type: 'handover.acknowledged',
  data: { handover: refOf(sent), by: 'Dr Lowe' },
});
const chased = (sent: CallEvent): Happening => ({
  type: 'handover.chased',
  data: { handover: refOf(sent), words: 'Rang, no answer' },
});
const task: Happening = {
  type: 'task.opened',
  data: { kind: 'chaseHandover', what: 'Ring the surgery', owner: 'Bea Lund', dueAt: 1 },
};
const reopened: Happening = {
  type: 'call.reopened',
  data: { by: { name: 'Bea Lund', role: 'adviser' }, reason: 'The surgery said no afterwards' },
};
const before = [
  offered,
  answered,
  ...quietSafetyCheck,
  adult,
  ...consulted,
  choose('gp', '3'),
  agreed,
  saidBack,
  ifWorse,
];

/** Events one after another; a function is given those before it. */
function written(...steps: readonly (Happening | ((sent: CallEvent) => Happening))[]): {
  events: readonly CallEvent[];
  picture: ReturnType<typeof replay>['snapshot']['context']['picture'];
  stage: string;
} {
  const make = callOn();
  const events: CallEvent[] = before.map(make);
  for (const step of steps) {
    const sent = events.findLast((event) => event.type === 'handover.sent');
    events.push(make(typeof step === 'function' ? step(sent ?? (events[0] as CallEvent)) : step));
  }
  const { snapshot, refused } = replay(events, content);
  expect(refused.map(({ event, why }) => `${event.type}: ${why}`)).toEqual([]);
  return { events, picture: snapshot.context.picture, stage: conversationOf(snapshot) };
}

describe('the life of a referral', () => {
  it('is prepared, sent, declined with a national code, sent to the next choice, and acknowledged by name', () => {
    expect(referralNow(written().picture)).toEqual({ state: 'prepared', route: 'gp' });
    expect(referralNow(written(sentTo('Hill Surgery')).picture).state).toBe('sent');
    const declined = written(sentTo('Hill Surgery'), noFrom);
    expect(referralNow(declined.picture)).toMatchObject({ state: 'declined', by: { data: { code: '22' } } });
    expect(handoverIsOurs(declined.picture)).toBe(true);
    const next = written(sentTo('Hill Surgery'), noFrom, sentTo('Vale Surgery'), yesFrom);
    expect(referralNow(next.picture)).toMatchObject({
      state: 'acknowledged',
      by: { data: { by: 'Dr Lowe' } },
    });
    expect(handoverIsOurs(next.picture)).toBe(false);
  });

  it('refuses a reason that is not in the national list, and takes one from before codes', () => {
    const { events } = written(sentTo('Hill Surgery'));
    const sent = events.at(-1) as CallEvent;
    const make = callOn(sent.stream, { call: sent.call, firstSeq: sent.seq + 1, startAt: sent.at + 1000 });
    const [refused] = replay([...events, make(noFrom(sent, '77'))], content).refused;
    expect(refused?.why).toBe('There is no such reason in the list.');
    const old: Happening = {
      type: 'handover.declined',
      data: { handover: refOf(sent), by: 'Ros', reason: 'full' },
    };
    expect(replay([...events, make(old)], content).refused).toEqual([]);
  });

  it('is chased after the time for its urgency, and again that long after each chase', () => {
    const sent = written(sentTo('Hill Surgery'));
    const sentAt = sent.events.at(-1)?.at ?? 0;
    const wait = chaseTimetable.minutes['3'] * 60_000;
    expect(owedIn(sent.picture)).toMatchObject([{ kind: 'handover', dueAt: sentAt + wait }]);
    const again = written(sentTo('Hill Surgery'), chased);
    expect(owedIn(again.picture)).toMatchObject([{ kind: 'handover', dueAt: sentAt + 1000 + wait }]);
  });

  it('is chased when an answer was promised, where that is sooner, and not for a promise that has passed', () => {
    const now = Date.UTC(2026, 10, 20, 19, 30);
    const sent = written(sentTo('Hill Surgery', now + 600_000));
    expect(owedIn(sent.picture)).toMatchObject([{ dueAt: now + 600_000 }]);
    const late = written(sentTo('Hill Surgery', now + 1));
    expect(owedIn(late.picture)[0]?.dueAt).toBeGreaterThan(now + 600_000);
  });
});

describe('a closed call that nobody took', () => {
  it('owes the hand-over still, is opened again by name and reason, and can be sent elsewhere and closed', () => {
    const closed = written(sentTo('Hill Surgery'), task, close('04'), noFrom);
    expect(closed.stage).toBe('closed');
    expect(owedIn(closed.picture).map(({ kind }) => kind)).toEqual(['declined', 'task']);
    const open = written(sentTo('Hill Surgery'), task, close('04'), noFrom, reopened);
    expect(open.stage).toBe('handOver');
    expect(closingOf(open.picture)).toBeUndefined();
    const ended = written(
      sentTo('Hill Surgery'),
      task,
      close('04'),
      noFrom,
      reopened,
      sentTo('Vale Surgery'),
      yesFrom,
      close('04'),
    );
    expect(ended.stage).toBe('closed');
    expect(closingOf(ended.picture)).toBe(ended.events.at(-1));
  });

  it('is not opened again once somebody has the person, nor while it is open', () => {
    const taken = written(sentTo('Hill Surgery'), yesFrom, close('04'));
    const last = taken.events.at(-1) as CallEvent;
    const make = callOn(last.stream, { call: last.call, firstSeq: last.seq + 1, startAt: last.at + 1000 });
    expect(replay([...taken.events, make(reopened)], content).refused).toHaveLength(1);
    const open = written(sentTo('Hill Surgery'));
    expect(replay([...open.events, make(reopened)], content).refused).toHaveLength(1);
  });
});

it('every reason has one code and words, and the data says where it is from and that times are a demonstration', () => {
  const codes = declineList.reasons.map(({ code }) => code);
  expect(new Set(codes).size).toBe(12);
  expect(codes.toSorted()).toEqual(['21', '22', '23', '24', '26', '27', '31', '32', '40', '41', '42', '99']);
  expect(reasonTitle('22')).toContain('No room');
  expect(reasonTitle('77')).toBe('reason 77');
  expect(declineList.source).toContain('dos-rejected-reasons-bars');
  expect(chaseTimetable).toMatchObject({ status: 'demonstration' });
  expect(chaseTimetable.say).toContain('Demonstration numbers');
});
