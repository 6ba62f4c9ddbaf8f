import { type EventOf } from '../../../shared/call/picture.ts';
import { useDesk } from '../../components/desk-context.tsx';
import { clockTime, timeText } from '../wording/times.ts';

type Task = EventOf<'task.opened'>;

const KINDS: Readonly<Record<Task['data']['kind'], string>> = {
  chaseHandover: 'Chase the hand-over',
  followUp: 'Follow up',
  callBack: 'Ring back',
};

/** Open tasks, each with the one who owns it. */
export function TaskList({ tasks }: { readonly tasks: readonly Task[] }) {
  const desk = useDesk();
  if (tasks.length === 0) return null;
  return (
    <ul className="plain-list">
      {tasks.map((task) => (
        <li key={`${task.stream}${task.seq}`} className="done-line">
          <b>{task.data.owner}</b>, due {timeText(task.data.dueAt, desk.now())}: {task.data.what}{' '}
          <span className="small">
            {KINDS[task.data.kind]} · opened {clockTime(task.at)}
          </span>
        </li>
      ))}
    </ul>
  );
}
