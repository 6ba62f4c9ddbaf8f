import { refOf } from '../../../shared/call/picture.ts';
import { entryKey } from '../derive/find.ts';
import { Typed } from '../../components/typed.tsx';
import { isolated } from '../../../shared/typed.ts';
import { chosenRoute, planLines } from '../../../shared/call/facts.ts';
import { useCall } from './call-context.tsx';

/** The route chosen and the plan's lines so far. Nothing is shown until there is something. */
export function PlanSoFar() {
  const { picture, content } = useCall();
  const chosen = chosenRoute(picture);
  const headings = content.planHeadings.flatMap((heading) => {
    const lines = planLines(picture, heading.id);
    return lines.length === 0 ? [] : [{ heading, lines }];
  });
  if (chosen === undefined && headings.length === 0) return null;
  const route = chosen === undefined ? undefined : content.route(chosen.data.route);
  return (
    <section className="side-part" aria-labelledby="plan-so-far">
      <h2 id="plan-so-far">Plan</h2>
      {chosen === undefined ? null : (
        <p>
          <b>{route?.title ?? chosen.data.route}</b>
          {chosen.data.service === undefined ? '' : `, ${isolated(chosen.data.service)}`}
          <span className="small sub">{route?.timescale}</span>
        </p>
      )}
      <dl className="plan-lines">
        {headings.map(({ heading, lines }) => (
          <div key={heading.id}>
            <dt>{heading.title}</dt>
            {lines.map((line) => (
              <dd key={line.seq} data-entry={entryKey({ ref: refOf(line) })}>
                <Typed text={line.data.text} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}
