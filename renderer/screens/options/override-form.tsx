import { type FormEvent, useState } from 'react';
import { DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { NamedPersonFields, onlyRole, readPerson } from '../../components/named-person.tsx';
import { Refused } from '../../components/refused.tsx';
import { ANYBODY_NAMED } from '../../../shared/call/guards.ts';
import { type Gate } from '../../../shared/content/schema.ts';
import { factsStamp } from '../derive/safety-facts.ts';
import { Reread, REREAD_FIRST } from './reread.tsx';
import { focusChoice } from './focus-choice.ts';
import { useCall } from '../call/call-context.tsx';

/** A gate passed on a named person's word, by somebody whom the gate's content allows. Folded until wanted. */
export function OverrideForm({ gate, route }: { readonly gate: Gate; readonly route: string }) {
  const { view, picture, record } = useCall();
  const form = useForm(`${view.id}:override:${route}:${gate.id}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  if (gate.override === undefined) return null;
  const anybody = gate.override.roles.includes(ANYBODY_NAMED);
  const only = anybody ? {} : onlyRole(gate.override.roles);

  const pass = (event: FormEvent): void => {
    event.preventDefault();
    const named = readPerson(form, only);
    const reason = form.read('reason');
    const reread = gate.override?.reread === true;
    const missing = [
      ...(reread && form.read('reread') !== factsStamp(picture) ? [REREAD_FIRST] : []),
      ...('missing' in named ? named.missing : []),
      ...(reason === '' ? ['Write what they said, and why.'] : []),
    ];
    if ('missing' in named || missing.length > 0) return setWhy(missing);
    const done = record({
      type: 'gate.overridden',
      data: { gate: gate.id, by: named.person, reason, ...(reread ? { reread: true as const } : {}) },
    });
    setWhy(done.ok ? [] : done.why);
    if (!done.ok) return;
    form.clear('name', 'role', 'reason', 'reread');
    focusChoice();
  };
  return (
    <details className="override">
      <summary>{gate.override.say} Record it</summary>
      <form aria-label={`Override: ${gate.title}`} onSubmit={pass}>
        {gate.override.reread ? <Reread draftKey={form.key('reread')} /> : null}
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
