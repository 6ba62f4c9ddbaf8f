import { type ConsoleView } from '../../../shared/bridge/training.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { type AskedLine } from '../../../shared/training/script/lines.ts';
import { moveFocus } from './move-focus.ts';
import { type Act } from './use-console.ts';

/** Every line the script has. A question that was asked aloud is said to have been, and how; a line can also be said outright. */
export function Lines(props: { readonly view: ConsoleView; readonly content: Content; readonly act: Act }) {
  const { view, content, act } = props;
  const { script } = view;
  const isDone = (id: string): boolean => view.done.includes(id);
  const asked = [...(script.onlyIfAsked ?? []), ...(script.onlyIfAskedWell ?? [])];
  const questions = [...new Set(asked.flatMap(({ question }) => question ?? []))];
  const sayable: readonly { readonly id: string; readonly say: string; readonly who?: string }[] = [
    ...(script.saidUnasked ?? []),
    ...(script.ifRushed ?? []),
    ...(script.otherVoices ?? []),
    ...asked,
  ];
  const intents = asked.filter(({ intent }) => intent !== undefined);
  return (
    <section
      className="console-lines"
      aria-label="Lines"
      onKeyDown={(event) => moveFocus(event, event.currentTarget)}
    >
      <h2>If the trainee asks</h2>
      <ul className="plain-list">
        {questions.map((id) => (
          <li key={id} className="console-ask">
            <div>
              <b>{id}</b> {content.question(id)?.short ?? ''}
              <Waiting lines={asked.filter(({ question }) => question === id)} isDone={isDone} />
            </div>
            <span className="row wrap">
              {(['plain', 'well', 'rushed'] as const).map((how) => (
                <button
                  key={how}
                  type="button"
                  className="button small-button"
                  aria-label={`${id} ${content.question(id)?.short ?? ''}: ${HOW[how]}`}
                  onClick={() => void act({ kind: 'asked', question: id, how })}
                >
                  {HOW[how]}
                </button>
              ))}
            </span>
          </li>
        ))}
        {intents.map((line) => (
          <li key={line.id} className="console-ask">
            <div>
              <i>{line.intent}</i>
              <Waiting lines={[line]} isDone={isDone} />
            </div>
            <span className="row wrap">
              {(['plain', 'well'] as const).map((how) => (
                <button
                  key={how}
                  type="button"
                  className="button small-button"
                  aria-label={`${line.intent ?? ''}: ${HOW[how]}`}
                  onClick={() => void act({ kind: 'confirmIntent', line: line.id, how })}
                >
                  {HOW[how]}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <h2>Say now</h2>
      <ul className="plain-list">
        {sayable.map((line) => (
          <li key={line.id}>
            <button
              type="button"
              className={`console-say${isDone(line.id) ? ' is-said' : ''}`}
              onClick={() => void act({ kind: 'sayLine', line: line.id })}
            >
              {isDone(line.id) ? <b>said </b> : null}
              {line.who === undefined ? null : <b>{line.who}: </b>}
              {line.say}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const HOW = { plain: 'Asked', well: 'Asked well', rushed: 'Rushed' } as const;

function Waiting(props: { readonly lines: readonly AskedLine[]; readonly isDone: (id: string) => boolean }) {
  return (
    <>
      {props.lines.map((line) => (
        <span key={line.id} className="sub small">
          {props.isDone(line.id) ? 'said: ' : ''}
          {line.say}
        </span>
      ))}
    </>
  );
}
