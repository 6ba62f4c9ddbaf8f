import { useEffect, useState } from 'react';
import { type PackAnswer } from '../../call/desk.ts';
import { Elapsed, useMinutes } from '../../components/clock.tsx';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { holdings } from '../derive/holdings.ts';
import { outage } from '../derive/loud.ts';

/** While the hub is away: since when, and how old everything is that this desk goes on with. */
export function OutageBanner() {
  const hub = useDeskValue((from) => from.hub());
  const away = outage(hub);
  if (away === undefined) return null;
  return (
    <section className="needed outage-banner" aria-label="Outage">
      <p>
        <b>{away.title}</b>{' '}
        <b className="loud-clock">
          <Elapsed since={away.since} />
        </b>{' '}
        {away.sentence}
      </p>
      <Ages />
    </section>
  );
}

function Ages() {
  const desk = useDesk();
  const now = useMinutes();
  const hub = useDeskValue((from) => from.hub());
  const unsent = useDeskValue((from) => from.unsent());
  const directory = useDeskValue((from) => from.directory.state());
  const [pack, setPack] = useState<PackAnswer | undefined>();
  const minute = Math.floor(now / 60_000);
  useEffect(() => {
    if (minute > 0) void desk.pack('status').then(setPack);
  }, [desk, minute]);
  return (
    <ul className="plain-list ages">
      {holdings({ hub, unsent, content: desk.content, directory, pack, now }).map(({ what, state, age }) => (
        <li key={what}>
          <span className="small">{what}</span>{' '}
          {what === 'Hub' ? age : [state, age].filter(Boolean).join(', ')}
        </li>
      ))}
    </ul>
  );
}
