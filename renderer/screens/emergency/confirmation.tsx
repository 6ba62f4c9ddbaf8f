import { Typed } from '../../components/typed.tsx';
import { isolated } from '../../../shared/typed.ts';
import { eventTime } from '../../../shared/exports/event-time.ts';
import { type FormEvent, useState } from 'react';
import { Elapsed } from '../../components/clock.tsx';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftInput, DraftWords } from '../../components/draft-fields.tsx';
import { DraftTime } from '../../components/draft-time.tsx';
import { optional, useForm } from '../../components/draft.ts';
import { focusFirst } from '../../components/first-focus.ts';
import { Refused } from '../../components/refused.tsx';
import { emergencyNow } from '../../../shared/call/facts.ts';
import { eventsOf } from '../../../shared/call/picture.ts';
import { useCall } from '../call/call-context.tsx';
import { emergencyWords } from '../wording/emergency-words.ts';
import { readWhen } from '../wording/when.ts';
import { Contact } from './contact.tsx';
import { RefusedByControl, StandDown } from './other-ends.tsx';

/** Loud until ambulance or police control has it, with a reference. */
export function Confirmation() {
  const { picture, record } = useCall();
  const words = emergencyWords(useDesk().host.profile);
  const [why, setWhy] = useState<readonly string[]>([]);
  const now = emergencyNow(picture);
  const refusals = eventsOf(picture, 'emergency.refused').filter((event) => event.at >= (now?.at ?? 0));
  if (now?.type === 'emergency.raised') {
    return (
      <>
        <section className="not-confirmed" aria-label="Not yet confirmed">
          <p>Not yet confirmed</p>
          <p className="big-clock">
            <Elapsed since={now.at} />
          </p>
          <p>since you raised it. {words.ring}</p>
        </section>
        {words.real === undefined ? null : <p className="needed">{words.real}</p>}
        {refusals.map((event) => (
          <p key={`${event.stream}${event.seq}`} className="needed">
            {eventTime(picture, event)} <Typed text={event.data.by} /> said no:{' '}
            <Typed text={event.data.reason} />. A clinician decides what now: F6.
          </p>
        ))}
        <Reference />
        <RefusedByControl />
        <StandDown />
        <p className="small">
          Nothing here is needed to raise the alarm. It fills from what you already have.
        </p>
      </>
    );
  }
  const again = (): void => {
    const done = record({ type: 'emergency.raised', data: {} });
    setWhy(done.ok ? [] : done.why);
    queueMicrotask(() => focusFirst(document.querySelector('.emergency-side')));
  };
  return (
    <>
      <section className="confirmed" aria-label="Emergency state">
        {now?.type === 'emergency.handedOver' ? (
          <>
            <p>✓ They have it, since {eventTime(picture, now)}</p>
            <p className="place">
              Reference <Typed text={now.data.reference} />
            </p>
            <p>
              {[now.data.takenBy, now.data.action]
                .flatMap((part) => (part === undefined ? [] : [isolated(part)]))
                .join(': ')}
            </p>
          </>
        ) : null}
        {now?.type === 'emergency.stoodDown' ? (
          <p>
            Stood down at {eventTime(picture, now)} by <Typed text={now.data.by.name} />,{' '}
            <Typed text={now.data.by.role} />: <Typed text={now.data.reason} />
          </p>
        ) : null}
        {now === undefined ? <p>Not raised.</p> : null}
      </section>
      <Contact />
      <button type="button" className="button danger" onClick={again}>
        Raise again
      </button>
      <Refused why={why} />
    </>
  );
}

function Reference() {
  const desk = useDesk();
  const { view, record } = useCall();
  const form = useForm(`${view.id}:emergency`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const reference = form.read('reference');
    if (reference === '')
      return setWhy(['Put the reference that control gave. Without one it stays not confirmed.']);
    const expected = form.read('expected');
    const when = readWhen(expected, desk.now());
    // A time that cannot be read does not keep the reference waiting: it is kept as it was written.
    const written = 'fault' in when ? `there: ${expected}` : '';
    const action = [form.read('action'), written].filter((part) => part !== '').join(' · ');
    const done = record({
      type: 'emergency.handedOver',
      data: {
        reference,
        ...optional('takenBy', form.read('takenBy')),
        ...optional('action', action),
        ...('at' in when ? { expectedBy: when.at } : {}),
      },
    });
    if (!done.ok) return setWhy(done.why);
    form.clear('reference', 'takenBy', 'action', 'expected');
    queueMicrotask(() => focusFirst(document.querySelector('.emergency-side')));
  };
  return (
    <form aria-label="Reference" onSubmit={keep} className="boxed">
      <div data-first="">
        <DraftInput draftKey={form.key('reference')} label="Reference from ambulance or police control" />
      </div>
      <DraftInput draftKey={form.key('takenBy')} label="Who took it (optional)" />
      <DraftTime draftKey={form.key('expected')} label="When they will be there (optional)" hint="as 19:45" />
      <DraftWords draftKey={form.key('action')} label="What they will do (optional)" />
      <Refused why={why} />
      <button type="submit" className="button primary">
        They have it
      </button>
    </form>
  );
}
