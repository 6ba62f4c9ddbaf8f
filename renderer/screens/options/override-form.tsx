import { type FormEvent, useState } from 'react';
import { DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { NamedPersonFields, readPerson } from '../../components/named-person.tsx';
import { Refused } from '../../components/refused.tsx';
import { ANYBODY_NAMED } from '../../../shared/call/guards.ts';
import { type Gate } from '../../../shared/content/schema.ts';
import { focusChoice } from './focus-choice.ts';
import { useCall } from '../call/call-context.tsx';

/** A gate passed on a named person's word, by somebody whom the gate's content allows. Folded until wanted. */
export function OverrideForm({ gate, route }: { readonly gate: Gate; readonly route: string }) {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:override:${route}:${gate.id}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  if (gate.override === undefined) return null;
  const anybody = gate.override.roles.includes(ANYBODY_NAMED);
  const only = !anybody && gate.override.roles.length === 1 ? gate.override.roles[0] : undefined;

  const pass = (event: FormEvent): void => {
    event.preventDefault();
    const named = readPerson(form, only === undefined ? {} : { role: only });
    const reason = form.read('reason');
    const missing = [
      ...('missing' in named ? named.missing : []),
      ...(reason === '' ? ['Write what they said, and why.'] : []),
    ];
    if ('missing' in named || missing.length > 0) return setWhy(missing);
    const done = record({ type: 'gate.overridden', data: { gate: gate.id, by: named.person, reason } });
    setWhy(done.ok ? [] : done.why);
    if (!done.ok) return;
    form.clear('name', 'role', 'reason');
    focusChoice();
  };
  return (
    <details className="override">
      <summary>{gate.override.say} Record it</summary>
      <form aria-label={`Override: ${gate.title}`} onSubmit={pass}>
        <NamedPersonFields
          form={form}
          who="Who, by name"
          {...(anybody ? {} : { roles: gate.override.roles })}
        />
        <DraftWords draftKey={form.key('reason')} label="What they said, and why" />
        <Refused why={why} />
        <button type="submit" className="button">
          Record this decision
        </button>
      </form>
    </details>
  );
}
