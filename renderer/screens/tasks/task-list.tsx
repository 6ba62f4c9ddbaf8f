import { useState } from 'react';
import { refOf, type EventOf } from '../../../shared/call/picture.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { DraftRadios, DraftWords } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { Refused } from '../../components/refused.tsx';
import { useCall } from '../call/call-context.tsx';
import { clockTime, dueText } from '../wording/times.ts';

type Task = EventOf<'task.opened'>;

const KINDS: Readonly<Record<Task['data']['kind'], string>> = {
  chaseHandover: 'Chase the hand-over',
  followUp: 'Follow up',
  callBack: 'Ring back',
  confirmContact: 'Ask whether somebody is with them',
};

/** Open tasks, each with the one who owns it and the way to end it. */
export function TaskList({ tasks }: { readonly tasks: readonly Task[] }) {
  const desk = useDesk();
  if (tasks.length === 0) return null;
  return (
    <ul className="plain-list">
      {tasks.map((task) => (
        <li key={`${task.stream}${task.seq}`} className="task">
          <p className="done-line">
            <b>{task.data.owner}</b>, due {dueText(task.data.dueAt, desk.now())}: {task.data.what}{' '}
            <span className="small">
              {KINDS[task.data.kind]} · opened {clockTime(task.at)}
            </span>
          </p>
          <EndTask task={task} />
        </li>
      ))}
    </ul>
  );
}

const HOW = ['done', 'notPossible'] as const;

/** Ends a task with what came of it. */
function EndTask({ task }: { readonly task: Task }) {
  const { view, record } = useCall();
  const form = useForm(`${view.id}:task:${task.stream}:${task.seq}`);
  const [why, setWhy] = useState<readonly string[]>([]);
  const keep = (): void => {
    const how = HOW.find((item) => item === form.read('how'));
    const words = form.read('words');
    const missing = [
      ...(how === undefined ? ['Say whether it was done.'] : []),
      ...(words === '' ? ['Write what came of it.'] : []),
    ];
    if (how === undefined || missing.length > 0) return setWhy(missing);
    const done = record({ type: 'task.closed', data: { task: refOf(task), how, words } });
    setWhy(done.ok ? [] : done.why);
    if (done.ok) form.clear('how', 'words');
  };
  return (
    <details className="override">
      <summary>End this task</summary>
      <form
        aria-label={`End the task of ${task.data.owner}`}
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <DraftRadios
          draftKey={form.key('how')}
          label="Was it done"
          options={[
            { value: 'done', title: 'Done' },
            { value: 'notPossible', title: 'Could not be done' },
          ]}
        />
        <DraftWords draftKey={form.key('words')} label="What came of it" />
        <Refused why={why} />
        <button type="submit" className="button">
          End the task
        </button>
      </form>
    </details>
  );
}
