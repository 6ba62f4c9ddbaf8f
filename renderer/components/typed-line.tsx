import { useId } from 'react';
import { FieldNotes, useTypedText } from './typed-field.tsx';

/** One line of text that is no draft, by the rules of every other box: nothing is cut, and what is wrong is said beside it. */
export function TypedLine(props: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What is taken of it, in UTF-16 units. */
  readonly most: number;
}) {
  const { label, hint, most } = props;
  const id = useId();
  const field = useTypedText({ text: props.value, onText: props.onChange, most, oneLine: true });
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <span className="hint" id={`${id}h`}>
          {hint}
        </span>
      )}
      <input
        id={id}
        type="text"
        dir="auto"
        autoComplete="off"
        value={field.text}
        aria-invalid={field.tooLong ? true : undefined}
        aria-describedby={`${hint === undefined ? '' : `${id}h `}${id}f`}
        onChange={field.onChange}
        onPaste={field.onPaste}
      />
      <FieldNotes id={`${id}f`} field={field} most={most} />
    </div>
  );
}
