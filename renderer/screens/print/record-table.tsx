import { AnswerChip } from '../../components/answer-chip.tsx';
import { type CallRecord, type RecordLine } from '../../../shared/exports/record/record.ts';

/** "01:07 BST"; what is longer is wrapped. */
const SHORT_TIME = 9;

/** Every event of the call on paper, in order; what was struck through stays readable. */
export function RecordTable(props: {
  readonly record: CallRecord;
  readonly notSafe: number;
  /** Stands at the head of every page. */
  readonly head: string;
}) {
  const { record, notSafe, head } = props;
  const { last } = record;
  return (
    <section className="paper-record" aria-labelledby="paper-record">
      <h2 id="paper-record">The whole record</h2>
      <p>
        Began {record.began} · content {record.content}.{' '}
        <b>For this service’s own record: hand over only what the card says.</b>
      </p>
      <div className="paper-scroll" role="group" aria-label="The record, line by line" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td colSpan={4}>{head}</td>
            </tr>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Time</th>
              <th scope="col">What</th>
              <th scope="col">By</th>
            </tr>
          </thead>
          <tbody>
            {record.lines.map((line) => (
              <tr key={line.number}>
                <td>{line.number}</td>
                <td className={line.time.length > SHORT_TIME ? 'long-time' : undefined}>{line.time}</td>
                <td>
                  <What line={line} />
                </td>
                <td>{line.by}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {notSafe === 0
          ? 'All of this is safe at the hub.'
          : `Not yet safe at the hub: ${notSafe} of ${record.lines.length} lines. They are on this PC.`}
      </p>
      {last === undefined ? null : (
        <p className="small">
          Last event: stream {last.stream}, number {last.seq}, SHA-256{' '}
          {last.hash ?? 'not shown while the call is being written: open it again after a restart'}
        </p>
      )}
    </section>
  );
}

function What({ line }: { readonly line: RecordLine }) {
  const text = (
    <>
      <b>{line.what}</b> {line.answer === undefined ? null : <AnswerChip state={line.answer} />} {line.says}
    </>
  );
  if (line.struck === undefined) return text;
  return (
    <>
      <s>{text}</s> <span className="small">{line.struck}</span>
    </>
  );
}
