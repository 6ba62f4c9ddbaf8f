import { useState } from 'react';
import { Refused } from '../../components/refused.tsx';
import { useCall } from '../call/call-context.tsx';

/** Hold, and off hold again. Kept with its time, so that silence in the record has a reason. */
export function HoldLine() {
  const { view, record } = useCall();
  const [why, setWhy] = useState<readonly string[]>([]);
  const held = view.snapshot.matches({ line: 'onHold' });
  const turn = (): void => {
    const done = record({ type: held ? 'line.resumed' : 'line.held', data: {} });
    setWhy(done.ok ? [] : done.why);
  };
  return (
    <>
      <button type="button" className="button plain" onClick={turn}>
        {held ? 'Take them off hold' : 'Not dropped: put them on hold'}
      </button>
      <Refused why={why} />
    </>
  );
}
