import { useState } from 'react';
import { stopUnanswered } from '../../../shared/call/facts.ts';
import { Refused } from '../../components/refused.tsx';
import { useCall } from '../call/call-context.tsx';
import { clockTime } from '../wording/times.ts';

/** After the desk stopped in this call: the caller is there, or the line was lost. Nothing is taken for granted (H35). */
export function StillThere() {
  const { picture, record, open } = useCall();
  const [why, setWhy] = useState<readonly string[]>([]);
  const stopped = stopUnanswered(picture);
  if (stopped === undefined) return null;
  const keep = (): void => {
    const done = record({ type: 'line.confirmed', data: {} });
    setWhy(done.ok ? [] : done.why);
    if (done.ok) open('none');
  };
  return (
    <section className="boxed" aria-label="Is the caller still there?">
      <p>
        Lantern stopped in this call. Nothing was kept between {clockTime(stopped.data.lastEventAt)} and{' '}
        {clockTime(stopped.at)}. Speak to them before anything else.
      </p>
      <button type="button" className="button primary" data-first="" onClick={keep}>
        The caller is still there
      </button>
      <p className="small">If nobody answers, record below that the line dropped.</p>
      <Refused why={why} />
    </section>
  );
}
