import { AnswerChip } from '../../components/answer-chip.tsx';
import { useDraft } from '../../components/draft.ts';
import { useCall } from '../call/call-context.tsx';
import { fieldsLine, quoted, saidBeforeTitle } from '../derive/facts-text.ts';
import { saidWhen } from '../derive/person.ts';
import { factsStamp, safetyFacts } from '../derive/safety-facts.ts';

/** What is missing while the facts were not read again. */
export const REREAD_FIRST = 'Read the safety facts again first, and say so.';

/**
 * The safety facts, to be read again before a named decision (H5). The tick stands for what is shown: when
 * something new is answered or struck, it is taken back by itself.
 */
export function Reread({ draftKey }: { readonly draftKey: string }) {
  const { picture, content, person } = useCall();
  const [read, setRead] = useDraft(draftKey);
  const stamp = factsStamp(picture);
  return (
    <section className="reread" aria-label="Safety facts, to be read again">
      <ul className="plain-list">
        {safetyFacts(picture, content).map(({ question, answer, before }) => (
          <li key={before === undefined ? question.id : `${answer?.stream}${answer?.seq}`}>
            <span>{before === undefined ? question.short : saidBeforeTitle(question)}</span>
            {answer === undefined ? (
              <span className="chip chip-notKnown">Not asked</span>
            ) : (
              <AnswerChip state={answer.data.state} />
            )}
            <span>
              {answer === undefined ? null : fieldsLine(question, answer)}{' '}
              {answer?.data.words === undefined ? null : <em>{quoted(answer.data.words)}</em>}{' '}
              {answer === undefined ? null : (
                <span className="small">{saidWhen(answer, person.about, picture)}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      <label className="tick">
        <input
          type="checkbox"
          checked={read === stamp}
          onChange={(event) => setRead(event.target.checked ? stamp : '')}
        />
        <span>I have read these again</span>
      </label>
    </section>
  );
}
