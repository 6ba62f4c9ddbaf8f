import { useId } from 'react';
import { type Option } from '../../../shared/gates/doors.ts';
import { asksForService } from '../derive/endings.ts';

/** Rows 1 to 9 by their number, the tenth by 0; the arrow keys reach every one. */
export const keyForRow = (at: number): string | undefined =>
  at < 9 ? String(at + 1) : at === 9 ? '0' : undefined;
export const rowForKey = (key: string): number | undefined =>
  /^[0-9]$/.test(key) ? (Number(key) + 9) % 10 : undefined;

interface State {
  readonly words: string;
  readonly tone: 'open' | 'shut';
  readonly missing: readonly string[];
  readonly always?: string;
}

/** Open, or what is missing in the gates' own titles. Says nothing about the person. */
export function stateOf({ route, stops }: Option): State {
  if (route.id === 'emergency999')
    return { words: 'Open', tone: 'open', missing: [], always: 'always one key: F9' };
  if (stops.length === 0) return { words: 'Open', tone: 'open', missing: [] };
  const missing = [...new Set(stops.filter((stop) => !asksForService(stop)).map((stop) => stop.gate.title))];
  if (missing.length === 0) return { words: CHECK, tone: 'shut', missing };
  return {
    words: 'Not yet',
    tone: 'shut',
    missing: stops.some(asksForService) ? [...missing, CHECK] : missing,
  };
}

const CHECK = 'Check the service';

/** One route. Its number focuses it; Enter opens the form in which the person’s choice is recorded. */
export function OptionRow(props: {
  readonly option: Option;
  readonly printed: string | undefined;
  readonly first: boolean;
  readonly onChoose: () => void;
}) {
  const { route, pointsTo, pointsAway } = props.option;
  const state = stateOf(props.option);
  const id = useId();
  return (
    <li className="option">
      <span className="option-key" aria-hidden="true">
        {props.printed === undefined ? '' : <kbd>{props.printed}</kbd>}
      </span>
      <span className="stack">
        <button
          type="button"
          className="option-title"
          data-route={route.id}
          data-first={props.first ? '' : undefined}
          aria-describedby={`${id}t ${id}a ${id}b ${id}c`}
          aria-keyshortcuts={props.printed}
          onClick={props.onChoose}
        >
          {route.title}
        </button>
        <span className="small" id={`${id}t`}>
          {route.timescale}
        </span>
      </span>
      <div className="stack" id={`${id}a`}>
        <span className="option-head">Would point to it</span>
        <Points facts={pointsTo} />
      </div>
      <div className="stack" id={`${id}b`}>
        <span className="option-head">Would point away</span>
        <Points facts={pointsAway} />
      </div>
      <span className="stack option-state" id={`${id}c`}>
        <b className={`state-${state.tone}`}>{state.words}</b>
        {state.always === undefined ? null : <span className="small">{state.always}</span>}
        {state.missing.map((title) => (
          <span className="small missing" key={title}>
            {title}
          </span>
        ))}
      </span>
    </li>
  );
}

/** Each fact on a line of its own: read at a glance, and by ear one after another. */
function Points({ facts }: { readonly facts: readonly string[] }) {
  if (facts.length === 0) return <span>Nothing recorded</span>;
  return (
    <ul className="points">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}
