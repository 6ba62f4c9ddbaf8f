import { type TrainingScript } from '../script/schema.ts';
import { type Ending } from '../script/assessment.ts';
import { msOf } from '../script/values.ts';
import { RehearsalDesk, type RehearsalOptions } from './desk.ts';
import { finish } from './finish.ts';
import { type HandlerStep } from './steps.ts';

/** Plays a practice call by a handler that is written down; the desk that comes back has both logs. */
export function rehearse(steps: readonly HandlerStep[], options: RehearsalOptions): RehearsalDesk {
  const desk = new RehearsalDesk(options);
  for (const item of steps) take(desk, item);
  // What other voices still have to say.
  desk.wait(120_000);
  return desk;
}

function take(desk: RehearsalDesk, item: HandlerStep): void {
  if ('wait' in item) desk.wait(msOf(item.wait));
  else if ('ask' in item) for (const question of item.ask) desk.ask(question, item.how);
  else if ('confirm' in item) desk.confirm(item.confirm, item.how);
  else if ('record' in item) desk.record(item.record);
  else if ('acknowledge' in item)
    desk.answerHandover((handover) => ({
      type: 'handover.acknowledged',
      data: { handover, ...item.acknowledge },
    }));
  else if ('decline' in item)
    desk.answerHandover((handover) => ({ type: 'handover.declined', data: { handover, ...item.decline } }));
  else if ('finish' in item) {
    const ending = allEndings(desk.options.script).find(({ id }) => id === item.finish);
    if (ending !== undefined) finish(desk, ending, undefined);
  } else {
    desk.input({ kind: 'pause', at: desk.now });
    desk.wait(msOf(item.pause));
    desk.input({ kind: 'resume', at: desk.now });
  }
}

export const allEndings = ({ endings }: TrainingScript): readonly Ending[] => [
  ...endings.expected,
  ...(endings.acceptable ?? []),
];
