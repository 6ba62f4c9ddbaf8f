import { type KeyboardEvent, useId } from 'react';

export interface RadioOption {
  readonly value: string;
  readonly title: string;
  /** A single key that chooses it while the group has focus. */
  readonly key?: string;
  /** Look: see `styles/answers.css`. */
  readonly look?: string;
}

interface Props {
  readonly options: readonly RadioOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className: string;
  /** Whether single keys choose: a setting, because they can be switched off (WCAG 2.1.4). */
  readonly singleKeys?: boolean;
  readonly label?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
}

/**
 * One choice of several as native radio buttons: arrow keys, space and screen readers work as everywhere. Nothing
 * is chosen until somebody chooses.
 */
export function Radios(props: Props) {
  const { options, value, onChange, className, singleKeys = false } = props;
  const name = useId();
  const byKey = (event: KeyboardEvent): void => {
    if (!singleKeys || event.altKey || event.ctrlKey || event.metaKey) return;
    const option = options.find((item) => item.key?.toLowerCase() === event.key.toLowerCase());
    if (option === undefined) return;
    event.preventDefault();
    onChange(option.value);
    const at = options.indexOf(option);
    event.currentTarget.querySelectorAll('input')[at]?.focus();
  };
  return (
    <div
      role="radiogroup"
      className={className}
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid === true ? true : undefined}
      onKeyDown={byKey}
    >
      {options.map((option) => (
        <label key={option.value} className={`radio ${option.look ?? ''}`}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-keyshortcuts={singleKeys ? option.key : undefined}
          />
          {singleKeys && option.key !== undefined ? <kbd aria-hidden="true">{option.key}</kbd> : null}
          <span>{option.title}</span>
        </label>
      ))}
    </div>
  );
}

/** A labelled choice bound to nothing: the caller keeps the value. */
export function SmallRadios(props: Omit<Props, 'className' | 'labelledBy'> & { readonly label: string }) {
  const id = useId();
  const { label, ...rest } = props;
  return (
    <div className="field">
      <span className="label" id={id}>
        {label}
      </span>
      <Radios {...rest} className="small-radios" labelledBy={id} />
    </div>
  );
}
