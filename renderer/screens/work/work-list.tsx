import { Typed } from '../../components/typed.tsx';
import { type CallView } from '../../call/desk.ts';
import { Elapsed, useMinutes } from '../../components/clock.tsx';
import { useDesk } from '../../components/desk-context.tsx';
import { type Panel } from '../call/call-context.tsx';
import { dueText } from '../wording/times.ts';
import { HalfTypedRows, useHalfTyped } from './half-typed-rows.tsx';
import { type WorkRow, workRows } from './rows.ts';

/** What this desk owes: rings back, hand-overs nobody took, tasks, words not kept. Each row opens the call where it is dealt with. */
export function WorkList(props: {
  readonly calls: readonly CallView[];
  readonly onOpen: (call: CallView['id'], panel: Panel) => void;
}) {
  const desk = useDesk();
  const now = useMinutes();
  const { person } = desk.session;
  const rows = workRows(props.calls, (id) => (id === person.id ? person.name : undefined));
  const typed = useHalfTyped(props.calls);
  if (rows.length === 0 && typed.length === 0) {
    return (
      <section className="call-list" aria-labelledby="work-title">
        <h2 id="work-title">To be done</h2>
        <p className="nothing-owed">
          <span aria-hidden="true">✓</span> Nothing is owed: no ring-back, no hand-over waiting, no task, no
          words half typed.
        </p>
      </section>
    );
  }
  return (
    <section className="call-list" aria-labelledby="work-title">
      <h2 id="work-title">To be done</h2>
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.key}>
            <button type="button" className="call-row" onClick={() => props.onOpen(row.call.id, row.panel)}>
              <Due row={row} now={now} />
              <b>{row.who}</b>
              <span className="work-what">
                <b>{row.title}</b>
                {row.detail === '' ? null : (
                  <span className="small">
                    <Typed text={row.detail} />
                  </span>
                )}
              </span>
              <span className="small">
                <Typed text={row.owner} />
              </span>
            </button>
          </li>
        ))}
        <HalfTypedRows items={typed} now={now} onOpen={props.onOpen} />
      </ul>
    </section>
  );
}

function Due({ row, now }: { readonly row: WorkRow; readonly now: number }) {
  const { dueAt, from } = row.owed;
  if (dueAt === undefined) {
    return (
      <span className="work-due overdue">
        Now <span className="small">for</span> <Elapsed since={from.at} />
      </span>
    );
  }
  return (
    <span className={dueAt < now ? 'work-due overdue' : 'work-due'}>
      {dueAt < now ? 'Overdue ' : ''}
      <time>{dueText(dueAt, now)}</time>
    </span>
  );
}
