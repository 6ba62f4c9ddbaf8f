import { Typed } from '../../components/typed.tsx';
import { isolated } from '../../../shared/typed.ts';
import { answerTo } from '../../../shared/call/facts.ts';
import { fieldTexts } from '../derive/fields.ts';
import { saidWhen } from '../derive/person.ts';
import { useCall } from './call-context.tsx';

/** Where the person is at this moment: it routes help, so it stands first and says whether it was said back. */
export function WhereNow() {
  const { picture, content, person, goQuestion, stage } = useCall();
  const { question, field } = content.landmarks.whereNow;
  const answer = answerTo(picture, question);
  const rest = fieldTexts(content.question(question), answer?.data.fields).filter(
    (item) => !item.choice && item.value !== answer?.data.fields?.[field]?.trim(),
  );
  return (
    <section className="side-part" aria-labelledby="where-now">
      <h2 id="where-now">Where they are now</h2>
      {person.where === undefined ? (
        <button
          type="button"
          className="unknown-card"
          disabled={stage === 'closed'}
          onClick={() => goQuestion(question)}
        >
          Not known
          <span className="small">ask where they are</span>
        </button>
      ) : (
        <>
          <p className="place">
            <Typed text={person.where} />
          </p>
          <p className="small">
            {[
              ...rest.map((item) => isolated(item.value)),
              person.saidBack ? 'said back' : 'not said back yet',
              ...(answer === undefined ? [] : [saidWhen(answer, person.about, picture)]),
            ].join(' · ')}
          </p>
        </>
      )}
    </section>
  );
}
