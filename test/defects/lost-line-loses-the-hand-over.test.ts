import { expect, it } from 'vitest';
import { type Happening } from '../../shared/events/event.ts';
import {
  adult,
  answered,
  choose,
  clinician,
  close,
  fits,
  offered,
  quietSafetyCheck,
  refusal,
  run,
  somewhere,
} from '../support/call-builder.ts';

// Found by npm run model: a visit was agreed, the line went before it was handed over, somebody decided by name what
// to do about the caller, and the call closed as lost. The visit had been promised, and nobody had been asked to come.

const lost: readonly Happening[] = [
  offered,
  answered,
  ...quietSafetyCheck,
  adult,
  somewhere,
  fits('crhtUrgent', 'Northmoor'),
  choose('crhtUrgent', '2'),
  { type: 'line.dropped', data: {} },
  { type: 'callBack.decided', data: { by: clinician, decision: 'No answer twice; her brother goes round.' } },
];
const task: Happening = {
  type: 'task.opened',
  data: { kind: 'callBack', what: 'Ring her brother, then send the visit', owner: 'Sam Okafor', dueAt: 1 },
};

it('a lost caller with help agreed and not handed over is not closed while nobody owns that', () => {
  expect(refusal(lost, close('01'))).toContain('Help was agreed before the line was lost');
  run([...lost, task, close('01')]);
});

it('the owner is of this help: a task opened before it was agreed owns nothing of it', () => {
  expect(refusal([...lost.slice(0, -3), task, ...lost.slice(-3)], close('01'))).toContain('Help was agreed');
});

it('help that was given up before the line went, or that nobody hands over, asks for no owner', () => {
  const withdrawn: Happening = { type: 'route.withdrawn', data: { reason: 'They would rather not.' } };
  run([...lost.slice(0, -2), withdrawn, ...lost.slice(-2), close('01')]);
});
