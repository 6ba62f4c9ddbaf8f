import { memo } from 'react';
import { answerTo, type Answer } from '../../../shared/call/facts.ts';
import { type Question } from '../../../shared/content/schema.ts';
import { AnswerChip } from '../../components/answer-chip.tsx';
import { fieldsLine, quoted } from '../derive/facts-text.ts';
import { clockTime } from '../wording/times.ts';
import { useCall } from '../call/call-context.tsx';

/** What this stage has so far, in the order of the questions. Each row leads back to its question. */
export function StageAnswers({ questions }: { readonly questions: readonly Question[] }) {
  const { picture, goQuestion } = useCall();
  const rows = questions.flatMap((question) => {
    const answer = answerTo(picture, question.id);
    return answer === undefined ? [] : [{ question, answer }];
  });
  if (rows.length === 0) return null;
  return (
    <section aria-label="Answers in this stage" className="stage-answers">
      <ul className="plain-list">
        {rows.map(({ question, answer }) => (
          <AnswerRow key={question.id} question={question} answer={answer} goQuestion={goQuestion} />
        ))}
      </ul>
    </section>
  );
}

const AnswerRow = memo(function AnswerRow(props: {
  readonly question: Question;
  readonly answer: Answer;
  readonly goQuestion: (id: string) => void;
}) {
  const { question, answer } = props;
  const line = fieldsLine(question, answer);
  return (
    <li className="answer-row">
      <button
        type="button"
        className="link"
        aria-label={`Ask again: ${question.short}`}
        onClick={() => props.goQuestion(question.id)}
      >
        {question.short}
      </button>
      <AnswerChip state={answer.data.state} />
      <span className="answer-text">
        {line}
        {line !== '' && answer.data.words !== undefined ? ' ' : ''}
        {answer.data.words === undefined ? null : <em>{quoted(answer.data.words)}</em>}
      </span>
      <time className="small">{clockTime(answer.at)}</time>
    </li>
  );
});
