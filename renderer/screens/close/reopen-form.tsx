import { type FormEvent, useState } from 'react';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { NamedPersonFields, readPerson } from '../../components/named-person.tsx';
import { Refused } from '../../components/refused.tsx';
import { useCall } from '../call/call-context.tsx';

/** Nobody has the person after all: the call is taken up again, by whom and why. Its first close stays on record. */
export function ReopenForm() {
  const desk = useDesk();
  const { view, record } = useCall();
  const form = useForm(`${view.id}:reopen`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const { name, role } = desk.session.person;
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const by = readPerson(form, { name, role });
    const reason = form.read('reason');
    const missing = [
      ...('missing' in by ? by.missing : []),
      ...(reason === '' ? ['Write why it is opened again.'] : []),
    ];
    if ('missing' in by || missing.length > 0) return setWhy(missing);
    const done = record({ type: 'call.reopened', data: { by: by.person, reason } });
    if (!done.ok) return setWhy(done.why);
    form.clear('name', 'role', 'reason');
  };
  return (
    <form className="block reopen" id="reopen" aria-label="Open this call again" onSubmit={keep}>
      <h2>Nobody has this person</h2>
      <p>
        They are still this desk’s. Open the call again to send it elsewhere or to talk another door through.
      </p>
      <NamedPersonFields
        form={form}
        who="Who opens it again, by name"
        initialName={name}
        initialRole={role}
      />
      <div data-first="">
        <DraftWords draftKey={form.key('reason')} label="Why" />
      </div>
      <Refused why={why} />
      <button type="submit" className="button primary">
        Open this call again
      </button>
    </form>
  );
}
