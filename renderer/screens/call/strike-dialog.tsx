import { MAX_SHORT_TEXT } from '../../../shared/events/vocabulary.ts';
import { Typed } from '../../components/typed.tsx';
import { type FormEvent, useState } from 'react';
import { useForm } from '../../components/draft.ts';
import { DraftWords } from '../../components/draft-fields.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Modal } from '../../components/modal.tsx';
import { Refused } from '../../components/refused.tsx';
import { type Entry } from '../derive/struck.ts';
import { useCall } from './call-context.tsx';
import { focusInHand } from './note-focus.ts';

const LISTS = '.plan-heading, .stage-answers, .side-notes';

/** What was recorded by mistake stays readable, struck through, with who, when and why. Nothing is ever erased. */
export function StrikeDialog({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }) {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:strike:${entry.ref.stream.slice(-12)}:${entry.ref.seq}`);
  // Where the hands were: the entry's own list, which outlives its button.
  const [list] = useState(() => document.activeElement?.closest(LISTS) ?? null);
  const [why, setWhy] = useState<readonly string[]>([]);
  const strike = (event: FormEvent): void => {
    event.preventDefault();
    const reason = form.read('reason');
    if (reason === '') return setWhy(['Write why this does not hold.']);
    const done = record({ type: 'entry.struck', data: { target: entry.ref, reason } });
    if (!done.ok) return setWhy(done.why);
    form.clear('reason');
    onClose();
    // The button that opened this is gone with the entry: the hands go on where the work is.
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const next = list?.querySelector<HTMLElement>('.strike, textarea');
      if (next === null || next === undefined) focusInHand();
      else next.focus();
    });
  };
  return (
    <Modal label="Strike through" className="strike-dialog" onClose={onClose}>
      <h1>Strike this through?</h1>
      <p className="crumb">{entry.what}</p>
      <p className="quote">
        <Typed text={entry.says} />
      </p>
      <form aria-label="Strike through" onSubmit={strike}>
        <DraftWords
          draftKey={form.key('reason')}
          most={MAX_SHORT_TEXT}
          label="Why it does not hold"
          hint="It stays readable, struck through. What was recorded before it holds again."
        />
        <Refused why={why} />
        <div className="row">
          <button type="submit" className="button primary">
            Strike it through <Kbd keys={['Enter']} />
          </button>
          <button type="button" className="button plain" onClick={onClose}>
            Leave it <Kbd keys={['Esc']} />
          </button>
        </div>
      </form>
    </Modal>
  );
}
