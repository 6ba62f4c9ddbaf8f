import { useKeyMap } from '../../keys/key-context.ts';
import { Typed } from '../../components/typed.tsx';
import { isolated } from '../../../shared/typed.ts';
import { eventTime } from '../../../shared/exports/event-time.ts';
import { chosenRoute, closingOf, handovers, openTasks } from '../../../shared/call/facts.ts';
import { handoverIsOurs } from '../../../shared/call/referral.ts';
import { Kbd } from '../../components/kbd.tsx';
import { useCall } from '../call/call-context.tsx';
import { SentCard } from '../hand-over/sent-card.tsx';
import { ReopenForm } from './reopen-form.tsx';
import { TaskList } from '../tasks/task-list.tsx';
import { wasHard } from '../derive/hard-call.ts';

/** A closed call: how it ended and who owns what is left. A receiver’s late answer and notes still count. */
export function ClosedPage(props: { readonly onStart: () => void; readonly onPause: () => void }) {
  const { picture, content, open } = useCall();
  const keys = useKeyMap();
  const closed = closingOf(picture);
  const outcome = content.outcomes.find((item) => item.code === closed?.data.outcome);
  const route = chosenRoute(picture);
  const tasks = openTasks(picture);
  return (
    <section className="stage-page" aria-labelledby="closed-title">
      <p className="crumb">Closed{closed === undefined ? '' : ` at ${eventTime(picture, closed)}`}</p>
      <h1 id="closed-title" tabIndex={-1}>
        {outcome === undefined ? 'This call is closed' : `${outcome.code} ${outcome.title}`}
      </h1>
      {route === undefined ? null : (
        <p className="hint-line">
          {content.route(route.data.route)?.title}
          {route.data.service === undefined ? '' : `, ${isolated(route.data.service)}`}
        </p>
      )}
      {closed?.data.summary === undefined ? null : (
        <p>
          <Typed text={closed.data.summary} />
        </p>
      )}
      {handovers(picture).map((sent) => (
        <SentCard key={`${sent.stream}${sent.seq}`} sent={sent} />
      ))}
      {handoverIsOurs(picture) ? <ReopenForm /> : null}
      {tasks.length === 0 ? null : (
        <section className="block" aria-labelledby="tasks-title">
          <h2 id="tasks-title">Still to be done</h2>
          <TaskList tasks={tasks} />
        </section>
      )}
      {wasHard(picture) ? <PauseOffer onPause={props.onPause} /> : null}
      <p className="small">Notes can still be added, and stand with the time they were written.</p>
      <div className="row wrap">
        <button type="button" className="button primary" data-first="" onClick={props.onStart}>
          Calls on this desk <Kbd keys={['Alt', '0']} />
        </button>
        <button
          type="button"
          className="button plain"
          aria-keyshortcuts={keys.shortcut('lookBack')}
          onClick={() => open('lookBack')}
        >
          Look back <Kbd keys={['Alt', 'L']} />
        </button>
        <button type="button" className="button plain" onClick={() => open('print')}>
          Print <Kbd keys={['Ctrl', 'P']} />
        </button>
      </div>
    </section>
  );
}

/** Offered, never asked for and never counted (H26). */
function PauseOffer({ onPause }: { readonly onPause: () => void }) {
  const keys = useKeyMap();
  return (
    <section className="block" aria-labelledby="pause-title">
      <h2 id="pause-title">That was a hard one</h2>
      <p>Step away from the desk if you can, and tell your supervisor how you are. Nobody counts a pause.</p>
      <button type="button" className="button" aria-keyshortcuts={keys.shortcut('pause')} onClick={onPause}>
        Pause before the next call <Kbd keys={['Alt', '9']} />
      </button>
    </section>
  );
}
