import { type LibraryEntry } from '../../../shared/bridge/training.ts';

/** Every script with what it is for and what it touches on; one with faults says where they are. */
export function ScriptList(props: {
  readonly scripts: readonly LibraryEntry[];
  readonly folder: string;
  readonly isBusy: boolean;
  readonly onChoose: (entry: LibraryEntry) => void;
  readonly onLook: () => void;
}) {
  const { scripts, folder, isBusy } = props;
  return (
    <section aria-labelledby="scripts-title">
      <div className="start-head">
        <h2 id="scripts-title">Scripts</h2>
        <button type="button" className="button" onClick={props.onLook}>
          Read the folder again
        </button>
      </div>
      <p className="small">Your own scripts are YAML files in {folder}.</p>
      {scripts.length === 0 ? <p className="empty">No script is there yet.</p> : null}
      <ul className="plain-list script-list">
        {scripts.map((entry) => (
          <li key={`${entry.from}${entry.file}`} className="script-row">
            <div className="stack">
              <b>{entry.cover?.title ?? entry.file}</b>
              {entry.cover === undefined ? null : (
                <>
                  <span>{entry.cover.summary}</span>
                  <span className="small">
                    <b>To learn:</b> {entry.cover.learningGoals.join(' · ')}
                  </span>
                  <span className="small">
                    <b>Touches on:</b> {entry.cover.contentWarning}
                  </span>
                </>
              )}
              {entry.problems.length === 0 ? null : (
                <ul className="script-problems" aria-label={`What is wrong in ${entry.file}`}>
                  {entry.problems.map(({ line, column, kind, message, suggestion }) => (
                    <li key={`${line}:${column}${message}`}>
                      <b>
                        {entry.file} line {line}, column {column}
                      </b>{' '}
                      {kind}: {message}
                      {suggestion === undefined ? null : (
                        <span className="sub">Did you mean {suggestion}?</span>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </div>
            <span className="small">{entry.from === 'own' ? entry.file : 'shipped'}</span>
            <button
              type="button"
              className="button"
              disabled={isBusy || entry.cover === undefined}
              aria-label={`Practise ${entry.cover?.title ?? entry.file}`}
              onClick={() => props.onChoose(entry)}
            >
              Practise
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
