import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Happening } from '../../shared/events/event.ts';
import { readScript } from '../simulate/script.ts';
import { ROOT } from './sources.ts';

const FOLDER = join(ROOT, 'test/simulate/scripts');

/** The written calls that need nobody's answer from outside: what a bench's events are made of. */
export function plainCalls(): readonly (readonly Happening[])[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const script = readScript(join(FOLDER, file));
    if (!script.ok) throw new Error(`${file}: ${script.error.field} ${script.error.message}`);
    const steps = script.value.steps.map((step) => ('record' in step ? step.record : undefined));
    const happenings = steps.filter((happening) => happening !== undefined);
    return happenings.length === steps.length ? [happenings] : [];
  });
}
