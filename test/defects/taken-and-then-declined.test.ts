import { expect, it } from 'vitest';
import { loudest } from '../../renderer/screens/derive/loud.ts';
import { personOf } from '../../renderer/screens/derive/person.ts';
import { refOf } from '../../shared/call/picture.ts';
import { handoverIsOurs, referralNow } from '../../shared/call/referral.ts';
import { replay } from '../../shared/call/replay.ts';
import { owedIn } from '../../shared/call/work.ts';
import { type CallEvent, type Happening } from '../../shared/events/event.ts';
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
} from '../support/call-builder.ts';

// A team that had said by name that it has the person, and then rang back that it cannot come, could not be written down: the
// refusal was refused, and the call went on saying that somebody has them (H10, H12).

const sent: Happening = { type: 'handover.sent', data: { route: 'gp', to: 'Hill Surgery', how: 'phone' } };
const agreed: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };

function taken(isClosed: boolean) {
  const make = callOn();
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
    sent,
  ];
  const events: CallEvent[] = before.map(make);
  const handover = refOf(events.at(-1) as CallEvent);
  const add = (happening: Happening): number => events.push(make(happening));
  add({ type: 'handover.acknowledged', data: { handover, by: 'Dr Lowe' } });
  if (isClosed) add(close('04'));
  add({
    type: 'handover.declined',
    data: { handover, by: 'Ros, reception', code: '22', reason: 'Dr Lowe was called away' },
  });
  const { snapshot, refused } = replay(events, content);
  expect(refused.map(({ event, why }) => `${event.type}: ${why}`)).toEqual([]);
  return { events, make, handover, picture: snapshot.context.picture };
}

it.each([
  ['open', false],
  ['closed', true],
])(
  'who took the person and rings back that they cannot: the %s call is the desk’s again, and loud',
  (_, isClosed) => {
    const { picture, events } = taken(isClosed);
    expect(referralNow(picture)).toMatchObject({ state: 'declined', by: { data: { by: 'Ros, reception' } } });
    expect(handoverIsOurs(picture)).toBe(true);
    expect(owedIn(picture).map(({ kind }) => kind)).toContain('declined');
    const now = (events.at(-1)?.at ?? 0) + 1;
    const loud = loudest(picture, personOf(picture, content), { reach: 'reachable', since: now }, now);
    expect(loud?.kind).toBe('declined');
  },
);

it('a no is said once, and a yes after it needs another hand-over', () => {
  const { events, make, handover } = taken(false);
  const again: Happening = { type: 'handover.declined', data: { handover, by: 'Ros', reason: 'Still not.' } };
  const yes: Happening = { type: 'handover.acknowledged', data: { handover, by: 'Dr Lowe' } };
  for (const happening of [again, yes])
    expect(replay([...events, make(happening)], content).refused).toHaveLength(1);
});
