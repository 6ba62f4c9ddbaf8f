import { useId } from 'react';
import { useDraft } from './draft.ts';

/** One of a list, kept as a draft. Nothing is chosen until somebody chooses; typing its first letters finds it. */
export function DraftSelect(props: {
  readonly draftKey: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly title: string }[];
}) {
  const id = useId();
  const [value, setValue] = useDraft(props.draftKey);
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {props.label}
      </label>
      <select id={id} value={value} onChange={(event) => setValue(event.target.value)}>
        <option value="">Choose</option>
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </div>
  );
}
