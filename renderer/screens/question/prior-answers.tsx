import { answersTo } from '../../../shared/call/facts.ts';
import { type Question } from '../../../shared/content/schema.ts';
import { AnswerChip } from '../../components/answer-chip.tsx';
import { useDeskValue } from '../../components/desk-context.tsx';
import { useNewest } from '../../components/newest.tsx';
import { useCall } from '../call/call-context.tsx';
import { StrikeButton } from '../call/strike-button.tsx';
import { saidWhen } from '../derive/person.ts';
import { entryOf, struckText } from '../derive/struck.ts';

/** Few enough to be read at a glance while the question is put. */
const NEWEST = 3;

/** That a question was answered before, and how often: answering again adds, and takes nothing away. */
export function PriorAnswers({ question }: { readonly question: Question }) {
  const { picture, content, person, strike } = useCall();
  const me = useDeskValue((desk) => desk.session.person);
  const answers = answersTo(picture, question.id);
  const { shown, button } = useNewest(answers, NEWEST, 'answers');
  if (answers.length === 0) return null;
  return (
    <div className="prior">
      <span>Answered</span>
      {button}
      {shown.map((answer) => {
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
            <span className="small">{saidWhen(answer, person.about, picture)}</span>{' '}
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
