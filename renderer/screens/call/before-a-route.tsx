import { Kbd } from '../../components/kbd.tsx';
import { chosenRoute } from '../../../shared/call/facts.ts';
import { beforeRoute } from '../derive/before-route.ts';
import { consultHelps } from '../derive/endings.ts';
import { useCall } from './call-context.tsx';

/** What keeps most routes shut now, each thing once, with the way to put it right. */
export function BeforeARoute() {
  const { picture, content, routes, goQuestion, open } = useCall();
  if (chosenRoute(picture) !== undefined) return null;
  const { unasked, stops } = beforeRoute(routes, picture, content);
  const first = unasked[0];
  return (
    <section className="side-part" aria-labelledby="before-route">
      <h2 id="before-route">Before a route can be chosen</h2>
      <ul className="plain-list before">
        {stops.map((stop) => (
          <li key={`${stop.gate.id}${stop.say}`}>
            {stop.say}
            {consultHelps(stop) ? (
              <button type="button" className="link" onClick={() => open('consult')}>
                Consult <Kbd keys={['F6']} />
              </button>
            ) : null}
          </li>
        ))}
        {first === undefined ? null : (
          <li>
            {unasked.length === 1 ? '1 safety question' : `${unasked.length} safety questions`}
            <button type="button" className="link" onClick={() => goQuestion(first.id)}>
              Ask: {first.short.toLowerCase()}
            </button>
          </li>
        )}
        {first === undefined && stops.length === 0 ? (
          <li className="done">Nothing stands before most routes.</li>
        ) : null}
      </ul>
    </section>
  );
}
