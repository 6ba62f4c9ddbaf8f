import { describe, expect, it } from 'vitest';
import { type SpeechStep, speechStep } from '../../renderer/screens/training/speech.ts';
import { type Heard, type Practice } from '../../shared/bridge/training.ts';

const said = (text: string): Heard => ({ callMs: 0, kind: 'said', who: 'caller', text });
const noise: Heard = { callMs: 0, kind: 'happened', text: 'A kettle clicks off.' };
const now = (
  heard: Heard[],
  more: Partial<Pick<Practice, 'paused' | 'status'>> = {},
): Pick<Practice, 'heard' | 'paused' | 'status'> => ({ heard, paused: false, status: 'talking', ...more });
const silent = (spoken: number): SpeechStep => ({ spoken, say: [], hush: true });

describe('the caller’s lines read aloud', () => {
  it('are not, until somebody switches it on; then only what comes after that, and no noise', () => {
    expect(speechStep(0, now([said('Hello?')]), false)).toEqual(silent(1));
    const heard = [said('Hello?'), noise, said('Are you there?')];
    expect(speechStep(1, now(heard), true)).toEqual({ spoken: 2, say: ['Are you there?'], hush: false });
    expect(speechStep(2, now(heard), true)).toEqual({ spoken: 2, say: [], hush: false });
  });

  it('end at once with the stop word, a pause, the switch, or when the call is taken back', () => {
    const heard = [said('Hello?'), said('Are you there?')];
    expect(speechStep(1, now(heard, { status: 'stopped' }), true)).toEqual(silent(2));
    expect(speechStep(1, now(heard, { paused: true }), true)).toEqual(silent(2));
    expect(speechStep(1, now(heard), false)).toEqual(silent(2));
    expect(speechStep(2, now([said('Hello?')]), true)).toEqual(silent(1));
  });
});
