import { type AttemptRow } from '../../../shared/bridge/training.ts';
import { dayAndTime } from '../../../shared/exports/london.ts';

const STATES = {
  running: 'goes on',
  ended: 'ended',
  stopped: 'stopped',
  brokenOff: 'broken off, kept as far as it came',
} as const;

/** Practices kept on this PC. A debrief opens once its learner has said their own view. */
export function AttemptList(props: {
  readonly attempts: readonly AttemptRow[];
  readonly onReflect?: (row: AttemptRow) => void;
  readonly onDebrief: (id: string) => void;
  readonly onMark?: (row: AttemptRow) => void;
}) {
  const { attempts, onReflect, onDebrief, onMark } = props;
  return (
    <section aria-labelledby="attempts-title">
      <h2 id="attempts-title">Practices</h2>
      {attempts.length === 0 ? (
        <p className="empty">What was practised on this PC will be here, with its debrief.</p>
      ) : (
        <ul className="plain-list script-list">
          {attempts.map((row) => (
            <li key={row.id} className="script-row">
              <div className="stack">
                <b>
                  {row.trainee} · {row.title}
                </b>
                <span className="small">
                  {dayAndTime(row.startedAt)} · {row.mode} · {STATES[row.state]}
                  {row.brought ? ' · from another machine' : ''}
                  {row.markings === 0 ? '' : ` · marked ${row.markings === 1 ? 'once' : 'twice'}`}
                </span>
              </div>
              <span className="row wrap">
                {row.reflected || onReflect === undefined ? null : (
                  <button
                    type="button"
                    className="button"
                    aria-label={`Own view of ${row.trainee} on ${row.title}`}
                    onClick={() => onReflect(row)}
                  >
                    Own view
                  </button>
                )}
                {onMark === undefined || !row.reflected || row.markings >= 2 ? null : (
                  <button
                    type="button"
                    className="button"
                    aria-label={`Mark ${row.trainee} on ${row.title}`}
                    onClick={() => onMark(row)}
                  >
                    {row.markings === 0 ? 'Mark' : 'Mark as second'}
                  </button>
                )}
                {row.reflected ? (
                  <button
                    type="button"
                    className="button"
                    aria-label={`Debrief of ${row.trainee} on ${row.title}`}
                    onClick={() => onDebrief(row.id)}
                  >
                    Debrief
                  </button>
                ) : (
                  <span className="small">waits for the learner’s own view</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
