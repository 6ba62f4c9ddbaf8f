import { type KeyboardEvent, useMemo, useState } from 'react';
import { useDeskValue } from '../../components/desk-context.tsx';
import { EmergencyButton } from '../../components/emergency-button.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { dayAndTime } from '../../../shared/exports/london.ts';
import { stepThrough } from '../../keys/step-through.ts';
import { useCall } from '../call/call-context.tsx';
import { lookBack } from '../derive/look-back.ts';
import { MomentCard } from './moment-card.tsx';
import { Timeline } from './timeline.tsx';

/**
 * A call looked back at, step by step, to be learnt from: nothing can be changed here. Details begin hidden unless this
 * person’s settings say otherwise, so that nobody meets a hard call again without having asked for it (H26).
 */
export function LookBack({ onEmergency }: { readonly onEmergency: () => void }) {
  const { view, picture, content, open } = useCall();
  const byChoice = useDeskValue((desk) => desk.settings().hideDetails);
  const [hidden, setHidden] = useState(byChoice);
  const [wanted, setWanted] = useState(0);
  const moments = useMemo(
    () => lookBack(view.events, picture, content, hidden),
    [view.events, picture, content, hidden],
  );
  const last = moments.length - 1;
  const at = Math.max(0, Math.min(wanted, last));
  const began = view.events[0]?.at;
  const step = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() === 'h' && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      setHidden(!hidden);
      return;
    }
    const to = stepThrough(event, at, last);
    if (to === undefined) return;
    event.preventDefault();
    setWanted(to);
  };
  return (
    <main className="look-back" aria-label="Looking back">
      <header className="look-back-head no-print">
        <div>
          <h1>Looking back</h1>
          <p className="small">
            {began === undefined ? '' : `Call of ${dayAndTime(began)} · `}
            {moments.length} entries · to read only
          </p>
        </div>
        <button
          type="button"
          className="button"
          role="switch"
          aria-checked={hidden}
          onClick={() => setHidden(!hidden)}
        >
          {hidden ? 'Details are hidden' : 'Details are shown'} <Kbd keys={['H']} />
        </button>
        <button
          type="button"
          className="button plain"
          aria-keyshortcuts="Escape"
          onClick={() => open('none')}
        >
          <Kbd keys={['Esc']} /> Back to the call
        </button>
        <EmergencyButton onEmergency={onEmergency} />
      </header>
      <p className="small look-back-words" role="status">
        {hidden
          ? 'Names, numbers, places and what was said are masked. Stop whenever you want to.'
          : 'Everything that was recorded is shown, as it was written.'}
      </p>
      {moments.length === 0 ? (
        <p className="empty">Nothing has been recorded in this call yet.</p>
      ) : (
        <div className="look-back-body">
          <Timeline moments={moments} at={at} onStep={step} onChoose={setWanted} />
          <MomentCard moment={moments[at]} of={moments.length} />
        </div>
      )}
    </main>
  );
}
