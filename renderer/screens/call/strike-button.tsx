import { type Entry } from '../derive/struck.ts';

/** Beside an answer, a note or a plan line. Named in full for those who hear it. */
export function StrikeButton(props: {
  readonly entry: Entry;
  /** The call's own `strike`, handed on so that a memoised row is not drawn again with every event. */
  readonly strike: (entry: Entry) => void;
}) {
  return (
    <button
      type="button"
      className="strike"
      aria-label={`Strike through: ${props.entry.what}`}
      onClick={() => props.strike(props.entry)}
    >
      Strike
    </button>
  );
}
