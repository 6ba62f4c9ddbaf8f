import { eventTime } from '../../../shared/exports/event-time.ts';
import { memo } from 'react';
import { answerTo, type Answer } from '../../../shared/call/facts.ts';
import { type Picture, refOf } from '../../../shared/call/picture.ts';
import { stillSaid } from '../../../shared/call/stays-said.ts';
import { type Content, type Question } from '../../../shared/content/schema.ts';
import { fieldsLine, quoted, saidBeforeTitle } from '../derive/facts-text.ts';
import { entryKey } from '../derive/find.ts';
import { type Person, saidWhen, sourceText } from '../derive/person.ts';
import { useCall } from './call-context.tsx';

/** What is known, as facts and whose words. Unknowns stand in the guide; the noes are one plain line. */
export function PictureFacts() {
  const { picture, content, person } = useCall();
  return <Facts picture={picture} content={content} about={person.about} />;
}

interface FactsProps {
  readonly picture: Picture;
  readonly content: Content;
  readonly about: Person['about'];
}

const Facts = memo(function Facts(props: FactsProps) {
  const { picture, content, about } = props;
  const shownElsewhere = new Set([
    content.landmarks.whereNow.question,
    content.landmarks.number.question,
    content.landmarks.name.question,
    ...(about === 'self' ? [content.landmarks.aboutWhom.question] : []),
  ]);
  const answered = content.questions.flatMap((question) => {
    const answer = answerTo(picture, question.id);
    return answer === undefined || shownElsewhere.has(question.id)
      ? []
      : [{ question, answer, before: false }];
  });
  const before = content.questions.flatMap((question) =>
    stillSaid(picture, question.id, content).map((answer) => ({ question, answer, before: true })),
  );
  const known = [
    ...answered.filter(({ answer }) => ['yes', 'given'].includes(answer.data.state)),
    ...before,
  ].toSorted((left, right) => placeOf(left.question, content) - placeOf(right.question, content));
  const noes = answered.filter(({ answer }) => answer.data.state === 'no');
  const sources = [...new Set(noes.map(({ answer }) => sourceText(answer.data.saidBy, about)))];
  return (
    <section className="side-part" aria-labelledby="the-picture">
      <h2 id="the-picture">The picture</h2>
      {answered.length === 0 ? <p className="small">Facts come here as they are recorded.</p> : null}
      <ul className="plain-list facts">
        {known.map(({ question, answer, before: isBefore }) => (
          <li key={`${answer.stream}${answer.seq}`} data-entry={entryKey({ ref: refOf(answer) })}>
            <Fact question={question} answer={answer} about={about} picture={picture} before={isBefore} />
          </li>
        ))}
        {sources.map((source) => (
          <li key={source}>
            <span className="muted">No, {source}: </span>
            {noes
              .filter(({ answer }) => sourceText(answer.data.saidBy, about) === source)
              .map(({ question, answer }, at) => (
                <span key={question.id}>
                  {at === 0 ? '' : ', '}
                  {question.short.toLowerCase()} <span className="small">{eventTime(picture, answer)}</span>
                </span>
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}, saysTheSame);

const placeOf = (question: Question, content: Content): number => content.questions.indexOf(question);

/** Facts are read from answers and what was struck alone: a note or another stage draws nothing here again. */
function saysTheSame(before: FactsProps, after: FactsProps): boolean {
  const [was, is] = [before.picture.byType, after.picture.byType];
  return (
    was['answer.recorded'] === is['answer.recorded'] &&
    was['entry.struck'] === is['entry.struck'] &&
    was['entry.timed'] === is['entry.timed'] &&
    before.content === after.content &&
    before.about === after.about
  );
}

function Fact(props: {
  readonly question: Question;
  readonly answer: Answer;
  readonly about: Person['about'];
  readonly picture: Picture;
  /** A newer answer does not say it any more; it stays said. */
  readonly before: boolean;
}) {
  const { question, answer, about, picture, before } = props;
  const line = fieldsLine(question, answer);
  const { state, words } = answer.data;
  const title = before ? saidBeforeTitle(question) : question.short;
  return (
    <>
      {state === 'yes' ? <b>{title}</b> : <span className="muted">{title}: </span>}
      {line === '' ? null : <> {line}</>}
      {words === undefined ? null : <em> {quoted(words)}</em>}
      <span className="small"> {saidWhen(answer, about, picture)}</span>
    </>
  );
}
