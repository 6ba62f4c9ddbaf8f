import { useEffect, useState } from 'react';
import { type RunningDesk } from '../../call/desk.ts';
import { useMinutes } from '../../components/clock.tsx';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';

type Answer = Awaited<ReturnType<RunningDesk['doubts']>>;

/** What the hub says of this desk's entries: asked at first sight, with each minute, and when the hub comes or goes. */
export function useDoubts(): Answer | undefined {
  const desk = useDesk();
  const reach = useDeskValue((from) => from.hub().reach);
  const minute = Math.floor(useMinutes() / 60_000);
  const [answer, setAnswer] = useState<Answer | undefined>();
  useEffect(() => {
    let gone = false;
    if (minute > 0 && reach !== 'unknown') {
      void desk.doubts().then((next) => {
        if (!gone) setAnswer(next);
      });
    }
    return () => {
      gone = true;
    };
  }, [desk, reach, minute]);
  return answer;
}
