import { eventTime } from '../../../shared/exports/event-time.ts';
import { answerTitle } from '../wording/answers.ts';
import { stillUnknown } from '../derive/guide.ts';
import { useCall } from './call-context.tsx';

/** Asked and not known: kept in sight for the whole call, one key press from being asked again. */
export function StillUnknown() {
  const { picture, content, goQuestion, stage } = useCall();
  const unknown = stillUnknown(picture, content);
  return (
    <section className="guide-part" aria-labelledby="still-unknown">
      <h2 id="still-unknown">Still unknown</h2>
      {unknown.length === 0 ? (
        <p className="small">Nothing asked so far is unknown.</p>
      ) : (
        <ul className="plain-list">
          {unknown.map(({ question, answer }) => (
            <li key={question.id}>
              <button
                type="button"
                className="unknown-card"
                disabled={stage === 'closed'}
                onClick={() => goQuestion(question.id)}
              >
                <span>{question.short}</span>
                <span className="small">
                  {answerTitle(answer.data.state).toLowerCase()} at {eventTime(picture, answer)}, ask again
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
