import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useDesk } from '../../components/desk-context.tsx';
import { useDraft } from '../../components/draft.ts';
import { focusFirst } from '../../components/first-focus.ts';
import { isTyping } from '../../keys/use-keys.ts';
import { type Option } from '../../../shared/gates/doors.ts';
import { useCall } from '../call/call-context.tsx';
import { openRouteKey } from '../call/use-call-scope.ts';
import { nameOf } from '../derive/person.ts';
import { ChooseForm } from './choose-form.tsx';
import { keyForRow, OptionRow, rowForKey } from './option-row.tsx';

/** Every route in the service's own order, with the facts for and against. The person decides. */
export function OptionsStage({ onEmergency }: { readonly onEmergency: () => void }) {
  const { view, routes } = useCall();
  const desk = useDesk();
  const openKey = openRouteKey(view.id);
  const [openRoute] = useDraft(openKey);
  const open = routes.find((option) => option.route.id === openRoute);
  const here = useRef<HTMLDivElement>(null);
  const before = useRef(openRoute);
  useEffect(() => {
    if (before.current === openRoute) return;
    const left = before.current;
    before.current = openRoute;
    if (openRoute === '') here.current?.querySelector<HTMLElement>(`[data-route="${left}"]`)?.focus();
    else focusFirst(here.current);
  }, [openRoute]);

  const choose = (option: Option): void => {
    if (option.route.id === 'emergency999') onEmergency();
    else desk.keepDraft(openKey, option.route.id);
  };
  return (
    <div ref={here}>
      {open === undefined ? (
        <OptionList routes={routes} onChoose={choose} />
      ) : (
        <ChooseForm key={open.route.id} option={open} onBack={() => desk.keepDraft(openKey, '')} />
      )}
    </div>
  );
}

function OptionList(props: {
  readonly routes: readonly Option[];
  readonly onChoose: (option: Option) => void;
}) {
  const { person } = useCall();
  const list = useRef<HTMLOListElement>(null);
  const move = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    const rows = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const at = rows.findIndex((row) => row === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = rows[to ?? rowForKey(event.key) ?? -1];
    if (row === undefined) return;
    event.preventDefault();
    row.focus();
  };
  return (
    <section aria-labelledby="options-title" onKeyDown={move}>
      <p className="crumb">
        Options · in the service’s own order, to talk through with{' '}
        {nameOf(person).toLowerCase() === 'name not known' ? 'them' : nameOf(person)}
      </p>
      <h1 id="options-title" tabIndex={-1}>
        What could help
      </h1>
      <ol className="options" ref={list}>
        {props.routes.map((option, at) => (
          <OptionRow
            key={option.route.id}
            option={option}
            printed={keyForRow(at)}
            first={at === 0}
            onChoose={() => props.onChoose(option)}
          />
        ))}
      </ol>
    </section>
  );
}
