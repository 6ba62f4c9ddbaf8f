import { Typed } from '../../components/typed.tsx';
import { type FormEvent, useState } from 'react';
import { DraftWords } from '../../components/draft-fields.tsx';
import { useDeskValue } from '../../components/desk-context.tsx';
import { useForm } from '../../components/draft.ts';
import { Refused } from '../../components/refused.tsx';
import { consentNow } from '../../../shared/call/facts.ts';
import { eventsOf } from '../../../shared/call/picture.ts';
import { type Content } from '../../../shared/content/schema.ts';
import { useCall } from '../call/call-context.tsx';
import { StrikeButton } from '../call/strike-button.tsx';
import { plansNeeded } from '../derive/endings.ts';
import { entryOf, struckText } from '../derive/struck.ts';

/** The plan under its headings. Lines are added; Enter keeps one and stays, so that the next can follow. */
export function PlanLines() {
  const { picture, content } = useCall();
  const missing = plansNeeded(picture, content);
  const needed = content.planHeadings
    .filter(({ id }) => missing.includes(id))
    .map(({ title }) => `“${title}”`);
  const question = content.questions.find((item) => item.kind === 'plan');
  return (
    <section className="block" id="plan" aria-labelledby="plan-title">
      <h2 id="plan-title">The plan</h2>
      {question === undefined ? null : <p className="say">{question.ask}</p>}
      {needed.length === 0 ? null : (
        <p className="needed">
          {needed.join(' and ')} {needed.length === 1 ? 'is' : 'are'} needed before this call can close.
        </p>
      )}
      <div data-first={consentNow(picture) === undefined ? undefined : ''} className="plan-grid">
        {content.planHeadings.map((heading) => (
          <Heading key={heading.id} heading={heading} />
        ))}
      </div>
    </section>
  );
}

function Heading({ heading }: { readonly heading: Content['planHeadings'][number] }) {
  const { view, picture, content, record, strike } = useCall();
  const me = useDeskValue((desk) => desk.session.person);
  const form = useForm(`${view.id}:plan:${heading.id}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const text = form.read('text');
    if (text === '') return setWhy(['Nothing is written here yet.']);
    const done = record({ type: 'plan.recorded', data: { heading: heading.id, text } });
    setWhy(done.ok ? [] : done.why);
    if (done.ok) form.clear('text');
  };
  return (
    <form aria-label={`Plan: ${heading.title}`} onSubmit={keep} className="plan-heading">
      <ul className="plain-list">
        {eventsOf(picture, 'plan.recorded')
          .filter((line) => line.data.heading === heading.id)
          .map((line) => {
            const struck = struckText(picture, line, me);
            return (
              <li key={`${line.stream}${line.seq}`} className={struck === undefined ? undefined : 'struck'}>
                {struck === undefined ? (
                  <Typed text={line.data.text} />
                ) : (
                  <s>
                    <Typed text={line.data.text} />
                  </s>
                )}{' '}
                {struck === undefined ? (
                  <StrikeButton entry={entryOf(line, content)} strike={strike} />
                ) : (
                  <span className="small">{struck}</span>
                )}
              </li>
            );
          })}
      </ul>
      <DraftWords draftKey={form.key('text')} label={heading.title} hint={heading.prompt} />
      <Refused why={why} />
    </form>
  );
}
