import { expect, it } from 'vitest';
import { type Happening } from '../../shared/events/event.ts';
import {
  adult,
  answer,
  answered,
  choose,
  close,
  consulted,
  fits,
  ifWorse,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  saidBack,
} from '../support/call-builder.ts';

// Three ways that walking every state of the call machine showed to be open.

const checked = [offered, answered, ...quietSafetyCheck, adult];

it('what was said back about a plan that was then given up is not a plan said back', () => {
  const withdrawn: Happening = { type: 'route.withdrawn', data: { reason: 'full' } };
  const before = [...checked, choose('adviceOnly', '3'), saidBack, withdrawn, ...consulted, ifWorse];
  expect(refusal(before, close('98'))).toContain('said back');
});

it('details left in an answer that is now unknown open nothing', () => {
  const declined = answer('S1', 'declined', { kind: 'injury', needsCare: 'no', when: 'earlier' });
  const cafe = fits('crisisAlternative', 'The Anchor');
  expect(refusal([...checked, declined, cafe], choose('crisisAlternative', '2'))).toContain('not ruled out');
  const noAge = answer('N5', 'declined', { age: '34' });
  expect(refusal([...checked, noAge, saidBack, ifWorse, ...consulted], close('98'))).toContain('under 18');
});

it('one service’s word opens no other service', () => {
  const full = (route: string, name: string): Happening => ({
    type: 'service.checked',
    data: { route, name, fits: { age: 'yes', area: 'yes', hours: 'no', medical: 'yes' }, checkedHow: 'rang' },
  });
  const word: Happening = {
    type: 'gate.overridden',
    data: { gate: 'G6', by: { name: 'Bea', role: 'host' }, reason: 'Will wait.' },
  };
  const both = [...checked, full('crhtUrgent', 'Northmoor'), full('crisisAlternative', 'The Anchor'), word];
  run([...both, choose('crisisAlternative', '2')]);
  expect(refusal(both, choose('crhtUrgent', '2'))).toContain('Age, area, hours');
});
