import { useDeskWays } from '../../components/desk-ways.tsx';
import { counted } from '../../../shared/sync/leaving.ts';
import { doubtCount } from './doubt-rows.ts';
import { useDoubts } from './use-doubts.ts';

/** In the work list: that the hub could not read an entry of this desk, or doubts one. Nothing when there is none. */
export function DoubtsLine() {
  const { doubts: open } = useDeskWays();
  const answer = useDoubts();
  if (answer?.ok !== true) return null;
  const { notRead, doubted } = doubtCount(answer.value);
  if (notRead + doubted === 0) return null;
  return (
    <section className="call-list" aria-label="At the hub">
      <ul className="plain-list">
        <li>
          <button type="button" className="call-row" onClick={open}>
            <span className="work-due">At the hub</span>
            <b>Entries of this desk</b>
            <span className="work-what">
              <b>
                {[
                  ...(notRead === 0 ? [] : [`${counted(notRead, 'entry', 'entries')} could not be read`]),
                  ...(doubted === 0 ? [] : [`${counted(doubted, 'entry', 'entries')} doubted`]),
                ].join(', ')}
              </b>
              <span className="small">Kept at the hub and on this PC</span>
            </span>
            <span className="small">Look</span>
          </button>
        </li>
      </ul>
    </section>
  );
}
