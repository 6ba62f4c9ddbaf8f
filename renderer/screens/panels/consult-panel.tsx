import { eventTime } from '../../../shared/exports/event-time.ts';
import { type FormEvent, useState } from 'react';
import { DraftWords } from '../../components/draft-fields.tsx';
import { optional, useForm } from '../../components/draft.ts';
import { focusFirst } from '../../components/first-focus.ts';
import { Kbd } from '../../components/kbd.tsx';
import { Refused } from '../../components/refused.tsx';
import { eventsOf } from '../../../shared/call/picture.ts';
import { useCall } from '../call/call-context.tsx';
import { decidedOn } from '../derive/consult-routes.ts';
import { ConsultDecision } from './consult-decision.tsx';
import { PanelFrame } from './panel-frame.tsx';

/** A second opinion in the same call: asked for, then decided by a clinician by name. */
export function ConsultPanel() {
  const { view, picture, content } = useCall();
  const waiting = view.snapshot.matches({ consult: 'requested' });
  const decided = eventsOf(picture, 'consult.decided');
  return (
    <PanelFrame
      crumb="Consult"
      title={waiting ? 'What the clinician decided' : 'Ask a clinician'}
      hint="The decision is theirs and carries their name. The caller stays with you."
    >
      {decided.map((event) => (
        <p key={`${event.stream}${event.seq}`} className="done-line">
          {eventTime(picture, event)} {event.data.clinician.name}, {event.data.clinician.role}:{' '}
          {event.data.decision} {decidedOn(event.data, content)}
          {event.data.gates === undefined ? '' : ` (${event.data.gates.join(', ')})`}
        </p>
      ))}
      {waiting ? <ConsultDecision /> : <ConsultRequest again={decided.length > 0} />}
    </PanelFrame>
  );
}

function ConsultRequest({ again }: { readonly again: boolean }) {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:consult`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    const done = record({ type: 'consult.requested', data: { ...optional('about', form.read('about')) } });
    setWhy(done.ok ? [] : done.why);
    if (!done.ok) return;
    form.clear('about');
    queueMicrotask(() => focusFirst(document.querySelector('.centre')));
  };
  return (
    <form className="block" aria-label="Ask for a consult" onSubmit={ask}>
      <div data-first="">
        <DraftWords draftKey={form.key('about')} label="What about (optional)" />
      </div>
      <Refused why={why} />
      <button type="submit" className="button primary">
        {again ? 'Ask again' : 'Consult asked for'} <Kbd keys={['Enter']} />
      </button>
    </form>
  );
}
