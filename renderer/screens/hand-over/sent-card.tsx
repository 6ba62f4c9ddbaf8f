import { Typed } from '../../components/typed.tsx';
import { isolated } from '../../../shared/typed.ts';
import { eventTime } from '../../../shared/exports/event-time.ts';
import { Elapsed, useMinutes } from '../../components/clock.tsx';
import { type Handover, handoverState } from '../../../shared/call/facts.ts';
import { eventsOf, refOf, sameRef } from '../../../shared/call/picture.ts';
import { whenOf } from '../../../shared/call/paper.ts';
import { chaseOf, declineOf } from '../../../shared/call/referral.ts';
import { handoverHow, throughText } from '../../../shared/exports/words.ts';
import { chaseTimetable } from '../../../shared/referral/chase-times.ts';
import { declineWords, reasonTitle } from '../../../shared/referral/decline-reasons.ts';
import { useCall } from '../call/call-context.tsx';
import { dueText } from '../wording/times.ts';
import { Acknowledge, ChaseAgain, Decline } from './answer-forms.tsx';
import { Delivery } from './delivery.tsx';

/** One hand-over and where it stands. Sent cannot look like acknowledged (H10). */
export function SentCard({ sent }: { readonly sent: Handover }) {
  const now = useMinutes();
  const { picture } = useCall();
  const state = handoverState(picture, sent);
  const taken = eventsOf(picture, 'handover.acknowledged').findLast((item) =>
    sameRef(item.data.handover, refOf(sent)),
  );
  const declined = declineOf(picture, sent);
  const words = declined === undefined ? '' : declineWords(declined.data);
  return (
    <article className={`sent sent-${state}`} aria-label={`Hand-over to ${sent.data.to}`}>
      <h2>
        <Typed text={sent.data.to} />
        <span className="small">
          {' '}
          sent {eventTime(picture, sent)} {handoverHow[sent.data.how]}
          {sent.data.promisedBy === undefined ? '' : ` · promised by ${dueText(sent.data.promisedBy, now)}`}
        </span>
      </h2>
      {state === 'sent' ? (
        <>
          <Waiting sent={sent} now={now} />
          <Delivery sent={sent} />
          <Acknowledge sent={sent} />
          <Decline sent={sent} />
          <ChaseAgain sent={sent} />
        </>
      ) : null}
      {state === 'acknowledged' && taken !== undefined ? (
        <>
          <p className="done-line">
            ✓ <Typed text={taken.data.by} /> has this person, since {eventTime(picture, taken)}
            {taken.data.reference === undefined ? '' : ` · reference ${isolated(taken.data.reference)}`}
            {throughText(taken.data.through)}
          </p>
          <Decline sent={sent} summary="They rang back: they cannot take the person after all" />
        </>
      ) : null}
      {state === 'declined' && declined !== undefined ? (
        <p className="needed">
          <Typed text={declined.data.by} /> said no at {eventTime(picture, declined)}:{' '}
          {declined.data.code === undefined
            ? ''
            : `${declined.data.code} ${reasonTitle(declined.data.code)}${words === '' ? '' : ' · '}`}
          <Typed text={words} />
          {throughText(declined.data.through)}
          {taken === undefined ? null : (
            <>
              {' '}
              Until then <Typed text={taken.data.by} /> had this person, since {eventTime(picture, taken)}.
            </>
          )}
        </p>
      ) : null}
    </article>
  );
}

/** How long nobody has answered, and when to ring again: loud once that is due. */
function Waiting({ sent, now }: { readonly sent: Handover; readonly now: number }) {
  const { picture } = useCall();
  const { dueAt, tries } = chaseOf(picture, sent);
  const isDue = dueAt <= now;
  return (
    <>
      <p className="sent-wait">
        <b>Not yet acknowledged</b>{' '}
        <b className="loud-clock">
          <Elapsed since={whenOf(picture, sent)} />
        </b>
        <span className={isDue ? 'chase-due' : 'chase'}>
          {isDue ? 'Chase now, due ' : 'Chase '}
          <time>{dueText(dueAt, now)}</time>
        </span>
      </p>
      <p className="small">
        This desk has the person until somebody here says by name that they do.
        {chaseTimetable.status === 'demonstration' ? ` Chase times: ${chaseTimetable.say}` : ''}
      </p>
      {tries.length === 0 ? null : (
        <ul className="plain-list" aria-label="Chased">
          {tries.map((item) => (
            <li key={`${item.stream}${item.seq}`}>
              <time>{eventTime(picture, item)}</time> chased: <Typed text={item.data.words} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
