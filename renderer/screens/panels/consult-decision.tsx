import { type FormEvent, useState } from 'react';
import { DraftWords } from '../../components/draft-fields.tsx';
import { useDeskValue } from '../../components/desk-context.tsx';
import { readDraft, useForm } from '../../components/draft.ts';
import { NamedPersonFields, onlyRole, readPerson } from '../../components/named-person.tsx';
import { Refused } from '../../components/refused.tsx';
import { useCall } from '../call/call-context.tsx';
import { consultRoutes } from '../derive/consult-routes.ts';
import { gatesForClinician } from '../derive/endings.ts';
import { factsStamp } from '../derive/safety-facts.ts';
import { Reread, REREAD_FIRST } from '../options/reread.tsx';
import { ConsultRoutes, routeField, Tick, TICKED, type Word } from './consult-routes.tsx';

/** Who decided what, on which routes, and which of the gates now shut they pass on their word. Nothing is ticked beforehand. */
export function ConsultDecision() {
  const { view, picture, content, routes, record, open } = useCall();
  const roles = content.signatures['consult.decided'];
  const form = useForm(`${view.id}:decision`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const { agreeable, refusable } = consultRoutes(content);
  const gates = gatesForClinician(routes.flatMap((option) => option.stops));

  const reread = useDeskValue((desk) =>
    gates.some(
      (gate) => gate.override?.reread === true && readDraft(desk, form.key(`gate.${gate.id}`)) === TICKED,
    ),
  );

  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const named = readPerson(form, onlyRole(roles));
    const decision = form.read('decision');
    const missing = [
      ...('missing' in named ? named.missing : []),
      ...(decision === '' ? ['Write what they decided.'] : []),
      ...(reread && form.read('reread') !== factsStamp(picture) ? [REREAD_FIRST] : []),
    ];
    if ('missing' in named || missing.length > 0) return setWhy(missing);
    const passed = gates.filter((gate) => form.read(`gate.${gate.id}`) === TICKED).map((gate) => gate.id);
    const ticked = (word: Word, from: typeof agreeable): readonly string[] =>
      from.map(({ id }) => id).filter((id) => form.read(routeField(word, id)) === TICKED);
    const agreed = ticked('agreed', agreeable);
    const ruledOut = ticked('ruledOut', refusable);
    const clinician = named.person;
    const done = record({
      type: 'consult.decided',
      data: {
        clinician,
        decision,
        ...(agreed.length === 0 ? {} : { agreed: [...agreed] }),
        ...(ruledOut.length === 0 ? {} : { ruledOut: [...ruledOut] }),
        ...(passed.length === 0 ? {} : { gates: passed }),
      },
    });
    if (!done.ok) return setWhy(done.why);
    const refused = gates
      .filter((gate) => passed.includes(gate.id))
      .flatMap((gate) => {
        const over = record({
          type: 'gate.overridden',
          data: {
            gate: gate.id,
            by: clinician,
            reason: decision,
            ...(gate.override?.reread === true ? { reread: true as const } : {}),
          },
        });
        return over.ok ? [] : over.why;
      });
    form.clear('name', 'role', 'decision', 'reread', ...gates.map((gate) => `gate.${gate.id}`));
    form.clear(...agreeable.map(({ id }) => routeField('agreed', id)));
    form.clear(...refusable.map(({ id }) => routeField('ruledOut', id)));
    if (refused.length > 0) setWhy(refused);
    else open('none');
  };
  return (
    <form className="block" aria-label="Clinician’s decision" onSubmit={keep}>
      <div data-first="">
        <NamedPersonFields form={form} who="Clinician, by name" roles={roles} />
      </div>
      <DraftWords draftKey={form.key('decision')} label="What they decided, and why" />
      <ConsultRoutes form={form} agreeable={agreeable} refusable={refusable} />
      {gates.length === 0 ? null : (
        <fieldset className="ticks">
          <legend className="label">They also pass, on their word</legend>
          {gates.map((gate) => (
            <Tick key={gate.id} title={gate.title} draftKey={form.key(`gate.${gate.id}`)} />
          ))}
        </fieldset>
      )}
      {reread ? <Reread draftKey={form.key('reread')} /> : null}
      <Refused why={why} />
      <button type="submit" className="button primary">
        Keep the decision
      </button>
    </form>
  );
}
