import { useEffect, useState } from 'react';
import { lightAnnouncement, lightWords } from '../screens/wording/light-words.ts';
import { useDeskValue } from './desk-context.tsx';
import { useSeconds } from './clock.tsx';

/** Where the words are, in words. Drawn by the desk's own facts; says no more than they do. */
export function SaveLight() {
  const light = useDeskValue((desk) => desk.light());
  const hub = useDeskValue((desk) => desk.hub());
  const now = useSeconds(hub.since, hub.reach === 'away');
  const refused = useDeskValue((desk) => desk.refusal() !== undefined);
  const words = lightWords(light, hub, now, refused);
  return (
    <>
      <div role="group" aria-label="Save light" className={`save-light tone-${words.tone}`}>
        <span className="dot" aria-hidden="true" />
        <span className="stack">
          <b>{words.title}</b>
          <span className="small">{words.detail}</span>
        </span>
      </div>
      <LightAnnouncer />
    </>
  );
}

/** Heard, not seen. Waits until things have settled, so that an outage is one sentence and typing is silence. */
function LightAnnouncer() {
  const light = useDeskValue((from) => from.light());
  const hub = useDeskValue((from) => from.hub());
  const refused = useDeskValue((from) => from.refusal() !== undefined);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid((before) => lightAnnouncement(light, hub, before, refused)), 1500);
    return () => clearTimeout(timer);
  }, [light, hub, refused]);
  return (
    <span role="status" className="unseen">
      {said}
    </span>
  );
}
