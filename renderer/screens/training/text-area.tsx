import { useId } from 'react';

/** A labelled box of several lines, its text kept by whoever shows it. */
export function TextArea(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
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
        maxLength={4000}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}
