import { getInitialSnapshot, getNextSnapshot } from 'xstate';
import { type Content } from '../content/schema.ts';
import { type CallEvent } from '../events/event.ts';
import { refusals } from './guards.ts';
import { type CallMachine, type CallSnapshot, createCallMachine } from './machine.ts';

const machines = new WeakMap<Content, CallMachine>();

/** The machine for a content pack: made once for each. */
export function machineFor(content: Content): CallMachine {
  const made = machines.get(content) ?? createCallMachine(content);
  machines.set(content, made);
  return made;
}

/** A call before anything has happened. */
export const startCall = (content: Content): CallSnapshot => getInitialSnapshot(machineFor(content));

export type Step =
  | { readonly allowed: true; readonly snapshot: CallSnapshot }
  | { readonly allowed: false; readonly snapshot: CallSnapshot; readonly why: string };

/** One event on. A refused event leaves the snapshot as it was and says why in a plain sentence. */
export function step(snapshot: CallSnapshot, event: CallEvent, content: Content): Step {
  if (!snapshot.can(event)) {
    const sentences = refusals(event, snapshot.context.picture, content);
    const why =
      sentences.length > 0 ? sentences.join(' ') : `${event.type} has no place at this point of the call.`;
    return { allowed: false, snapshot, why };
  }
  return { allowed: true, snapshot: getNextSnapshot(machineFor(content), snapshot, event) };
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
