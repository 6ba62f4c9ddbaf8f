import { useId } from 'react';
import { FieldNotes, useTypedText } from '../../components/typed-field.tsx';

/** What a reflection or a remark of a marking may carry, in UTF-16 units (shared/bridge/training.ts). */
const MOST = 4000;

/** A labelled box of several lines, its text kept by whoever shows it. */
export function TextArea(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
  const field = useTypedText({ text: props.value, onText: props.onChange, most: MOST, oneLine: false });
  return (
    <div className="words-box">
      <div className="words-head">
        <label className="label" htmlFor={id}>
          {props.label}
        </label>
      </div>
      <textarea
        id={id}
        rows={2}
        dir="auto"
        value={field.text}
        aria-invalid={field.tooLong ? true : undefined}
        aria-describedby={`${id}f`}
        onChange={field.onChange}
      />
      <FieldNotes id={`${id}f`} field={field} most={MOST} />
    </div>
  );
}
