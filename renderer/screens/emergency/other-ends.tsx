import { type FormEvent, useState } from 'react';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftInput, DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { NamedPersonFields, readPerson } from '../../components/named-person.tsx';
import { Refused } from '../../components/refused.tsx';
import { useCall } from '../call/call-context.tsx';

/** Control said no. The emergency stays raised and loud: nobody has the person. */
export function RefusedByControl() {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:emergencyRefused`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const [by, reason] = [form.read('by'), form.read('reason')];
    const missing = [...(by === '' ? ['Write who said no.'] : []), ...(reason === '' ? ['Write why.'] : [])];
    if (missing.length > 0) return setWhy(missing);
    const done = record({ type: 'emergency.refused', data: { by, reason } });
    setWhy(done.ok ? [] : done.why);
    if (done.ok) form.clear('by', 'reason');
  };
  return (
    <details className="override">
      <summary>They said no</summary>
      <form aria-label="They said no" onSubmit={keep}>
        <DraftInput draftKey={form.key('by')} label="Who said no" />
        <DraftWords draftKey={form.key('reason')} label="Why" />
        <Refused why={why} />
        <button type="submit" className="button">
          Record that they said no
        </button>
      </form>
    </details>
  );
}

/** Taken back by a named person with a reason: a slip of the key, or a decision. */
export function StandDown() {
  const desk = useDesk();
  const { view, record, open } = useCall();
  const form = useForm(`${view.id}:standDown`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const me = { name: desk.session.person.name, role: desk.session.person.role };
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const named = readPerson(form, me);
    const reason = form.read('reason');
    const missing = [
      ...('missing' in named ? named.missing : []),
      ...(reason === '' ? ['Write why it is stood down.'] : []),
    ];
    if ('missing' in named || missing.length > 0) return setWhy(missing);
    const done = record({ type: 'emergency.stoodDown', data: { by: named.person, reason } });
    if (!done.ok) return setWhy(done.why);
    form.clear('name', 'role', 'reason');
    open('none');
  };
  return (
    <details className="override">
      <summary>Stand down: no emergency after all</summary>
      <form aria-label="Stand down" onSubmit={keep}>
        <NamedPersonFields form={form} who="By whom" initialName={me.name} initialRole={me.role} />
        <DraftWords draftKey={form.key('reason')} label="Why" />
        <Refused why={why} />
        <button type="submit" className="button">
          Stand down
        </button>
      </form>
    </details>
  );
}
