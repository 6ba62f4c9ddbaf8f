import { answersTo } from '../../../shared/call/facts.ts';
import { type Question } from '../../../shared/content/schema.ts';
import { AnswerChip } from '../../components/answer-chip.tsx';
import { clockTime } from '../wording/times.ts';
import { useCall } from '../call/call-context.tsx';

/** That a question was answered before, and how often: answering again adds, and takes nothing away. */
export function PriorAnswers({ question }: { readonly question: Question }) {
  const { picture } = useCall();
  const answers = answersTo(picture, question.id);
  if (answers.length === 0) return null;
  return (
    <p className="prior">
      Answered{' '}
      {answers.map((answer) => (
        <span key={`${answer.stream}${answer.seq}`} className="prior-one">
          <AnswerChip state={answer.data.state} /> <span className="small">{clockTime(answer.at)}</span>
        </span>
      ))}
      <span className="small">A change is recorded as a new answer; the earlier one stays.</span>
    </p>
  );
}
