import { type FormEvent, useState } from 'react';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftInput, DraftWords } from '../../components/draft-fields.tsx';
import { DraftTime, focusWrong } from '../../components/draft-time.tsx';
import { useForm } from '../../components/draft.ts';
import { Refused } from '../../components/refused.tsx';
import { useCall } from '../call/call-context.tsx';
import { readWhen, TIME_WORDS } from '../wording/when.ts';

/** Something still to be done when the call is over: what, by whom and by when. It always has an owner. */
export function TaskForm(props: {
  readonly kind: 'chaseHandover' | 'followUp' | 'confirmContact';
  readonly label: string;
}) {
  const desk = useDesk();
  const { view, record } = useCall();
  const form = useForm(`${view.id}:${props.kind === 'chaseHandover' ? 'chase' : props.kind}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const [what, owner, due] = [form.read('what'), form.read('owner'), form.read('due')];
    const when = readWhen(due, desk.now());
    if ('fault' in when) {
      focusWrong(event.currentTarget);
      return setWhy([]);
    }
    const dueAt = 'at' in when ? when.at : undefined;
    const missing = [
      ...(owner === '' ? ['Write who owns this, by name.'] : []),
      ...(what === '' ? ['Write what they will do.'] : []),
      ...(dueAt === undefined ? [TIME_WORDS] : []),
    ];
    if (dueAt === undefined || missing.length > 0) return setWhy(missing);
    const done = record({ type: 'task.opened', data: { kind: props.kind, what, owner, dueAt } });
    setWhy(done.ok ? [] : done.why);
    if (done.ok) form.clear('what', 'owner', 'due');
  };
  return (
    <form aria-label={props.label} onSubmit={keep}>
      <div className="pair">
        <DraftInput draftKey={form.key('owner')} label="Owner, by name" />
        <DraftTime draftKey={form.key('due')} label="Due" hint="as 19:45, or 24/11 09:00" />
      </div>
      <DraftWords draftKey={form.key('what')} label="What they will do" />
      <Refused why={why} />
      <button type="submit" className="button">
        Open the task
      </button>
    </form>
  );
}
