import { answerTo, isUnknown } from '../../../shared/call/facts.ts';
import { stillSaid } from '../../../shared/call/stays-said.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { useCall } from '../call/call-context.tsx';
import { fieldsLine, quoted, saidBeforeTitle } from '../derive/facts-text.ts';
import { saidWhen } from '../derive/person.ts';
import { answerTitle } from '../wording/answers.ts';

/** What control asks, filled from what is known. A gap says what kind of gap it is. */
export function Checklist() {
  const { content } = useCall();
  return (
    <ul className="checklist">
      {content.emergency.checklist.map((item) => (
        <Item key={item.id} item={item} />
      ))}
    </ul>
  );
}

function Item({ item }: { readonly item: Content['emergency']['checklist'][number] }) {
  const { picture, content, person, goQuestion } = useCall();
  const { question: id } = item;
  const question = id === undefined ? undefined : content.question(id);
  const answer = id === undefined ? undefined : answerTo(picture, id);
  const number = id === content.landmarks.number.question ? person.number : undefined;
  const known = (answer !== undefined && !isUnknown(answer.data.state)) || number !== undefined;
  const text =
    answer === undefined
      ? (number ?? '')
      : [
          ...(answer.data.state === 'given' || !known
            ? []
            : [`${question?.short ?? ''}: ${answerTitle(answer.data.state).toLowerCase()}`]),
          ...(fieldsLine(question, answer) === '' ? [] : [fieldsLine(question, answer)]),
        ].join(' · ');
  const gap = answer === undefined ? 'not asked yet' : answerTitle(answer.data.state).toLowerCase();
  return (
    <li>
      <span className="mark" aria-hidden="true">
        {known ? '✓' : '○'}
      </span>
      <b>{item.label}</b>
      <span>
        {known ? text : <span className="small">{gap}</span>}
        {answer?.data.words === undefined ? null : <em> {quoted(answer.data.words)}</em>}
        {answer === undefined ? null : (
          <span className="small"> {saidWhen(answer, person.about, picture)}</span>
        )}
        {question === undefined
          ? null
          : stillSaid(picture, question.id, content).map((before) => (
              <span key={`${before.stream}${before.seq}`} className="said-before">
                {saidBeforeTitle(question)}:{' '}
                {[answerTitle(before.data.state).toLowerCase(), fieldsLine(question, before)]
                  .filter((part) => part !== '')
                  .join(' · ')}
                {before.data.words === undefined ? null : <em> {quoted(before.data.words)}</em>}
                <span className="small"> {saidWhen(before, person.about, picture)}</span>
              </span>
            ))}
        {known || id === undefined ? null : (
          <button type="button" className="link" onClick={() => goQuestion(id)}>
            ask: {question?.short.toLowerCase()}
          </button>
        )}
      </span>
    </li>
  );
}
