import { describe, expect, it } from 'vitest';
import { lastOf, refOf } from '../../shared/call/picture.ts';
import { replay, step } from '../../shared/call/replay.ts';
import { type Happening } from '../../shared/events/event.ts';
import {
  adult,
  answer,
  answered,
  callOn,
  choose,
  close,
  content,
  fits,
  ifWorse,
  offered,
  quietSafetyCheck,
  refusal,
  saidBack,
  somewhere,
  until,
} from '../support/call-builder.ts';

// Calls written after the gates, run by hand: each of these ended wrong with nobody's name against it.

const agreed: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
const chase: Happening = {
  type: 'task.opened',
  data: {
    kind: 'chaseHandover',
    what: 'Ring them again',
    owner: 'Sam Okafor',
    dueAt: Date.UTC(2026, 10, 21),
  },
};

/** The quiet check, with one answer instead of the same one in it. */
const checkWith = (other: Happening): readonly Happening[] =>
  quietSafetyCheck.map((item) =>
    item.type === 'answer.recorded' &&
    other.type === 'answer.recorded' &&
    item.data.question === other.data.question
      ? other
      : item,
  );

describe('a crisis team that said no after a chase was opened (H12)', () => {
  const make = callOn();
  const before = [offered, answered, ...quietSafetyCheck, adult, somewhere, fits('crhtUrgent', 'Team')];
  const sent = [
    choose('crhtUrgent', '2'),
    agreed,
    { type: 'handover.sent', data: { route: 'crhtUrgent', to: 'Team', how: 'phone' } },
  ];
  const { snapshot } = replay(
    [...before, ...sent, chase, until, ifWorse, saidBack].map((item) => make(item as Happening)),
    content,
  );
  const handover = lastOf(snapshot.context.picture, 'handover.sent');
  if (handover === undefined) throw new Error('nothing was sent');
  const no = make({
    type: 'handover.declined',
    data: { handover: refOf(handover), by: 'Duty desk', reason: 'He has been drinking.', code: '23' },
  });
  const declined = step(snapshot, no, content).snapshot;

  it('is not written down as referred on the strength of the older chase', () => {
    expect(step(snapshot, make(close('05')), content).allowed).toBe(true);
    const next = step(declined, make(close('05')), content);
    expect(next.allowed ? 'ALLOWED' : next.why).toContain('Nobody has yet said that they have this person');
  });

  it('may end when somebody takes the chase up again', () => {
    const chased = step(declined, make(chase), content).snapshot;
    expect(step(chased, make(close('05')), content).allowed).toBe(true);
  });
});

it('does not leave recent self-harm to a counselling line alone (H11)', () => {
  const harmed = checkWith(answer('S1', 'yes', { kind: 'injury', when: 'week', needsCare: 'no' }));
  expect(refusal([offered, answered, ...harmed, adult], choose('other', '3'))).toContain('last seven days');
});
