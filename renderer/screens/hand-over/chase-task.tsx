import { openTasks } from '../../../shared/call/facts.ts';
import { useCall } from '../call/call-context.tsx';
import { TaskForm } from '../tasks/task-form.tsx';
import { TaskList } from '../tasks/task-list.tsx';

/** Nobody has taken the person yet, so somebody here goes on asking: by name and by when. */
export function ChaseTask() {
  const { picture } = useCall();
  const tasks = openTasks(picture).filter((task) => task.data.kind === 'chaseHandover');
  return (
    <details className="override" open={tasks.length > 0}>
      <summary>Nobody answers: open a chase task</summary>
      <TaskList tasks={tasks} />
      <TaskForm kind="chaseHandover" label="Chase task" />
    </details>
  );
}
