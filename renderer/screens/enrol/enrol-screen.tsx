import { type FormEvent, useId, useRef, useState } from 'react';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { counted } from '../../../shared/sync/leaving.ts';
import { enrolFault, standsWithHub } from './enrol-words.ts';

/** Where a code from IT is entered, when the hub does not know this desk or has shut it out. */
export function EnrolScreen(props: { readonly onBack: () => void; readonly onEmergency: () => void }) {
  const desk = useDesk();
  const refusal = useDeskValue((from) => from.refusal());
  const unsent = useDeskValue((from) => from.unsent());
  const [fault, setFault] = useState<string | undefined>();
  const [state, setState] = useState<'ready' | 'asking' | 'taken'>('ready');
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const code = field.current?.value.trim() ?? '';
    if (code === '') return setFault('Write the code that IT gave you.');
    setState('asking');
    const answer = await desk.enrol(code);
    setState(answer.ok ? 'taken' : 'ready');
    setFault(answer.ok ? undefined : enrolFault(answer.error));
    if (answer.ok && field.current !== null) field.current.value = '';
    field.current?.focus();
  };
  return (
    <PageFrame title="Enrol this desk" {...props}>
      <section className="block" aria-labelledby={`${id}s`}>
        <h2 id={`${id}s`}>How this desk stands</h2>
        <p>
          <b>{standsWithHub(refusal)}</b>{' '}
          {unsent === 0
            ? 'Nothing waits to be sent.'
            : `${counted(unsent, 'entry', 'entries')} kept on this PC and not yet at the hub.`}
        </p>
        <p>
          You can go on working: everything is kept on this PC and sent by itself once the hub takes it again.
        </p>
      </section>
      <form className="block" aria-label="Enrolment code" onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label className="label" htmlFor={`${id}c`}>
            Enrolment code from IT
          </label>
          <input
            ref={field}
            id={`${id}c`}
            type="text"
            autoComplete="off"
            aria-invalid={fault === undefined ? undefined : true}
            aria-describedby={fault === undefined ? `${id}h` : `${id}h ${id}f`}
          />
          <span className="hint" id={`${id}h`}>
            Works once. IT makes it for desk {desk.host.desk}.
          </span>
          {fault === undefined ? null : (
            <span className="fault" id={`${id}f`} role="alert">
              {fault}
            </span>
          )}
        </div>
        <div className="row">
          <button type="submit" className="button primary" disabled={state === 'asking'}>
            Enrol this desk
          </button>
        </div>
        <p role="status">
          {state === 'taken' ? 'The hub has taken this desk. What waited is being sent.' : ''}
        </p>
      </form>
    </PageFrame>
  );
}
