import { useEffect, useRef, useState } from 'react';
import { type Practice } from '../../../shared/bridge/training.ts';
import { type CallView } from '../../call/desk.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useKeys } from '../../keys/use-keys.ts';
import { inHand } from './in-hand.ts';
import { speechStep, voice } from './speech.ts';
import { Transcript } from './transcript.tsx';

/** Below the call: what is said, always as text; the hint in coached mode; and that a question was put aloud. */
export function PracticeDock({ practice, call }: { readonly practice: Practice; readonly call: CallView }) {
  const desk = useDesk();
  const question = useDeskValue((from) => inHand(from, call));
  const [isSpoken, setSpoken] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const asked = (): void => {
    if (question !== undefined) void desk.training.ask('training.asked', { question: question.id });
  };
  useKeys({
    askedAloud: asked,
    transcript: () => {
      const log = pane.current?.querySelector<HTMLElement>('[role=log]');
      if (document.activeElement === log && before.current instanceof HTMLElement) before.current.focus();
      else {
        before.current = document.activeElement;
        log?.focus();
      }
    },
  });
  const spoken = useRef(practice.heard.length);
  useEffect(() => {
    const step = speechStep(spoken.current, practice, isSpoken);
    spoken.current = step.spoken;
    voice(step);
  }, [isSpoken, practice]);
  // Stopped, this pane goes: nothing is said after it.
  useEffect(() => () => voice({ say: [], hush: true }), []);
  return (
    <section className="practice-dock" aria-label="Practice" ref={pane}>
      <Transcript practice={practice} />
      <div className="practice-side">
        {practice.mode === 'coached' ? (
          <p className="practice-hint" role="status">
            {practice.hint === undefined ? (
              <span className="small">Coached: hints come here.</span>
            ) : (
              <>
                <b>Hint</b> {practice.hint}
              </>
            )}
          </p>
        ) : null}
        {practice.interrupted ? (
          <button
            type="button"
            className="button primary"
            onClick={() => void desk.training.ask('training.goOn', {})}
          >
            The program stopped: go on from here
          </button>
        ) : null}
        <button
          type="button"
          className="button"
          aria-keyshortcuts="Alt+A"
          disabled={question === undefined}
          onClick={asked}
        >
          I asked{question === undefined ? '' : ` ${question.id}`} aloud <Kbd keys={['Alt', 'A']} />
        </button>
        <label className="tick">
          <input type="checkbox" checked={isSpoken} onChange={() => setSpoken(!isSpoken)} />
          <span>Read the caller aloud</span>
        </label>
        <p className="small">
          To stop at once: F1, or say “{practice.stopWord}”. The words: <Kbd keys={['Alt', 'T']} />
        </p>
      </div>
    </section>
  );
}
