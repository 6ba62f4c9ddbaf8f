import { eventTime } from '../../../shared/exports/event-time.ts';
import { callBackTitles } from '../../../shared/exports/words.ts';
import { useState } from 'react';
import { Refused } from '../../components/refused.tsx';
import { eventsOf, lastOf } from '../../../shared/call/picture.ts';
import { type Happening } from '../../../shared/events/event.ts';
import { useCall } from '../call/call-context.tsx';

const RESULTS = Object.keys(callBackTitles) as readonly Result[];
type Result = keyof typeof callBackTitles;

/**
 * Each try at ringing back, as it happens: one button each, recorded at once with its time. Where nobody should
 * ring, that comes first.
 */
export function CallBackTries({ ring }: { readonly ring: boolean }) {
  const { picture, record, open } = useCall();
  const [why, setWhy] = useState<readonly string[]>([]);
  const dropped = lastOf(picture, 'line.dropped');
  const tries = eventsOf(picture, 'callBack.attempted').filter((event) => event.at >= (dropped?.at ?? 0));
  const keep = (happening: Happening): boolean => {
    const done = record(happening);
    setWhy(done.ok ? [] : done.why);
    return done.ok;
  };
  return (
    <section className="block" aria-labelledby="tries-title">
      <h2 id="tries-title">{ring ? 'Ringing back' : 'Not rung, or if they rang again'}</h2>
      {tries.length === 0 ? null : (
        <ol className="plain-list">
          {tries.map((event) => (
            <li key={`${event.stream}${event.seq}`}>
              <time className="small">{eventTime(picture, event)}</time> {callBackTitles[event.data.result]}
            </li>
          ))}
        </ol>
      )}
      <div className="row wrap">
        {ring ? null : <Try result="notSafeToRing" first onTry={keep} />}
        <button
          type="button"
          className={ring ? 'button primary' : 'button'}
          data-first={ring ? '' : undefined}
          onClick={() => (keep({ type: 'callBack.reached', data: {} }) ? open('none') : undefined)}
        >
          Reached them
        </button>
        {RESULTS.filter((result) => ring || result !== 'notSafeToRing').map((result) => (
          <Try key={result} result={result} onTry={keep} />
        ))}
      </div>
      <Refused why={why} />
    </section>
  );
}

function Try(props: {
  readonly result: Result;
  readonly first?: boolean;
  readonly onTry: (happening: Happening) => boolean;
}) {
  const { result, first = false, onTry } = props;
  return (
    <button
      type="button"
      className={first ? 'button primary' : 'button'}
      data-first={first ? '' : undefined}
      onClick={() => onTry({ type: 'callBack.attempted', data: { result } })}
    >
      {callBackTitles[result]}
    </button>
  );
}
