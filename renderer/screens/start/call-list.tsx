import { type KeyboardEvent, memo, useRef } from 'react';
import { type CallView } from '../../call/desk.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { lastOf, refOf } from '../../../shared/call/picture.ts';
import { conversationOf } from '../../../shared/call/replay.ts';
import { whereMarks, whereTitles } from '../wording/light-words.ts';
import { timeText } from '../wording/times.ts';
import { nameAndAge, personOf } from '../derive/person.ts';
import { standingOf } from './standing.ts';

/** Older ones are under "Earlier calls". */
const SHOWN = 200;

type Open = (call: CallView['id']) => void;

/** Calls kept on this desk: open ones first, then closed ones, newest first. */
export function CallList({ calls, onOpen }: { readonly calls: readonly CallView[]; readonly onOpen: Open }) {
  const list = useRef<HTMLElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...(list.current?.querySelectorAll<HTMLButtonElement>('button.call-row') ?? [])];
    const row = step === undefined ? undefined : rows[rows.findIndex((item) => item === event.target) + step];
    if (row === undefined) return;
    event.preventDefault();
    row.focus();
  };
  const open = calls.filter((call) => conversationOf(call.snapshot) !== 'closed');
  const closed = calls.filter((call) => conversationOf(call.snapshot) === 'closed');
  if (calls.length === 0) {
    return (
      <section className="empty" aria-labelledby="calls-title">
        <h2 id="calls-title">Calls on this desk</h2>
        <p>
          None yet. Each call you take is listed here with its stage and where it is kept, and opens again
          where you left it. <kbd>F4</kbd> takes one.
        </p>
      </section>
    );
  }
  return (
    <section ref={list} aria-label="Calls on this desk" onKeyDown={move}>
      {open.length === 0 ? null : <Rows title="Open" calls={open} onOpen={onOpen} />}
      {closed.length === 0 ? null : <Rows title="Closed" calls={closed.slice(0, SHOWN)} onOpen={onOpen} />}
    </section>
  );
}

function Rows(props: { readonly title: string; readonly calls: readonly CallView[]; readonly onOpen: Open }) {
  return (
    <section className="call-list">
      <h2>{props.title}</h2>
      <ul className="plain-list">
        {props.calls.map((call) => (
          <CallRow key={call.id} call={call} onOpen={props.onOpen} />
        ))}
      </ul>
    </section>
  );
}

export const CallRow = memo(function CallRow({
  call,
  onOpen,
}: {
  readonly call: CallView;
  readonly onOpen: Open;
}) {
  const desk = useDesk();
  const last = call.events.at(-1);
  const where = useDeskValue((from) => (last === undefined ? 'keeping' : from.where(refOf(last))));
  const picture = call.snapshot.context.picture;
  const person = personOf(picture, call.content);
  const began = lastOf(picture, 'call.answered') ?? call.events[0];
  const standing = standingOf(call);
  return (
    <li>
      <button type="button" className="call-row" onClick={() => onOpen(call.id)}>
        <time>{began === undefined ? '' : timeText(began.at, desk.now())}</time>
        <b>{nameAndAge(person)}</b>
        <span>
          {standing.stage}
          {standing.loud === undefined ? null : <span className="row-loud">{standing.loud}</span>}
        </span>
        <span className={`where where-${where}`}>
          <span aria-hidden="true">{whereMarks[where]}</span> {whereTitles[where]}
        </span>
      </button>
    </li>
  );
});
