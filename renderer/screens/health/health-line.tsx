import { useEffect, useState } from 'react';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { healthAnnouncement, type HealthRow, healthRows } from './health.ts';

/** How long something stays as it is before it is said (ms): what comes and goes is not. */
const SETTLED_MS = 1_500;

/** One quiet line on how this desk is; it opens to the details. Loud things are said elsewhere, by the outage and the notices. */
export function HealthLine() {
  const { host } = useDesk();
  const hub = useDeskValue((desk) => desk.hub());
  const isShutOut = useDeskValue((desk) => desk.refusal() !== undefined);
  const unsent = useDeskValue((desk) => desk.unsent());
  const room = useDeskValue((desk) => desk.room());
  const policy = useDeskValue((desk) => desk.policy());
  const rows = healthRows({ hub, isShutOut, unsent, room, policy, version: host.version });
  return (
    <>
      <details className="health">
        <summary>
          <b>This desk</b>{' '}
          {rows.map(({ name, short, isWell }) => (
            <span key={name} className={isWell ? 'health-part' : 'health-part is-wrong'}>
              {isWell ? null : <span aria-hidden="true">! </span>}
              {short}
            </span>
          ))}
        </summary>
        <dl className="health-rows">
          {rows.map(({ name, long, isWell }) => (
            <div key={name} className={isWell ? undefined : 'is-wrong'}>
              <dt>{name}</dt>
              <dd>{long}</dd>
            </div>
          ))}
        </dl>
        <p className="small">
          IT sees more with <code>{host.host === 'electron' ? 'lantern diagnose' : 'npm run diagnose'}</code>:
          no call, name or number is in what it says.
        </p>
      </details>
      <HealthAnnouncer rows={rows} />
    </>
  );
}

/** Heard, not seen, and only when something has changed. */
function HealthAnnouncer({ rows }: { readonly rows: readonly HealthRow[] }) {
  const [said, setSaid] = useState('');
  const now = healthAnnouncement(rows, said);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(now), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return (
    <span role="status" className="unseen">
      {said}
    </span>
  );
}
