import { describe, expect, it } from 'vitest';
import { type Happening } from '../../../shared/events/event.ts';
import {
  adult,
  answer,
  answered,
  choose,
  clinician,
  close,
  consulted,
  fits,
  ifWorse,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  saidBack,
  somewhere,
} from '../../support/call-builder.ts';

const adviser = { name: 'Sam Okafor', role: 'adviser' };
const thoughts = [
  offered,
  answered,
  ...quietSafetyCheck,
  answer('S3', 'yes'),
  answer('S4a', 'no'),
  answer('S4b', 'no'),
  adult,
];

describe('endings that need a name', () => {
  it('L8: a call that ends without a route is looked at by a clinician', () => {
    const before = [offered, answered, ...quietSafetyCheck, adult, saidBack, ifWorse];
    expect(refusal(before, close('98'))).toContain('No route was chosen');
    run([...before, ...consulted, close('98')]);
  });

  it('L8: giving up a route that was chosen asks for a new look, whatever was decided before', () => {
    const withdrawn: Happening = { type: 'route.withdrawn', data: { reason: 'no nurse free' } };
    const before = [
      offered,
      answered,
      ...quietSafetyCheck,
      adult,
      ...consulted,
      somewhere,
      fits('crhtUrgent', 'Northmoor'),
      choose('crhtUrgent', '2'),
    ];
    expect(refusal([...before, withdrawn, saidBack, ifWorse], close('98'))).toContain('No route was chosen');
  });

  it('L9: thoughts of dying, or voices, do not wait for weeks without a clinician', () => {
    expect(refusal(thoughts, choose('adviceOnly', '3'))).toContain('something that waits');
    run([...thoughts, ...consulted, choose('adviceOnly', '3')]);
    const voices = [offered, answered, ...quietSafetyCheck, answer('S8', 'yes'), adult];
    expect(refusal(voices, choose('gp', '3'))).toContain('something that waits');
    const declined = [offered, answered, ...quietSafetyCheck, answer('S8', 'declined'), adult];
    expect(refusal(declined, choose('gp', '3'))).toContain('something that waits');
  });
});

describe('whose name a decision needs is content', () => {
  it('a consult is decided by a clinician and nobody else', () => {
    const asked: Happening[] = [offered, answered, { type: 'consult.requested', data: {} }];
    const decided = (by: typeof adviser): Happening => ({
      type: 'consult.decided',
      data: { clinician: by, decision: 'Content.', agreed: ['gp'] },
    });
    expect(refusal(asked, decided(adviser))).toContain('Only a clinician');
    run([...asked, decided(clinician)]);
  });

  it('what happens to a caller who was lost is decided by a clinician or supervisor', () => {
    const lost: Happening[] = [offered, answered, { type: 'line.dropped', data: {} }];
    const decided = (by: typeof adviser): Happening => ({
      type: 'callBack.decided',
      data: { by, decision: 'Police asked to visit.' },
    });
    expect(refusal(lost, decided(adviser))).toContain('Only a clinician or supervisor');
    run([...lost, decided({ name: 'Morgan Reid', role: 'supervisor' })]);
  });

  it('sharing without agreement is decided by a clinician or supervisor', () => {
    const override = (by: typeof adviser): Happening => ({
      type: 'consent.overridden',
      data: { ground: 'danger', by, reason: 'Means at home.' },
    });
    expect(refusal([offered, answered], override(adviser))).toContain('Only a clinician or supervisor');
    run([offered, answered, override(clinician)]);
  });
});

describe('a choice is of what was looked at', () => {
  it('a service other than the one that was checked is not chosen', () => {
    const before = [
      offered,
      answered,
      ...quietSafetyCheck,
      adult,
      fits('crisisAlternative', 'The Lighthouse'),
    ];
    const anchor: Happening = {
      type: 'route.chosen',
      data: { route: 'crisisAlternative', urgency: '2', service: 'The Anchor' },
    };
    expect(refusal(before, anchor)).toContain('Another service was checked');
  });

  it('a chase is after something that was sent: alone it owns nobody', () => {
    const task: Happening = {
      type: 'task.opened',
      data: { kind: 'chaseHandover', what: 'Ring', owner: 'Sam Okafor', dueAt: 1 },
    };
    const chosen = [
      offered,
      answered,
      ...quietSafetyCheck,
      adult,
      somewhere,
      fits('crhtUrgent', 'Northmoor'),
      choose('crhtUrgent', '2'),
    ];
    expect(refusal([...chosen, task, saidBack, ifWorse], close('05'))).toContain('Nobody has yet said');
  });
});

describe('the short form is the professional’s alone', () => {
  const professional = [
    offered,
    answered,
    answer('O1', 'given', { who: 'professional' }),
    ...['S1', 'S2', 'S3', 'S5', 'S8'].map((id) => answer(id, 'no')),
    adult,
  ];
  const onTheLine = answer('O1', 'given', { who: 'self' });

  it('when the person comes on the line, the questions left out are asked for again', () => {
    run([...professional, choose('gp', '3')]);
    expect(refusal([...professional, onTheLine], choose('gp', '3'))).toContain('not finished');
    const chosen = [...professional, choose('gp', '3'), onTheLine];
    const send: Happening = {
      type: 'handover.sent',
      data: { route: 'gp', to: 'Mill Surgery', how: 'phone' },
    };
    const agreed: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
    expect(refusal([...chosen, agreed], send)).toContain('not finished');
    expect(refusal([...chosen, saidBack, ifWorse], close('04'))).toContain('not finished');
  });
});
