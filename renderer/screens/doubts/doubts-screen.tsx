import { type CallView } from '../../call/desk.ts';
import { useMinutes } from '../../components/clock.tsx';
import { useDeskValue } from '../../components/desk-context.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { timeText } from '../wording/times.ts';
import { type DoubtRow, doubtRows } from './doubt-rows.ts';
import { useDoubts } from './use-doubts.ts';

/** What the hub put in quarantine or flagged of this desk's entries: when, which call, why, and what happens next. */
export function DoubtsScreen(props: {
  readonly onBack: () => void;
  readonly onOpen: (call: CallView['id']) => void;
  readonly onEmergency: () => void;
}) {
  const answer = useDoubts();
  const calls = useDeskValue((from) => from.calls());
  const reach = useDeskValue((from) => from.hub().reach);
  const rows = answer?.ok === true ? doubtRows(answer.value, calls) : [];
  const isMore = answer?.ok === true && answer.value.some((one) => one.isMore);
  return (
    <PageFrame title="What the hub doubts" {...props}>
      <p>
        The hub refuses no sound entry. What it cannot read it keeps as it came; what it doubts it keeps and
        marks. Both have a receipt, and nothing waits behind them.
      </p>
      {answer === undefined && reach !== 'away' ? <p role="status">Asking the hub.</p> : null}
      {answer?.ok === false || (answer === undefined && reach === 'away') ? (
        <p className="needed" role="status">
          The hub cannot be asked now. What it marked before is still there; this page asks again by itself.
        </p>
      ) : null}
      {answer?.ok === true && rows.length === 0 ? (
        <p className="nothing-owed">
          <span aria-hidden="true">✓</span> The hub has read every entry of this desk and doubts none.
        </p>
      ) : null}
      {rows.length === 0 ? null : <Rows rows={rows} onOpen={props.onOpen} />}
      {isMore ? <p className="small">There are more than fit here: IT sees all of them at the hub.</p> : null}
    </PageFrame>
  );
}

function Rows(props: {
  readonly rows: readonly DoubtRow[];
  readonly onOpen: (call: CallView['id']) => void;
}) {
  const now = useMinutes();
  return (
    <table className="holdings doubts">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Call</th>
          <th scope="col">Why</th>
          <th scope="col">What happens next</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ key, what, at, call, who, reason, next }) => (
          <tr key={key} className={what === 'notRead' ? 'loud-row' : undefined}>
            <td>{at === undefined ? 'Not known here' : timeText(at, now)}</td>
            <td>
              {call === undefined ? (
                who
              ) : (
                <button type="button" className="link" onClick={() => props.onOpen(call)}>
                  {who}
                </button>
              )}
            </td>
            <td>
              <b>{what === 'notRead' ? 'Not read. ' : 'Doubted. '}</b>
              {reason}
            </td>
            <td>{next}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
