import { useId } from 'react';
import { aboutKey } from '../../../shared/policy/policy.ts';
import { Radios } from '../../components/radios.tsx';
import { type Choice } from './choices.ts';

/** One setting: its name, what it does, and its choices. */
export function ChoiceRow(props: {
  readonly choice: Choice;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { key, options } = props.choice;
  const { title, text } = aboutKey(key);
  const id = useId();
  return (
    <div className="setting">
      <div>
        <h3 id={`${id}t`}>{title}</h3>
        <p className="small" id={`${id}d`}>
          {text}
        </p>
      </div>
      <Radios
        className="small-radios"
        labelledBy={`${id}t`}
        describedBy={`${id}d`}
        options={options}
        value={props.value}
        onChange={props.onChange}
      />
    </div>
  );
}
