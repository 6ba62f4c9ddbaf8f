import { useId, useState } from 'react';
import { KeyCaps } from '../../components/kbd.tsx';
import { FieldNotes, useTypedText } from '../../components/typed-field.tsx';
import { type Act } from './use-console.ts';

const WHO = [
  ['caller', 'Caller'],
  ['clinician', 'Clinician'],
  ['receiver', 'Receiver'],
  ['control', 'Control'],
  ['thirdPerson', 'Somebody else'],
] as const;

/** What a line or a hint may carry, in UTF-16 units (shared/bridge/training.ts). */
const MOST = 600;

/** Words of the trainer's own, in anybody's mouth; in coached mode a hint as well. What is not taken stays in the box. */
export function TypeLine(props: { readonly act: Act; readonly isCoached: boolean }) {
  const { act, isCoached } = props;
  const [text, setText] = useState('');
  const id = useId();
  const field = useTypedText({ text, onText: setText, most: MOST, oneLine: true });
  const [who, setWho] = useState<(typeof WHO)[number][0] | 'hint'>('caller');
  return (
    <form
      className="type-line"
      aria-label="Type a line"
      onSubmit={(event) => {
        event.preventDefault();
        const words = text.trim();
        if (words === '') return;
        void act(
          who === 'hint' ? { kind: 'hint', text: words } : { kind: 'typeLine', who, text: words },
        ).then((isTaken) => {
          // What was typed on while the desk answered is the next line.
          if (isTaken) setText((now) => (now === text ? '' : now));
        });
      }}
    >
      <select
        aria-label="Who says it"
        value={who}
        onChange={({ target }) => {
          const chosen = WHO.find(([id]) => id === target.value)?.[0];
          setWho(chosen ?? 'hint');
        }}
      >
        {WHO.map(([id, title]) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
        {isCoached ? <option value="hint">Hint for the trainee</option> : null}
      </select>
      <input
        type="text"
        aria-label="What is said"
        autoComplete="off"
        dir="auto"
        value={field.text}
        aria-invalid={field.tooLong ? true : undefined}
        aria-describedby={id}
        onChange={field.onChange}
        onPaste={field.onPaste}
      />
      <button type="submit" className="button">
        Say <KeyCaps keys={['Enter']} />
      </button>
      <FieldNotes id={id} field={field} most={MOST} />
    </form>
  );
}
