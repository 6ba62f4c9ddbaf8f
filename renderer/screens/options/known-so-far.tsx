import { answerTo } from '../../../shared/call/facts.ts';
import { useCall } from '../call/call-context.tsx';
import { fieldsLine } from '../derive/facts-text.ts';
import { saidWhen } from '../derive/person.ts';

/**
 * What a receiver asks for, in content's own words, and beside it what is on record of who, where and which
 * number. The two are not matched by the program: a person reads both.
 */
export function KnownSoFar({ needs }: { readonly needs: readonly string[] }) {
  const { picture, content, person } = useCall();
  const { name, whereNow, number } = content.landmarks;
  const asked = [...new Set([whereNow.question, number.question, name.question])];
  return (
    <section className="block have-ready" aria-label="Have ready">
      <div>
        <h2>Have ready</h2>
        <ul>
          {needs.map((need) => (
            <li key={need}>{need}</li>
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
                  <span className="small">{saidWhen(answer, person.about)}</span>
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
