import { expect, it } from 'vitest';
import { stageMarks } from '../../renderer/screens/derive/guide.ts';
import {
  adult,
  answered,
  choose,
  close,
  content,
  ifWorse,
  offered,
  quietSafetyCheck,
  run,
  saidBack,
} from '../support/call-builder.ts';

// The guide went on counting what was left before closing when the call was closed already.

it('the guide marks Close as done once the call is closed', () => {
  const advice = [
    offered,
    answered,
    ...quietSafetyCheck,
    adult,
    choose('adviceOnly', '3'),
    saidBack,
    ifWorse,
    close('02'),
  ];
  const mark = stageMarks(run(advice).snapshot.context.picture, content).at(-1);
  expect(mark).toEqual({ stage: 'close', done: true, note: '' });
});
