import { useDeskValue } from '../../components/desk-context.tsx';
import { useDeskWays } from '../../components/desk-ways.tsx';
import { counted, othersHere } from '../../../shared/sync/leaving.ts';
import { standsWithHub } from '../enrol/enrol-words.ts';

/** What the person here must know of this desk: that the hub shuts it out, and what is kept of others. */
export function DeskLines() {
  const refusal = useDeskValue((desk) => desk.refusal());
  const others = useDeskValue((desk) => desk.others());
  const { enrol } = useDeskWays();
  const kept = othersHere(others);
  return (
    <>
      {refusal === undefined ? null : (
        <p className="needed">
          <b>{standsWithHub(refusal)}</b> Carry on: every word is kept on this PC and sent once this is
          mended.{' '}
          <button type="button" className="link" onClick={enrol}>
            Enter an enrolment code
          </button>
        </p>
      )}
      {kept === undefined ? null : <p className={others.open > 0 ? 'needed' : 'small'}>{kept}</p>}
      {others.unsent === 0 ? null : (
        <p className="small">{counted(others.unsent, 'entry', 'entries')} from others being sent.</p>
      )}
    </>
  );
}
