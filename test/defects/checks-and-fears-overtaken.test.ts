import { describe, expect, it } from 'vitest';
import { lastOf, refOf } from '../../shared/call/picture.ts';
import { step } from '../../shared/call/replay.ts';
import { type Happening } from '../../shared/events/event.ts';
import {
  adult,
  answer,
  answered,
  choose,
  clinician,
  close,
  content,
  decided,
  fits,
  ifWorse,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  saidBack,
  until,
} from '../support/call-builder.ts';

// Wrong endings that a reader of the gates found: each could be reached with nobody's name against it.

const begun = [offered, answered];
const agreed: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
const at = (place: string): Happening => answer('O3', 'given', { place });
const aged = (age: string): Happening => answer('N5', 'given', { name: 'Dev', age });
const safeguarded: Happening = {
  type: 'safeguarding.recorded',
  data: { about: 'Dev', concern: 'yes', action: 'Duty team told.', by: clinician },
};
/** The quiet check, with other answers instead of the same ones in it. */
const checkWith = (...others: readonly Happening[]): readonly Happening[] => [
  ...quietSafetyCheck.filter(
    (item) =>
      item.type !== 'answer.recorded' ||
      !others.some((other) => other.type === 'answer.recorded' && other.data.question === item.data.question),
  ),
  ...others,
];

describe('a service that was looked at for another place or age (H6)', () => {
  const known = [...begun, ...quietSafetyCheck, aged('27'), at('Tanner’s Row, Wexcombe')];
  const looked = [...known, fits('crisisAlternative', 'The Anchor')];
  const again = 'was checked before';

  it('is not chosen after the place became another', () => {
    run([...looked, choose('crisisAlternative', '3')]);
    expect(refusal([...looked, at('Eastmere station')], choose('crisisAlternative', '3'))).toContain(again);
  });

  it('is not chosen after the age became known or another', () => {
    expect(refusal([...looked, aged('17')], choose('crisisAlternative', '3'))).toContain(again);
    const early = [...begun, ...quietSafetyCheck, fits('crhtUrgent', 'Team'), adult];
    expect(refusal(early, choose('crhtUrgent', '2'))).toContain(again);
  });

  it('is not chosen after the place was struck through', () => {
    const { snapshot, make } = run(looked);
    const place = lastOf(snapshot.context.picture, 'answer.recorded');
    if (place === undefined) throw new Error('nobody said where');
    const struck = make({ type: 'entry.struck', data: { target: refOf(place), reason: 'wrong call' } });
    const next = step(
      step(snapshot, struck, content).snapshot,
      make(choose('crisisAlternative', '3')),
      content,
    );
    expect(next.allowed ? 'ALLOWED' : next.why).toContain(again);
  });

  it('keeps a call that chose it from closing, until it is looked at again', () => {
    const chosen = [...looked, choose('crisisAlternative', '3'), agreed];
    const sent: Happening = {
      type: 'handover.sent',
      data: { route: 'crisisAlternative', to: 'The Anchor', how: 'phone' },
    };
    expect(refusal([...chosen, at('Eastmere station')], sent)).toContain(again);
    run([...chosen, at('Eastmere station'), fits('crisisAlternative', 'The Anchor'), sent]);
  });

  it('stands while the same place and age are said again', () => {
    run([...looked, at('Tanner’s Row, Wexcombe'), aged('27'), choose('crisisAlternative', '3')]);
  });

  it('may be passed on the word of somebody there who knows of the change, not of one who did not', () => {
    const word: Happening = {
      type: 'gate.overridden',
      data: { gate: 'G6', by: { name: 'Lou', role: 'host' }, reason: 'They will wait for him.' },
    };
    run([...looked, at('Eastmere station'), word, choose('crisisAlternative', '3')]);
    expect(refusal([...looked, word, at('Eastmere station')], choose('crisisAlternative', '3'))).toContain(
      again,
    );
  });

  it('of Talking Therapies turns on the home and the surgery, not on where they are now', () => {
    const therapy = [...known, answer('N7', 'no'), fits('talkingTherapies', 'Wexcombe Talking Therapies')];
    run([...therapy, at('On the bus'), choose('talkingTherapies', '3')]);
    const moved = answer('N6', 'given', { home: 'Northmoor' });
    expect(refusal([...therapy, moved], choose('talkingTherapies', '3'))).toContain(again);
  });
});

describe('another service that was looked at after the choice (H6, H10)', () => {
  const agreedAt = [
    ...begun,
    ...quietSafetyCheck,
    aged('20'),
    at('Northmoor'),
    fits('crhtUrgent', 'Northmoor crisis team'),
    choose('crhtUrgent', '2'),
    agreed,
  ];
  const toNorthmoor: Happening = {
    type: 'handover.sent',
    data: { route: 'crhtUrgent', to: 'Northmoor crisis team', how: 'phone' },
  };
  const another = [at('Eastmere'), fits('crhtUrgent', 'Eastmere crisis team')];
  const other = 'Another service was looked at since';

  it('does not make the hand-over to the first one right', () => {
    const chase: Happening = {
      type: 'task.opened',
      data: { kind: 'chaseHandover', what: 'Ring', owner: 'Sam Okafor', dueAt: Date.UTC(2026, 10, 21) },
    };
    const told = [...agreedAt, toNorthmoor, chase, until, ifWorse, saidBack];
    run([...told, close('05')]);
    expect(refusal([...told, ...another], close('05'))).toContain(other);
    expect(refusal([...agreedAt, ...another], toNorthmoor)).toContain(other);
  });

  it('is chosen by choosing again, and the first one counts when it is looked at again', () => {
    const sent: Happening = {
      type: 'handover.sent',
      data: { route: 'crhtUrgent', to: 'Eastmere crisis team', how: 'phone' },
    };
    run([...agreedAt, ...another, choose('crhtUrgent', '2'), agreed, sent]);
    run([...agreedAt, ...another, fits('crhtUrgent', 'Northmoor crisis team'), toNorthmoor]);
  });

  it('keeps neither an emergency nor a lost line from ending', () => {
    const lost: readonly Happening[] = [
      { type: 'line.dropped', data: {} },
      { type: 'callBack.decided', data: { by: clinician, decision: 'Police asked to visit.' } },
      {
        type: 'task.opened',
        data: { kind: 'callBack', what: 'Tell Eastmere', owner: 'Sam Okafor', dueAt: Date.UTC(2026, 10, 21) },
      },
    ];
    run([...agreedAt, ...another, ...lost, close('01')]);
  });
});

describe('somebody who is afraid of a person (H21)', () => {
  const told = [aged('27'), at('Tanner’s Row, Wexcombe'), ifWorse];
  const advised = (...said: readonly Happening[]): readonly Happening[] => [
    ...begun,
    ...checkWith(...said),
    ...told,
    choose('adviceOnly', '3'),
    saidBack,
  ];
  const afraid = answer('S7', 'yes');
  const fear = 'afraid of somebody';

  it('does not end in advice without the safeguarding step', () => {
    expect(refusal(advised(afraid), close('02'))).toContain(fear);
    run([...advised(afraid), safeguarded, close('02')]);
  });

  it('is not taken for a no while it is not known', () => {
    const looked: readonly Happening[] = [{ type: 'consult.requested', data: {} }, decided(['adviceOnly'])];
    for (const state of ['notKnown', 'declined', 'couldNotAsk'] as const) {
      const before = [...advised(answer('S7', state)), ...looked];
      expect(refusal(before, close('02')), state).toContain(fear);
      run([...before, safeguarded, close('02')]);
    }
  });

  it('is asked about again when they say so after the step', () => {
    const { snapshot, make } = run([...advised(afraid), safeguarded]);
    const more = step(snapshot, make(answer('S7', 'yes', {}, 'He has a key.')), content).snapshot;
    const next = step(more, make(close('02')), content);
    expect(next.allowed ? 'ALLOWED' : next.why).toContain(fear);
  });

  it('may end without it on the name of a clinician, and of nobody else', () => {
    const word = (role: string): Happening => ({
      type: 'gate.overridden',
      data: { gate: 'L14', by: { name: 'Dr Asha Bell', role }, reason: 'Known to the team; seen today.' },
    });
    run([...advised(afraid), word('clinician'), close('02')]);
    expect(refusal(advised(afraid), word('adviser'))).toContain('Only a clinician');
  });

  it('is not left by a lost line or an emergency either, once it was asked', () => {
    const lost: readonly Happening[] = [
      { type: 'line.dropped', data: {} },
      { type: 'callBack.decided', data: { by: clinician, decision: 'Police asked to visit.' } },
    ];
    const before = [...begun, ...checkWith(afraid), ...told, ...lost];
    expect(refusal(before, close('01'))).toContain(fear);
    run([...before, safeguarded, close('01')]);
    const gone: readonly Happening[] = [
      { type: 'emergency.raised', data: {} },
      { type: 'emergency.handedOver', data: { reference: 'A-12' } },
      { type: 'emergency.contactConfirmed', data: { by: 'Paramedic Lou' } },
      saidBack,
    ];
    expect(refusal([...begun, ...checkWith(afraid), ...told, ...gone], close('06'))).toContain(fear);
    const notAsked = [...begun, ...checkWith(answer('S7', 'couldNotAsk')), ...told, ...gone];
    expect(refusal(notAsked, close('06'))).toContain(fear);
    run([...notAsked, safeguarded, close('06')]);
    // Never put to them, because 999 came first: nothing more is asked.
    run([...begun, answer('S5', 'no'), ...told, ...gone, close('06')]);
  });
});

describe('thoughts of dying together with frightening beliefs, left to the care team (H11)', () => {
  const both = [answer('S3', 'yes'), answer('S4a', 'no'), answer('S4b', 'no'), answer('S8', 'yes')];
  const chase: Happening = {
    type: 'task.opened',
    data: { kind: 'chaseHandover', what: 'Ring them', owner: 'Sam Okafor', dueAt: Date.UTC(2026, 10, 21) },
  };
  const HOUR = 3_600_000;
  /** Calls of the builder begin at this time and last less than a minute. */
  const BEGUN = Date.UTC(2026, 10, 20, 19, 30);
  const sent = (hours?: number): Happening => ({
    type: 'handover.sent',
    data: {
      route: 'careTeam',
      to: 'Duty worker',
      how: 'phone',
      ...(hours === undefined ? {} : { promisedBy: BEGUN + hours * HOUR }),
    },
  });
  const routine = (urgency: '2' | '3', hours?: number): readonly Happening[] => [
    ...begun,
    ...checkWith(...both),
    aged('27'),
    at('Tanner’s Row, Wexcombe'),
    choose('careTeam', urgency),
    agreed,
    sent(hours),
    ifWorse,
    saidBack,
  ];
  const waits = 'do not wait on a chase';

  it('does not close on a chase alone', () => {
    expect(refusal([...routine('3'), chase], close('04'))).toContain(waits);
    expect(refusal([...routine('3', 20), chase], close('04'))).toContain(waits);
  });

  it('closes on a clinician’s decision', () => {
    const looked: readonly Happening[] = [{ type: 'consult.requested', data: {} }, decided(['careTeam'])];
    run([...routine('3'), chase, ...looked, close('04')]);
  });

  it('closes when the team has them and promised a time within a day, and on no later or no time', () => {
    const end = (hours?: number): string => {
      const { snapshot, make } = run(routine('3', hours));
      const handover = lastOf(snapshot.context.picture, 'handover.sent');
      if (handover === undefined) throw new Error('nothing was sent');
      const taken = make({
        type: 'handover.acknowledged',
        data: { handover: refOf(handover), by: 'Lee, duty worker' },
      });
      const next = step(step(snapshot, taken, content).snapshot, make(close('04')), content);
      return next.allowed ? 'ALLOWED' : next.why;
    };
    expect(end(20)).toBe('ALLOWED');
    expect(end(30)).toContain(waits);
    expect(end(-1)).toContain(waits);
    expect(end()).toContain(waits);
  });

  it('asks nothing more of an urgent hand-over to them', () => {
    run([...routine('2'), chase, close('05')]);
  });
});
