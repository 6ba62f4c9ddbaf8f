import { eventTime } from '../../../shared/exports/event-time.ts';
import { type FormEvent, useState } from 'react';
import { DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { Fold } from '../../components/fold.tsx';
import { NamedPersonFields, onlyRole, readPerson } from '../../components/named-person.tsx';
import { Refused } from '../../components/refused.tsx';
import { callBackDecision } from '../../../shared/call/facts.ts';
import { useCall } from '../call/call-context.tsx';

/** A named decision about somebody who was not reached, or who never spoke. Never left to a timer (H3, H4). */
export function WhatHappensNow({ title }: { readonly title: string }) {
  const { view, picture, content, record } = useCall();
  const form = useForm(`${view.id}:callBack`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const decided = callBackDecision(picture);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const named = readPerson(form, onlyRole(content.signatures['callBack.decided']));
    const decision = form.read('decision');
    const missing = [
      ...('missing' in named ? named.missing : []),
      ...(decision === '' ? ['Write what happens now.'] : []),
    ];
    if ('missing' in named || missing.length > 0) return setWhy(missing);
    const done = record({ type: 'callBack.decided', data: { by: named.person, decision } });
    setWhy(done.ok ? [] : done.why);
    if (!done.ok) return;
    form.clear('name', 'role', 'decision');
    // The form folds away: the focus stays on what was decided.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#decision summary')?.focus());
  };
  return (
    <section className="block" id="decision" aria-label="Who decides">
      {decided === undefined ? null : (
        <p className="done-line">
          {decided.data.by.name}, {decided.data.by.role}, decided {eventTime(picture, decided)}:{' '}
          {decided.data.decision}
        </p>
      )}
      <Fold when={decided !== undefined} summary="Decide again">
        <form aria-label="What happens now" onSubmit={keep}>
          <h2>{title}</h2>
          <NamedPersonFields
            form={form}
            who="Who decides, by name"
            roles={content.signatures['callBack.decided']}
          />
          <DraftWords
            draftKey={form.key('decision')}
            label="What happens now"
            hint="Who was told, and whether police or ambulance were asked."
          />
          <Refused why={why} />
          <button type="submit" className="button">
            Record the decision
          </button>
        </form>
      </Fold>
    </section>
  );
}
