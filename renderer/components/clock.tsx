import { useEffect, useState } from 'react';
import { elapsedText } from '../screens/wording/times.ts';
import { type UtcMs } from '../../shared/time.ts';
import { useDesk } from './desk-context.tsx';

/** The time now, drawn again on each full second counted from `since`. */
export function useSeconds(since: UtcMs, running = true): UtcMs {
  const desk = useDesk();
  const [now, setNow] = useState(() => desk.now());
  useEffect(() => {
    if (!running) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      setNow(desk.now());
      timer = setTimeout(tick, 1000 - ((((desk.now() - since) % 1000) + 1000) % 1000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, [desk, since, running]);
  return now;
}

/** A clock counting up from `since`; it stands still at `until` when that is given. */
export function Elapsed({ since, until }: { readonly since: UtcMs; readonly until?: UtcMs | undefined }) {
  const now = useSeconds(since, until === undefined);
  return <span className="ticking">{elapsedText((until ?? now) - since)}</span>;
}

/** The time now, drawn again every minute: for what is due, where seconds would only unsettle. */
export function useMinutes(): UtcMs {
  const desk = useDesk();
  const [now, setNow] = useState(() => desk.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(desk.now()), 60_000);
    return () => clearInterval(timer);
  }, [desk]);
  return now;
}
