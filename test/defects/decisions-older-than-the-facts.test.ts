import { describe, expect, it } from 'vitest';
import { refOf } from '../../shared/call/picture.ts';
import { step } from '../../shared/call/replay.ts';
import { type Happening } from '../../shared/events/event.ts';
import {
  adult,
  answer,
  answered,
  choose,
  clinician,
  close,
  consulted,
  content,
  fits,
  ifWorse,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  saidBack,
  somewhere,
} from '../support/call-builder.ts';

// Ways to a wrong ending with nobody's name on it: gates were asked once, when the route was chosen, and some
// decisions counted although they were older than the facts they were about.

const nobodyUnder18: Happening = {
  type: 'safeguarding.recorded',
  data: { about: 'nobody under 18 known', concern: 'no', action: 'None needed.', by: clinician },
};
const overdose = answer('S1', 'yes', { kind: 'taken', when: 'today' });
const intent = [answer('S3', 'yes'), answer('S4a', 'yes'), answer('S4b', 'yes')];

describe('closing without a route', () => {
  it('is refused while the safety check is not finished', () => {
    const before = [offered, answered, adult, answer('S5', 'no'), saidBack];
    expect(refusal(before, close('98'))).toContain('safety check is not finished');
  });

  it('is refused after intent today with means, without a consult', () => {
    const before = [offered, answered, ...quietSafetyCheck, ...intent, adult, saidBack];
    expect(refusal(before, close('98'))).toContain('Speak to a clinician');
  });

  it('is refused after an overdose, without 999 or a clinician’s decision', () => {
    const before = [offered, answered, ...quietSafetyCheck, overdose, adult, saidBack];
    expect(refusal(before, close('98'))).toContain('Something taken');
  });
});

describe('a disclosure after the route was chosen', () => {
  const advice = [
    offered,
    answered,
    ...quietSafetyCheck,
    adult,
    choose('adviceOnly', '3'),
    saidBack,
    ifWorse,
  ];

  it('shuts the way out again', () => {
    run([...advice, close('02')]);
    expect(refusal([...advice, overdose], close('02'))).toContain('Something taken');
    expect(refusal([...advice, ...intent], close('02'))).toContain('Speak to a clinician');
  });

  it('shuts the hand-over again', () => {
    const gp = [offered, answered, ...quietSafetyCheck, adult, choose('gp', '3')];
    const consent: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
    const sent: Happening = { type: 'handover.sent', data: { route: 'gp', to: 'Dr Lund', how: 'phone' } };
    run([...gp, consent, sent]);
    expect(refusal([...gp, consent, overdose], sent)).toContain('Something taken');
  });
});

describe('a decision taken before the fact it is about', () => {
  it('safeguarding recorded before a child was known does not count', () => {
    const told = [answer('K1', 'yes'), answer('K2', 'given', { who: 'Gran' }), answer('K3', 'yes')];
    const child = answer('N5', 'given', { age: '13' });
    const before = [
      offered,
      answered,
      ...quietSafetyCheck,
      nobodyUnder18,
      child,
      ...told,
      saidBack,
      ifWorse,
      ...consulted,
    ];
    expect(refusal(before, close('98'))).toContain('Record the safeguarding step');
    run([...before, nobodyUnder18, close('98')]);
  });

  it('an override of consent does not outlive a later refusal', () => {
    const before: Happening[] = [
      offered,
      answered,
      ...quietSafetyCheck,
      adult,
      choose('gp', '3'),
      { type: 'consent.overridden', data: { ground: 'danger', by: clinician, reason: 'Thought so then.' } },
      { type: 'consent.recorded', data: { state: 'refused' } },
    ];
    const sent: Happening = { type: 'handover.sent', data: { route: 'gp', to: 'Dr Lund', how: 'phone' } };
    expect(refusal(before, sent)).toContain('not agreed to share');
  });

  it('a chase task opened for an earlier route does not own this one', () => {
    const task: Happening = {
      type: 'task.opened',
      data: { kind: 'chaseHandover', what: 'Ring', owner: 'Sam Okafor', dueAt: 1 },
    };
    const before = [
      offered,
      answered,
      ...quietSafetyCheck,
      adult,
      task,
      somewhere,
      fits('crhtUrgent', 'Northmoor'),
      choose('crhtUrgent', '2'),
      saidBack,
      ifWorse,
    ];
    expect(refusal(before, close('05'))).toContain('Nobody has yet said');
  });

  it('what was said back before the route was chosen is not a plan said back', () => {
    const before = [
      offered,
      answered,
      ...quietSafetyCheck,
      adult,
      saidBack,
      choose('adviceOnly', '3'),
      ifWorse,
    ];
    expect(refusal(before, close('02'))).toContain('said back');
  });

  it('striking an answer through is a new fact too: an override before it no longer counts', () => {
    const override: Happening = {
      type: 'gate.overridden',
      data: { gate: 'G3', by: clinician, reason: 'Graze.' },
    };
    const cafe = fits('crisisAlternative', 'The Anchor');
    const hurt = answer('S1', 'yes', { kind: 'injury', needsCare: 'yes', when: 'today' });
    const { snapshot, make } = run([
      offered,
      answered,
      ...quietSafetyCheck,
      adult,
      cafe,
      overdose,
      hurt,
      override,
    ]);
    const newest = snapshot.context.picture.byType['answer.recorded']?.at(-1);
    if (newest === undefined) throw new Error('nothing was answered');
    const strike = make({ type: 'entry.struck', data: { target: refOf(newest), reason: 'wrong person' } });
    const struck = step(snapshot, strike, content);
    // The overdose holds again, and nobody has decided about that.
    expect(step(struck.snapshot, make(choose('crisisAlternative', '2')), content).allowed).toBe(false);
  });
});
