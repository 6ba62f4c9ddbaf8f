import { type Debrief } from '../../../shared/training/debrief/debrief-types.ts';
import { readHandler } from './handler.ts';
import { playTraining, readScriptFile } from './play.ts';
import { debriefText } from './print.ts';
import { type Job, type JobResult } from './run.ts';

/** One script from its file to its debrief. */
export async function runJob({ file, handler, seed }: Job): Promise<JobResult> {
  const read = readScriptFile(file);
  if (!read.ok) return { text: read.error.join('\n'), exit: 2 };
  const { script, warnings } = read.value;
  const checked = [...warnings, `${file}: sound; every ending can be reached and every line can come`];
  if (handler === undefined) return { text: checked.join('\n'), exit: 0 };
  const side = readHandler(handler.file, handler.name);
  if (!side.ok) {
    const { code, field, message } = side.error;
    return { text: `${handler.file}: ${code}: ${field}: ${message}`, exit: 2 };
  }
  const played = await playTraining(script, side.value, seed);
  return { text: [...warnings, debriefText(played)].join('\n'), exit: isCriticalMet(played.debrief) ? 0 : 1 };
}

/** About one written handler against one script: never about a person, and not in any debrief. */
function isCriticalMet({ expectations, criticalFails }: Debrief): boolean {
  return (
    expectations.every(({ critical, result }) => !critical || result === 'met') &&
    criticalFails.every(({ seen }) => !seen)
  );
}
