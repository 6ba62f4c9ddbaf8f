import { openTasks } from '../../../shared/call/facts.ts';
import { useCall } from '../call/call-context.tsx';
import { TaskForm } from '../tasks/task-form.tsx';
import { TaskList } from '../tasks/task-list.tsx';

/** Everything still to be done after this call, and who owns each: nothing is left to nobody (H8). */
export function FollowUp() {
  const { picture } = useCall();
  const tasks = openTasks(picture);
  return (
    <section className="block" id="task" aria-labelledby="follow-up-title">
      <h2 id="follow-up-title">Still to be done after this call</h2>
      {tasks.length === 0 ? <p className="small">Nothing has been given to anybody yet.</p> : null}
      <TaskList tasks={tasks} />
      <details className="override">
        <summary>Open a follow-up task</summary>
        <TaskForm kind="followUp" label="Follow-up task" />
      </details>
    </section>
  );
}
