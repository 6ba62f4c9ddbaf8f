import { describe, expect, it } from 'vitest';
import { type CallView } from '../../renderer/call/desk.ts';
import { loudest } from '../../renderer/screens/derive/loud.ts';
import { personOf } from '../../renderer/screens/derive/person.ts';
import { wasHard } from '../../renderer/screens/derive/hard-call.ts';
import { workRows } from '../../renderer/screens/work/rows.ts';
import { refOf } from '../../shared/call/picture.ts';
import { replay } from '../../shared/call/replay.ts';
import { type CallEvent, type Happening } from '../../shared/events/event.ts';
import { callId } from '../../shared/ids.ts';
import { chaseAfterMs } from '../../shared/referral/chase-times.ts';
import {
  adult,
  answer,
  answered,
  callOn,
  choose,
  consulted,
  content,
  offered,
  quietSafetyCheck,
} from '../support/call-builder.ts';

const NOW = Date.UTC(2026, 10, 20, 20, 0);
const nobody = (): undefined => undefined;

function viewOf(events: readonly CallEvent[]): CallView {
  const { snapshot } = replay(events, content);
  const id = callId.parse(events[0]?.call);
  return { id, content, snapshot, events, resumed: false };
}
const dropped: Happening = { type: 'line.dropped', data: { lastWords: 'It is all ready' } };
const task = (dueAt: number): Happening => ({
  type: 'task.opened',
  data: { kind: 'followUp', what: 'Ring at noon', owner: 'Bea Lund', dueAt },
});

describe('the work list', () => {
  it('puts what is owed now before what is due later, whatever call it belongs to', () => {
    const [first, second] = [callOn(), callOn()];
    const number = answer('O2', 'given', { number: '01632 960142', safeToRing: 'yes' });
    const rows = workRows(
      [
        viewOf([offered, answered, task(NOW + 7_200_000)].map(first)),
        viewOf([offered, answered, number, dropped].map(second)),
      ],
      nobody,
    );
    expect(rows.map(({ title, detail, panel }) => [title, detail, panel])).toEqual([
      ['Ring back owed', 'It is all ready', 'dropped'],
      ['Follow up', 'Ring at noon', 'none'],
    ]);
    expect(rows.map(({ owner }) => owner)).toEqual(['Whoever took the call', 'Bea Lund']);
  });

  it('tells nobody to ring where it is not safe', () => {
    const call = callOn();
    const number = answer('O2', 'given', { number: '01632 960142', safeToRing: 'no' });
    const [row] = workRows([viewOf([offered, answered, number, dropped].map(call))], nobody);
    expect(row?.title).toBe('Decision owed');
  });
});

describe('a declined hand-over', () => {
  it('stays loud until it is sent again', () => {
    const call = callOn();
    const begin = [
      offered,
      answered,
      ...quietSafetyCheck,
      { type: 'route.chosen', data: { route: 'careTeam', urgency: '3' } } as const,
      { type: 'consent.recorded', data: { state: 'agreed' } } as const,
      { type: 'handover.sent', data: { route: 'careTeam', to: 'Northmoor team', how: 'phone' } } as const,
    ].map(call);
    const sent = begin.findLast((event) => event.type === 'handover.sent');
    if (sent === undefined) throw new Error('nothing was sent');
    const no = call({
      type: 'handover.declined',
      data: { handover: refOf(sent), by: 'Duty worker', reason: 'Not our area' },
    });
    const loudOf = (events: readonly CallEvent[]) => {
      const { picture } = viewOf(events).snapshot.context;
      return loudest(picture, personOf(picture, content), { reach: 'reachable', since: 1 }, NOW);
    };
    expect(loudOf(begin)?.kind).toBe('handover');
    expect(loudOf([...begin, no])).toMatchObject({ kind: 'declined', since: no.at });
    const again = call({ type: 'handover.sent', data: { route: 'careTeam', to: 'Duty desk', how: 'phone' } });
    expect(loudOf([...begin, no, again])?.kind).toBe('handover');
  });
});

describe('a pause', () => {
  const after = (...happenings: readonly Happening[]): boolean => {
    const call = callOn();
    return wasHard(viewOf([offered, answered, ...happenings].map(call)).snapshot.context.picture);
  };
  it('is offered after an emergency or a lost caller, confirmed or not, and not after a quiet call', () => {
    expect(after(...quietSafetyCheck)).toBe(false);
    expect(after({ type: 'emergency.raised', data: {} })).toBe(true);
    expect(after(dropped)).toBe(true);
    expect(after(dropped, { type: 'callBack.reached', data: {} })).toBe(false);
  });

  it('is offered after a child was found to be at risk', () => {
    const recorded = (concern: 'yes' | 'no'): Happening => ({
      type: 'safeguarding.recorded',
      data: {
        about: 'Two children',
        concern,
        action: 'Rang the duty team',
        by: { name: 'A', role: 'adviser' },
      },
    });
    expect(after(recorded('no'))).toBe(false);
    expect(after(recorded('yes'))).toBe(true);
  });
});

it('a hand-over that nobody answered is to be chased now once its time has come', () => {
  const call = callOn();
  const sent: Happening = {
    type: 'handover.sent',
    data: { route: 'gp', to: 'Hill Surgery', how: 'phone' },
  };
  const consent: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
  const start = [offered, answered, ...quietSafetyCheck, adult, ...consulted, choose('gp', '3'), consent];
  const view = viewOf([...start, sent].map(call));
  const { picture } = view.snapshot.context;
  const hub = { reach: 'reachable', since: 1 } as const;
  const at = (now: number) => loudest(picture, personOf(picture, content), hub, now)?.title;
  const sentAt = view.events.at(-1)?.at ?? 0;
  expect(at(sentAt)).toBe('Sent, not yet acknowledged');
  expect(at(sentAt + chaseAfterMs('3'))).toBe('Chase now: nobody has this person');
  expect(workRows([view], nobody)[0]?.owed.dueAt).toBe(sentAt + chaseAfterMs('3'));
});
