import { join } from 'node:path';
import { type Happening } from '../../shared/events/event.ts';
import { readScript } from '../simulate/script.ts';
import { ROOT } from './sources.ts';

/** What takes any answered call to a close at which nobody is owed anything: the shortest of the written calls. */
export function closingSteps(): readonly Happening[] {
  const script = readScript(join(ROOT, 'test/simulate/scripts/tom.json'));
  if (!script.ok) throw new Error(script.error.message);
  return script.value.steps.flatMap((step) => ('record' in step ? [step.record] : []));
}
