import { Kbd } from '../../components/kbd.tsx';
import { type Stop } from '../../../shared/gates/doors.ts';
import { mendOf } from '../derive/endings.ts';
import { MendButton } from '../call/mend-button.tsx';
import { OverrideForm } from './override-form.tsx';

/** What keeps a route shut, in the gates' own words, each with the way on: put it right, or a named person's word. */
export function StopsWithWays({ stops, route }: { readonly stops: readonly Stop[]; readonly route: string }) {
  if (stops.length === 0) return <p className="open-line">Open: nothing stands before this.</p>;
  return (
    <section className="block stops" aria-label="What is missing">
      <h2>Before this can be chosen</h2>
      <ul className="plain-list">
        {stops.map((stop) => (
          <li key={`${stop.gate.id}${stop.say}`} className="stop">
            <p>
              {stop.say} <MendButton mend={mendOf(stop)} />
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
