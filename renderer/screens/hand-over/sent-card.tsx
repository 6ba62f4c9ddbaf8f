import { type FormEvent, useState } from 'react';
import { Elapsed } from '../../components/clock.tsx';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftInput, DraftWords } from '../../components/draft-fields.tsx';
import { optional, useForm } from '../../components/draft.ts';
import { focusFirst } from '../../components/first-focus.ts';
import { Refused } from '../../components/refused.tsx';
import { type Handover, handoverState } from '../../../shared/call/facts.ts';
import { eventsOf, refOf, sameRef } from '../../../shared/call/picture.ts';
import { useCall } from '../call/call-context.tsx';
import { clockTime, dueText } from '../wording/times.ts';

/** One hand-over and where it stands. Sent cannot look like acknowledged (H10). */
export function SentCard({ sent }: { readonly sent: Handover }) {
  const desk = useDesk();
  const { picture } = useCall();
  const state = handoverState(picture, sent);
  const own = <T extends { data: { handover: { stream: Handover['stream']; seq: number } } }>(
    list: readonly T[],
  ): T | undefined => list.findLast((item) => sameRef(item.data.handover, refOf(sent)));
  const taken = own(eventsOf(picture, 'handover.acknowledged'));
  const declined = own(eventsOf(picture, 'handover.declined'));
  return (
    <article className={`sent sent-${state}`} aria-label={`Hand-over to ${sent.data.to}`}>
      <h2>
        {sent.data.to}
        <span className="small">
          {' '}
          sent {clockTime(sent.at)}
          {sent.data.promisedBy === undefined
            ? ''
            : ` · promised by ${dueText(sent.data.promisedBy, desk.now())}`}
        </span>
      </h2>
      {state === 'sent' ? (
        <>
          <p className="sent-wait">
            <b>Not yet acknowledged</b>{' '}
            <b className="loud-clock">
              <Elapsed since={sent.at} />
            </b>
          </p>
          <Acknowledge sent={sent} />
          <Decline sent={sent} />
        </>
      ) : null}
      {state === 'acknowledged' && taken !== undefined ? (
        <p className="done-line">
          ✓ {taken.data.by} has this person, since {clockTime(taken.at)}
          {taken.data.reference === undefined ? '' : ` · reference ${taken.data.reference}`}
        </p>
      ) : null}
      {state === 'declined' && declined !== undefined ? (
        <p className="needed">
          {declined.data.by} said no at {clockTime(declined.at)}: {declined.data.reason}
        </p>
      ) : null}
    </article>
  );
}

function Acknowledge({ sent }: { readonly sent: Handover }) {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:ack:${sent.seq}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const by = form.read('by');
    if (by === '') return setWhy(['Write the name of whoever took it.']);
    const done = record({
      type: 'handover.acknowledged',
      data: { handover: refOf(sent), by, ...optional('reference', form.read('reference')) },
    });
    if (!done.ok) return setWhy(done.why);
    form.clear('by', 'reference');
    queueMicrotask(() => focusFirst(document.querySelector('.hand-over')));
  };
  return (
    <form aria-label="Acknowledged" onSubmit={keep}>
      <div className="pair" data-first="">
        <DraftInput draftKey={form.key('by')} label="Who has the person now, by name" />
        <DraftInput draftKey={form.key('reference')} label="Their reference (optional)" />
      </div>
      <Refused why={why} />
      <button type="submit" className="button primary">
        They have the person
      </button>
    </form>
  );
}

function Decline({ sent }: { readonly sent: Handover }) {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:decline:${sent.seq}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const [by, reason] = [form.read('by'), form.read('reason')];
    const missing = [...(by === '' ? ['Write who said no.'] : []), ...(reason === '' ? ['Write why.'] : [])];
    if (missing.length > 0) return setWhy(missing);
    const done = record({ type: 'handover.declined', data: { handover: refOf(sent), by, reason } });
    if (!done.ok) return setWhy(done.why);
    form.clear('by', 'reason');
    queueMicrotask(() => focusFirst(document.querySelector('.hand-over')));
  };
  return (
    <details className="override">
      <summary>They said no</summary>
      <form aria-label="Declined" onSubmit={keep}>
        <DraftInput draftKey={form.key('by')} label="Who said no, by name" />
        <DraftWords draftKey={form.key('reason')} label="Why" />
        <Refused why={why} />
        <button type="submit" className="button">
          Record the refusal
        </button>
      </form>
    </details>
  );
}
