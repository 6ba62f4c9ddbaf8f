import { Kbd } from '../../components/kbd.tsx';
import { type Stop } from '../../../shared/gates/doors.ts';
import { useCall } from '../call/call-context.tsx';
import { asksForService, mendOf } from '../derive/endings.ts';
import { MendButton } from '../call/mend-button.tsx';
import { OverrideForm } from './override-form.tsx';

/** What keeps a route shut, in the gates' own words, each with the way on: put it right, or a named person's word. */
export function StopsWithWays(props: {
  readonly stops: readonly Stop[];
  readonly route: string;
  readonly title: string;
}) {
  const { stops, route, title } = props;
  const { picture, content } = useCall();
  if (stops.length === 0) return null;
  return (
    <section className="block stops" aria-label={title}>
      <h2>{title}</h2>
      <ul className="plain-list">
        {stops.map((stop) => (
          <li key={`${stop.gate.id}${stop.say}`} className="stop">
            <p>
              {stop.say}{' '}
              {asksForService(stop) ? null : <MendButton mend={mendOf(stop, { picture, content })} />}
            </p>
            {stop.gate.override === undefined ? null : <OverrideForm gate={stop.gate} route={route} />}
          </li>
        ))}
      </ul>
      <p className="small">
        Emergency needs none of this: <Kbd keys={['F9']} />
        <span className="unseen">F9</span>
      </p>
    </section>
  );
}
