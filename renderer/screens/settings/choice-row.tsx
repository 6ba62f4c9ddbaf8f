import { useId } from 'react';
import { aboutKey } from '../../../shared/policy/policy.ts';
import { Radios } from '../../components/radios.tsx';
import { type PolicyRow } from '../../../shared/policy/report.ts';
import { type Choice } from './choices.ts';

/** One setting: its name, what it does, and its choices. */
export function ChoiceRow(props: {
  readonly choice: Choice;
  readonly value: string;
  /** What the organisation's policy says of it; undefined while that is not known. */
  readonly policy: PolicyRow | undefined;
  readonly onChange: (value: string) => void;
}) {
  const { key, does, options } = props.choice;
  const { title } = aboutKey(key);
  const id = useId();
  return (
    <div className="setting">
      <div>
        <h3 id={`${id}t`}>{title}</h3>
        <p className="small" id={`${id}d`}>
          {does}
        </p>
        <Waits policy={props.policy} />
      </div>
      {props.policy?.isLocked === true ? (
        <p className="setting-locked">
          <b>{options.find(({ value }) => value === props.value)?.title}</b>
          <span className="small">Set by your organisation</span>
        </p>
      ) : (
        <Radios
          className="small-radios"
          labelledBy={`${id}t`}
          describedBy={`${id}d`}
          options={options}
          value={props.value}
          onChange={props.onChange}
        />
      )}
    </div>
  );
}

/** A value that the organisation has changed and that is not taken up yet. */
export function Waits({ policy }: { readonly policy: PolicyRow | undefined }) {
  if (policy?.waitsFor === undefined) return null;
  return (
    <p className="needed">
      Your organisation has changed this. It comes{' '}
      {policy.waitsFor === 'atStart' ? 'when Lantern is next started' : 'when no call is open'}.
    </p>
  );
}
