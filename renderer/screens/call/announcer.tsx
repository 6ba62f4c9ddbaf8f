import { useEffect, useMemo, useRef, useState } from 'react';
import { announcement, type Heard } from '../derive/announce.ts';
import { beforeRoute } from '../derive/before-route.ts';
import { type Loud } from '../derive/loud.ts';
import { useCall } from './call-context.tsx';

/** Long enough for an answer to settle, so that two changes of one key press are one sentence. */
const SETTLE_MS = 400;

/** Heard, not seen: what became loud, and gates that opened or shut. One sentence each, when it happens. */
export function Announcer({ loud }: { readonly loud: Loud | undefined }) {
  const { picture, content, routes, stage } = useCall();
  const routesOpen = useMemo(() => {
    const { unasked, stops } = beforeRoute(routes, picture, content);
    return unasked.length === 0 && stops.length === 0;
  }, [routes, picture, content]);
  const [said, say] = useState('');
  const before = useRef<Heard | undefined>(undefined);
  const isOver = stage === 'closed';
  useEffect(() => {
    const timer = setTimeout(() => {
      const now = { loud, routesOpen };
      const next = isOver && loud === undefined ? '' : announcement(before.current, now);
      before.current = now;
      if (next !== '') say(next);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [loud, routesOpen, isOver]);
  return (
    <p role="status" className="unseen">
      {said}
    </p>
  );
}
