import { type Practice } from '../../../shared/bridge/training.ts';

/** What the PC's own voice is to do next. The text stands on screen whatever this says. */
export interface SpeechStep {
  /** How many of the caller's lines are dealt with. */
  readonly spoken: number;
  readonly say: readonly string[];
  /** Everything that is being said or waits to be said ends now. */
  readonly hush: boolean;
}

/**
 * Lines that came since `spoken`, while it is switched on. Switched off, paused, stopped or taken back it is silent at once, and
 * nothing that came meanwhile is made up for.
 */
export function speechStep(
  spoken: number,
  { heard, paused, status }: Pick<Practice, 'heard' | 'paused' | 'status'>,
  isOn: boolean,
): SpeechStep {
  const said = heard.filter(({ kind }) => kind === 'said');
  const isQuiet = !isOn || paused || status === 'stopped' || said.length < spoken;
  if (isQuiet) return { spoken: said.length, say: [], hush: true };
  return { spoken: said.length, say: said.slice(spoken).map(({ text }) => text), hush: false };
}

/** Does it with the PC's own voice, where it has one. */
export function voice({ say, hush }: Pick<SpeechStep, 'say' | 'hush'>): void {
  if (!('speechSynthesis' in window)) return;
  if (hush) window.speechSynthesis.cancel();
  for (const text of say) {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = 'en-GB';
    window.speechSynthesis.speak(words);
  }
}
