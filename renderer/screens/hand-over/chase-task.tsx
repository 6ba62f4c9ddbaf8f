import { type FormEvent, useState } from 'react';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftInput, DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { Refused } from '../../components/refused.tsx';
import { eventsOf } from '../../../shared/call/picture.ts';
import { useCall } from '../call/call-context.tsx';
import { TIME_WORDS } from '../options/service-check.tsx';
import { readTime, timeText } from '../wording/times.ts';

/** Nobody has taken the person yet, so somebody here goes on asking: by name and by when. */
export function ChaseTask() {
  const desk = useDesk();
  const { view, picture, record } = useCall();
  const form = useForm(`${view.id}:chase`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const tasks = eventsOf(picture, 'task.opened').filter((task) => task.data.kind === 'chaseHandover');
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const [what, owner, due] = [form.read('what'), form.read('owner'), form.read('due')];
    const dueAt = readTime(due, desk.now());
    const missing = [
      ...(owner === '' ? ['Write who owns this, by name.'] : []),
      ...(what === '' ? ['Write what they will do.'] : []),
      ...(dueAt === undefined ? [TIME_WORDS] : []),
    ];
    if (dueAt === undefined || missing.length > 0) return setWhy(missing);
    const done = record({ type: 'task.opened', data: { kind: 'chaseHandover', what, owner, dueAt } });
    setWhy(done.ok ? [] : done.why);
    if (done.ok) form.clear('what', 'owner', 'due');
  };
  return (
    <details className="override" open={tasks.length > 0}>
      <summary>Nobody answers: open a chase task</summary>
      <ul className="plain-list">
        {tasks.map((task) => (
          <li key={`${task.stream}${task.seq}`} className="done-line">
            {task.data.owner}, due {timeText(task.data.dueAt, desk.now())}: {task.data.what}
          </li>
        ))}
      </ul>
      <form aria-label="Chase task" onSubmit={keep}>
        <div className="pair">
          <DraftInput draftKey={form.key('owner')} label="Owner, by name" />
          <DraftInput draftKey={form.key('due')} label="Due" hint="as 19:45, or 24/11 09:00" />
        </div>
        <DraftWords draftKey={form.key('what')} label="What they will do" />
        <Refused why={why} />
        <button type="submit" className="button">
          Open the task
        </button>
      </form>
    </details>
  );
}
