import { answerTo } from '../../../shared/call/facts.ts';
import { useCall } from '../call/call-context.tsx';
import { needsOf } from '../derive/needs.ts';
import { fieldsLine } from '../derive/facts-text.ts';
import { saidWhen } from '../derive/person.ts';

/**
 * What a receiver asks for, in content's own words, each with the questions that hold it and are not known; beside it
 * what is on record of who, where and which number.
 */
export function KnownSoFar({ route }: { readonly route: string }) {
  const { picture, content, person, mend } = useCall();
  const needs = needsOf(route, picture, content);
  const { name, whereNow, number } = content.landmarks;
  const asked = [...new Set([whereNow.question, number.question, name.question])];
  return (
    <section className="block have-ready" aria-label="Have ready">
      <div>
        <h2>Have ready</h2>
        <ul>
          {needs.map((need) => (
            <li key={need.say}>
              {need.say}
              {need.notKnown.map(({ question, short, why }) => (
                <button
                  key={question}
                  type="button"
                  className="link small"
                  onClick={() => mend({ to: 'question', question })}
                >
                  {short}: {why}
                </button>
              ))}
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h2>On record</h2>
        <ul className="plain-list">
          {asked.map((id) => {
            const question = content.question(id);
            const answer = answerTo(picture, id);
            const line = answer === undefined ? '' : fieldsLine(question, answer);
            return (
              <li key={id}>
                <span className="muted">{question?.short}: </span>
                {line === '' ? <span className="chip chip-notKnown">Not known</span> : line}{' '}
                {answer === undefined || line === '' ? null : (
                  <span className="small">{saidWhen(answer, person.about, picture)}</span>
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
