import { describe, expect, it } from 'vitest';
import { type Happening } from '../../../shared/events/event.ts';
import {
  adult,
  answer,
  answered,
  choose,
  clinician,
  close,
  fits,
  ifWorse,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  saidBack,
  somewhere,
  until,
} from '../../support/call-builder.ts';

const VISITS = ['crhtVeryUrgent', 'crhtUrgent', 'childCrisisTeam'] as const;
const SOON = { crhtVeryUrgent: '4', crhtUrgent: '2', childCrisisTeam: '2' } as const;
const begun = [offered, answered, ...quietSafetyCheck, adult];

describe('a visit has somewhere to come to (L17, H20)', () => {
  const nowhere = 'Nobody knows where they are';

  it('is not chosen while nobody asked, or nobody knows, where they are', () => {
    for (const route of VISITS) {
      const looked = fits(route, 'Northmoor');
      expect(refusal([...begun, looked], choose(route, SOON[route])), route).toContain(nowhere);
      for (const state of ['declined', 'notKnown', 'couldNotAsk'] as const)
        expect(
          refusal([...begun, answer('O3', state), looked], choose(route, SOON[route])),
          `${route} ${state}`,
        ).toContain(nowhere);
      run([...begun, somewhere, looked, choose(route, SOON[route])]);
    }
  });

  it('is chosen on the word of somebody at the team, by name, who knew that', () => {
    const word: Happening = {
      type: 'gate.overridden',
      data: { gate: 'L17', by: { name: 'Lee Marsh', role: 'duty nurse' }, reason: 'We ring and meet her.' },
    };
    const unknown = [...begun, answer('O3', 'declined'), fits('crhtUrgent', 'Northmoor')];
    run([...unknown, word, choose('crhtUrgent', '2')]);
    const lost = [...begun, somewhere, fits('crhtUrgent', 'Northmoor'), word, answer('O3', 'notKnown')];
    expect(refusal(lost, choose('crhtUrgent', '2'))).toContain(nowhere);
  });

  it('asks nothing of help that does not come to them', () => {
    run([...begun, answer('O3', 'declined'), choose('careTeam', '3')]);
    run([...begun, answer('O3', 'declined'), choose('aeLiaison', '4')]);
  });
});

describe('they know what holds until somebody comes (L18, H10, H11)', () => {
  const agreed: Happening = { type: 'consent.recorded', data: { state: 'agreed' } };
  const promised = (route: (typeof VISITS)[number]): readonly Happening[] => [
    ...begun,
    somewhere,
    fits(route, 'Northmoor'),
    choose(route, SOON[route]),
    agreed,
    { type: 'handover.sent', data: { route, to: 'Duty desk', how: 'phone' } },
    {
      type: 'task.opened',
      data: { kind: 'chaseHandover', what: 'Ring', owner: 'Sam Okafor', dueAt: Date.UTC(2026, 10, 21) },
    },
    ifWorse,
    saidBack,
  ];
  const between = 'what holds between now and then';

  it('a visit does not close without it, however good the rest of the plan is', () => {
    for (const route of VISITS) {
      expect(refusal(promised(route), close('05')), route).toContain(between);
      run([...promised(route), until, close('05')]);
    }
  });

  it('asks nothing of a line that was lost, or of somebody the emergency services have', () => {
    run([
      ...promised('crhtUrgent'),
      { type: 'line.dropped', data: {} },
      { type: 'callBack.decided', data: { by: clinician, decision: 'Police asked to visit.' } },
      close('01'),
    ]);
    run([
      ...promised('crhtUrgent'),
      { type: 'emergency.raised', data: {} },
      { type: 'emergency.handedOver', data: { reference: 'A-12' } },
      { type: 'emergency.contactConfirmed', data: { by: 'Paramedic Lou' } },
      close('06'),
    ]);
  });
});
