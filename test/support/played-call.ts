import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CallSnapshot } from '../../shared/call/machine.ts';
import { lastOf } from '../../shared/call/picture.ts';
import { startCall, step } from '../../shared/call/replay.ts';
import { type CallEvent, type Happening } from '../../shared/events/event.ts';
import { type CallScript, happeningOf, readScript, type Step } from '../simulate/script.ts';
import { answered, callOn, content, offered } from './call-builder.ts';

const FOLDER = join(import.meta.dirname, '../simulate/scripts');

/** The written calls as they are written. */
export function readWritten(): readonly { readonly name: string; readonly script: CallScript }[] {
  return scriptNames.map((name) => ({ name, script: scriptOf(name) }));
}

function scriptOf(name: string): CallScript {
  const script = readScript(join(FOLDER, `${name}.json`));
  if (!script.ok) throw new Error(`${name}: ${script.error.field}: ${script.error.message}`);
  return script.value;
}

/** The written calls by name: every vignette. */
export const scriptNames = readdirSync(FOLDER).map((file) => file.replace('.json', ''));

/** A written call taken through the machine to its end, one event a second from 20 November 2026 19:30 in London. */
export function playedCall(name: string): {
  readonly events: readonly CallEvent[];
  readonly snapshot: CallSnapshot;
} {
  const script = scriptOf(name);
  const make = callOn();
  const events: CallEvent[] = [];
  let snapshot = startCall(content);
  const take = (happening: Happening): void => {
    const event = make(happening);
    const next = step(snapshot, event, content);
    if (!next.allowed) throw new Error(`${name}: ${happening.type}: ${next.why}`);
    events.push(event);
    snapshot = next.snapshot;
  };
  const steps: readonly Step[] = [{ record: offered }, { record: answered }, ...script.steps];
  for (const item of steps) {
    if (!('hub' in item)) take(happeningOf(item, lastOf(snapshot.context.picture, 'handover.sent')));
  }
  return { events, snapshot };
}
