import { type FormEvent, useState } from 'react';
import { contactNow, contactTask, emergencyNow } from '../../../shared/call/facts.ts';
import { eventTime } from '../../../shared/exports/event-time.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftInput, DraftWords } from '../../components/draft-fields.tsx';
import { optional, useForm } from '../../components/draft.ts';
import { focusFirst } from '../../components/first-focus.ts';
import { Refused } from '../../components/refused.tsx';
import { useCall } from '../call/call-context.tsx';
import { TaskForm } from '../tasks/task-form.tsx';
import { dueText } from '../wording/times.ts';

/** A reference is not somebody at the door: who said that somebody is with them, or who will ask (H36). */
export function Contact() {
  const desk = useDesk();
  const { picture } = useCall();
  const now = emergencyNow(picture);
  if (now?.type !== 'emergency.handedOver') return null;
  const contact = contactNow(picture);
  if (contact !== undefined) {
    return (
      <section className="confirmed" aria-label="Somebody is with them">
        <p>
          ✓ Somebody is with them, said by {contact.data.by} {eventTime(picture, contact)}
        </p>
        {contact.data.words === undefined ? null : <p>{contact.data.words}</p>}
      </section>
    );
  }
  const task = contactTask(picture);
  const { expectedBy } = now.data;
  return (
    <>
      <p className="needed">
        {expectedBy === undefined
          ? 'Nobody has said yet that somebody is with them.'
          : `Expected by ${dueText(expectedBy, desk.now())}. Nobody has said yet that somebody is with them.`}
      </p>
      <ConfirmContact />
      {task === undefined ? (
        <details className="override">
          <summary>The call ends before they are there: who asks</summary>
          <TaskForm kind="confirmContact" label="Ask whether somebody is with them" />
        </details>
      ) : (
        <p className="done-line">
          <b>{task.data.owner}</b> asks, due {dueText(task.data.dueAt, desk.now())}: {task.data.what}
        </p>
      )}
    </>
  );
}

function ConfirmContact() {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:contact`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const by = form.read('by');
    if (by === '')
      return setWhy(['Write who said that somebody is with them: the person, a paramedic, control.']);
    const done = record({
      type: 'emergency.contactConfirmed',
      data: { by, ...optional('words', form.read('words')) },
    });
    if (!done.ok) return setWhy(done.why);
    form.clear('by', 'words');
    queueMicrotask(() => focusFirst(document.querySelector('.emergency-side')));
  };
  return (
    <form aria-label="Somebody is with them" onSubmit={keep} className="boxed">
      <div data-first="">
        <DraftInput draftKey={form.key('by')} label="Who said that somebody is with them" />
      </div>
      <DraftWords draftKey={form.key('words')} label="What they said (optional)" />
      <Refused why={why} />
      <button type="submit" className="button primary">
        Somebody is with them
      </button>
    </form>
  );
}
