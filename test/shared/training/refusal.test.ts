import { expect, test } from 'vitest';
import { advance } from '../../../shared/training/caller/caller.ts';
import { refusalOf } from '../../../shared/training/caller/refusal.ts';
import { type CallerInput, type CallerState, startCaller } from '../../../shared/training/caller/state.ts';
import { smallScript } from './support/small-script.ts';

const script = smallScript();
const waiting = startCaller(1);
const talking: CallerState = { ...waiting, status: 'talking', zero: 1_000 };
const ended: CallerState = { ...talking, status: 'ended' };
const at = 61_000;

const inputs: readonly CallerInput[] = [
  { kind: 'typeLine', at, who: 'clinician', text: 'I am here now.' },
  { kind: 'sayLine', at, line: 'hello' },
  { kind: 'confirmIntent', at, line: 'saysCat' },
  { kind: 'asked', at, question: 'S3', by: 'trainer' },
  { kind: 'fire', at, id: 'door' },
  { kind: 'hint', at, text: 'Ask where she is.' },
  { kind: 'pause', at },
  { kind: 'checkpoint', at, title: 'Here' },
];

test.each(inputs.map((input) => [input.kind, input] as const))(
  '%s leaves a trace once the call was answered, and is refused with words before and after a stop',
  (_kind, input) => {
    for (const state of [talking, ended]) {
      expect(refusalOf(script, state, input)).toBeUndefined();
      expect(advance(script, state, input).entries.length).toBeGreaterThan(
        advance(script, state, { kind: 'tick', at }).entries.length,
      );
    }
    expect(refusalOf(script, waiting, input)).toBe('comes before the trainee has answered');
    expect(advance(script, waiting, input).entries.filter(({ kind }) => kind !== 'hinted')).toEqual([]);
    expect(refusalOf(script, { ...talking, status: 'stopped' }, input)).toContain('was stopped');
  },
);

test('what the script does not have is named, and a practice can always be stopped', () => {
  expect(refusalOf(script, talking, { kind: 'sayLine', at, line: 'no-such' })).toContain('a line');
  expect(refusalOf(script, talking, { kind: 'confirmIntent', at, line: 'no-such' })).toContain('a line');
  expect(refusalOf(script, talking, { kind: 'fire', at, id: 'no-such' })).toContain('something');
  expect(refusalOf(script, talking, { kind: 'rewind', at, checkpoint: 'cp1' })).toContain(
    'not marked any more',
  );
  let full = talking;
  for (let n = 0; n < 30; n += 1)
    full = advance(script, full, { kind: 'checkpoint', at, title: 'Here' }).state;
  expect(refusalOf(script, full, { kind: 'checkpoint', at, title: 'Here' })).toContain('30 marked moments');
  expect(refusalOf(script, waiting, { kind: 'stop', at, why: 'trainer' })).toBeUndefined();
});
