import { answersTo } from '../../../shared/call/facts.ts';
import { type Question } from '../../../shared/content/schema.ts';
import { AnswerChip } from '../../components/answer-chip.tsx';
import { useDeskValue } from '../../components/desk-context.tsx';
import { useCall } from '../call/call-context.tsx';
import { StrikeButton } from '../call/strike-button.tsx';
import { saidWhen } from '../derive/person.ts';
import { entryOf, struckText } from '../derive/struck.ts';

/** That a question was answered before, and how often: answering again adds, and takes nothing away. */
export function PriorAnswers({ question }: { readonly question: Question }) {
  const { picture, content, person, strike } = useCall();
  const me = useDeskValue((desk) => desk.session.person);
  const answers = answersTo(picture, question.id);
  if (answers.length === 0) return null;
  return (
    <div className="prior">
      <span>Answered</span>
      {answers.map((answer) => {
        const struck = struckText(picture, answer, me);
        return (
          <span key={`${answer.stream}${answer.seq}`} className="prior-one">
            {struck === undefined ? (
              <AnswerChip state={answer.data.state} />
            ) : (
              <s>
                <AnswerChip state={answer.data.state} />
              </s>
            )}{' '}
            <span className="small">{saidWhen(answer, person.about)}</span>{' '}
            {struck === undefined ? (
              <StrikeButton entry={entryOf(answer, content)} strike={strike} />
            ) : (
              <span className="small">· {struck}</span>
            )}
          </span>
        );
      })}
      <span className="small">A change is recorded as a new answer; the earlier one stays.</span>
    </div>
  );
}
