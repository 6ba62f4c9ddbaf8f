import { role as roleSchema } from '../../../shared/events/vocabulary.ts';
import { SmallRadios } from '../../components/radios.tsx';
import { counted } from '../../../shared/sync/leaving.ts';
import { useState } from 'react';
import { type CallView } from '../../call/desk.ts';
import { Elapsed, useMinutes } from '../../components/clock.tsx';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { deskWords, owedWords, roleTitles, stageWords } from '../wording/team-words.ts';
import { dueText, spanText, timeText } from '../wording/times.ts';
import { ContinueDialog } from './continue-dialog.tsx';
import { type TeamRow, teamRows } from './team-rows.ts';

/** Calls at other desks that are open or owe something. Opening one asks the hub for it. */
export function TeamList({ onOpen }: { readonly onOpen: (call: CallView['id']) => void }) {
  const desk = useDesk();
  const { page, heardAt } = useDeskValue((from) => from.team());
  const [roleText, setRole] = useState('');
  const role = roleSchema.safeParse(roleText).data;
  const [asked, ask] = useState<TeamRow | undefined>();
  const now = useMinutes();
  const all = page === undefined ? [] : teamRows(page, desk.host.desk);
  const rows = page === undefined ? [] : teamRows(page, desk.host.desk, role);
  return (
    <section className="call-list" id="team" aria-labelledby="team-title">
      <h2 id="team-title" tabIndex={-1}>
        Team
      </h2>
      <Age heardAt={heardAt} />
      {page !== undefined && page.notLookedThrough > 0 ? (
        <p className="small">
          The hub is still reading {counted(page.notLookedThrough, 'call')}: not everything may be here.
        </p>
      ) : null}
      {page?.isMore === true ? <p className="small">There are more than the hub lists.</p> : null}
      {all.length < 2 ? null : (
        <SmallRadios
          label={`Who wrote last: ${rows.length} of ${all.length} shown`}
          options={WROTE_LAST}
          value={roleText}
          onChange={setRole}
        />
      )}
      {page !== undefined && all.length === 0 ? (
        <p className="nothing-owed">
          <span aria-hidden="true">✓</span> No call at another desk is open or owes anything.
        </p>
      ) : null}
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.call.call}>
            <button type="button" className="call-row" onClick={() => ask(row)}>
              <Due row={row} now={now} />
              <b>{row.call.desk === null ? 'Given back' : deskWords(row.call.deskName)}</b>
              <span className="work-what">
                <b>
                  {[stageWords(row.call.stage), ...row.call.owed.map(({ kind }) => owedWords(kind))].join(
                    ' · ',
                  )}
                </b>
                <span className="small">
                  began {timeText(row.call.beganAt, now)}, last written {timeText(row.call.lastAt, now)} (
                  {row.call.author.role})
                </span>
              </span>
              <span className="small">Go on with it here</span>
            </button>
          </li>
        ))}
      </ul>
      {asked === undefined ? null : (
        <ContinueDialog
          call={asked.call.call}
          deskName={asked.call.deskName}
          onClose={() => ask(undefined)}
          onHere={() => {
            ask(undefined);
            onOpen(asked.call.call);
          }}
        />
      )}
    </section>
  );
}

const WROTE_LAST = [
  { value: '', title: 'Anybody' },
  ...roleSchema.options.map((one) => ({ value: one, title: roleTitles[one] })),
];

/** How old the list is. Without the hub it says so, and never passes for the present. */
function Age({ heardAt }: { readonly heardAt: number | undefined }) {
  const reach = useDeskValue((from) => from.hub().reach);
  const now = useMinutes();
  const isAway = reach !== 'reachable';
  if (heardAt === undefined) {
    return (
      <p className="small">
        {isAway
          ? 'Not known: the hub has not answered since this window was opened. Calls of other desks are not shown.'
          : 'Asking the hub …'}
      </p>
    );
  }
  const age = spanText(Math.max(0, now - heardAt));
  return isAway ? (
    <p className="needed">
      <b>The hub is away.</b> This is how it was {age} ago. It may be different now, and no call can be taken
      over.
    </p>
  ) : (
    <p className="small">
      Other desks’ calls, as the hub had them {age} ago. What was said comes with the call.
    </p>
  );
}

function Due({ row, now }: { readonly row: TeamRow; readonly now: number }) {
  const { due, call } = row;
  if (due === undefined) return <time className="work-due">open since {timeText(call.beganAt, now)}</time>;
  if (due.dueAt === undefined) {
    return (
      <span className="work-due overdue">
        Now <span className="small">for</span> <Elapsed since={due.since} />
      </span>
    );
  }
  return (
    <span className={due.dueAt < now ? 'work-due overdue' : 'work-due'}>
      {due.dueAt < now ? 'Overdue ' : ''}
      <time>{dueText(due.dueAt, now)}</time>
    </span>
  );
}
