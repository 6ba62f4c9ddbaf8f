import { type ActorScope, createActor, getInitialSnapshot } from 'xstate';
import { type Content } from '../content/schema.ts';
import { type CallEvent } from '../events/event.ts';
import { refusals } from './guards.ts';
import { type CallMachine, type CallSnapshot, createCallMachine } from './machine.ts';
import { outOfPlace } from './out-of-place.ts';

/** For an event that the chart refuses and `outOfPlace` does not know. The tests find none. */
export const NOT_NOW = 'This cannot be recorded at this point of the call. Write it as a note.';

/** The machine for a content pack, and what every call of it shares: none of it is ever changed. */
interface Made {
  readonly machine: CallMachine;
  readonly start: CallSnapshot;
  readonly scope: ActorScope<CallSnapshot, CallEvent>;
}
const made = new WeakMap<Content, Made>();

function madeFor(content: Content): Made {
  const known = made.get(content);
  if (known !== undefined) return known;
  const machine = createCallMachine(content);
  const fresh = { machine, start: getInitialSnapshot(machine), scope: inertScope(machine) };
  made.set(content, fresh);
  return fresh;
}

/**
 * Where the machine's transitions run: nothing starts, sends or is told, since the machine only assigns. XState's own
 * `getNextSnapshot` makes one anew, with an actor and its first snapshot, for each event: as much work as the event.
 */
function inertScope(machine: CallMachine): Made['scope'] {
  const self = createActor(machine);
  const nothing = (): void => undefined;
  return {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    defer: nothing,
    logger: nothing,
    stopChild: nothing,
    emit: nothing,
    actionExecutor: nothing,
  };
}

/** The machine for a content pack: made once for each. */
export const machineFor = (content: Content): CallMachine => madeFor(content).machine;

/** A call before anything has happened. */
export const startCall = (content: Content): CallSnapshot => madeFor(content).start;

export type Step =
  | { readonly allowed: true; readonly snapshot: CallSnapshot }
  | { readonly allowed: false; readonly snapshot: CallSnapshot; readonly why: string };

/** One event on. A refused event leaves the snapshot as it was and says why in plain sentences. */
export function step(snapshot: CallSnapshot, event: CallEvent, content: Content): Step {
  if (!snapshot.can(event))
    return { allowed: false, snapshot, why: whyNot(snapshot, event, content).join(' ') };
  const { machine, scope } = madeFor(content);
  return { allowed: true, snapshot: machine.transition(snapshot, event, scope) };
}

/** What stands against an event that the machine refused, never empty: its place in the call first, then the guards. */
export function whyNot(snapshot: CallSnapshot, event: CallEvent, content: Content): readonly string[] {
  const place = outOfPlace(event, snapshot);
  if (place !== undefined) return [place];
  const sentences = refusals(event, snapshot.context.picture, content);
  return sentences.length > 0 ? sentences : [NOT_NOW];
}

/**
 * A call from its log, in the given order. Events the machine refuses are listed and passed over, so that one
 * doubtful event never hides the rest.
 */
export function replay(
  events: Iterable<CallEvent>,
  content: Content,
): {
  readonly snapshot: CallSnapshot;
  readonly refused: readonly { readonly event: CallEvent; readonly why: string }[];
} {
  let snapshot = startCall(content);
  const refused: { event: CallEvent; why: string }[] = [];
  for (const event of events) {
    const next = step(snapshot, event, content);
    if (next.allowed) snapshot = next.snapshot;
    else refused.push({ event, why: next.why });
  }
  return { snapshot, refused };
}

/** The stage of the guide, or how the conversation stands around it. */
export function conversationOf(snapshot: CallSnapshot): string {
  const value: string | Record<string, unknown> = snapshot.value.conversation;
  return typeof value === 'string' ? value : String(value['active']);
}
