import { memo } from 'react';
import { answersTo, answerTo, type Answer } from '../../../shared/call/facts.ts';
import { strikeOf } from '../../../shared/call/picture.ts';
import { stillSaid } from '../../../shared/call/stays-said.ts';
import { type Content, type Question } from '../../../shared/content/schema.ts';
import { AnswerChip } from '../../components/answer-chip.tsx';
import { useDeskValue } from '../../components/desk-context.tsx';
import { fieldsLine, quoted } from '../derive/facts-text.ts';
import { saidWhen } from '../derive/person.ts';
import { type Entry, entryOf, struckText } from '../derive/struck.ts';
import { useCall } from '../call/call-context.tsx';
import { StrikeButton } from '../call/strike-button.tsx';

/**
 * What this stage has so far, in the order of the questions: the answer that holds, what it does not undo, and what was
 * struck through.
 * Each row leads back to its question.
 */
export function StageAnswers({ questions }: { readonly questions: readonly Question[] }) {
  const { picture, content, person, goQuestion, strike } = useCall();
  const me = useDeskValue((desk) => desk.session.person);
  const rows = questions.flatMap((question) => {
    const now = answerTo(picture, question.id);
    const struck = answersTo(picture, question.id).filter((item) => strikeOf(picture, item) !== undefined);
    const before = stillSaid(picture, question.id, content);
    return [...struck, ...before, ...(now === undefined ? [] : [now])].map((answer) => ({
      question,
      answer,
      when: `${before.includes(answer) ? 'said before · ' : ''}${saidWhen(answer, person.about, picture)}`,
    }));
  });
  if (rows.length === 0) return null;
  return (
    <section aria-label="Answers in this stage" className="stage-answers">
      <ul className="plain-list">
        {rows.map(({ question, answer, when }) => (
          <AnswerRow
            key={`${answer.stream}${answer.seq}`}
            question={question}
            answer={answer}
            struck={struckText(picture, answer, me)}
            said={when}
            content={content}
            goQuestion={goQuestion}
            onStrike={strike}
          />
        ))}
      </ul>
    </section>
  );
}

const AnswerRow = memo(function AnswerRow(props: {
  readonly question: Question;
  readonly answer: Answer;
  readonly struck: string | undefined;
  /** Whose account, and when. */
  readonly said: string;
  readonly content: Content;
  readonly goQuestion: (id: string) => void;
  readonly onStrike: (entry: Entry) => void;
}) {
  const { question, answer, struck } = props;
  return (
    <li className={struck === undefined ? 'answer-row' : 'answer-row struck'}>
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
        <Said question={question} answer={answer} struck={struck !== undefined} />
        <span className="small"> {struck ?? props.said}</span>
      </span>
      {struck === undefined ? (
        <StrikeButton entry={entryOf(answer, props.content)} strike={props.onStrike} />
      ) : null}
    </li>
  );
});

function Said(props: { readonly question: Question; readonly answer: Answer; readonly struck: boolean }) {
  const line = fieldsLine(props.question, props.answer);
  const { words } = props.answer.data;
  const said = (
    <>
      {line}
      {line !== '' && words !== undefined ? ' ' : ''}
      {words === undefined ? null : <em>{quoted(words)}</em>}
    </>
  );
  return props.struck ? <s>{said}</s> : said;
}
