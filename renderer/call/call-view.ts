import { compareEvents } from '../../shared/call/picture.ts';
import { replay } from '../../shared/call/replay.ts';
import { type CallEvent, type Envelope, understand } from '../../shared/events/event.ts';
import { type CallView } from './desk.ts';
import { type ContentPacks } from './ports.ts';

export interface LoadedCall {
  readonly view: CallView;
  /** Events kept but not understood: of a newer version, or malformed. They stay in the log as they are. */
  readonly notUnderstood: number;
}

/**
 * A call from its stored events, in any order: the projection that screens see. Undefined when not one event can be
 * understood. An event the machine would not allow where it stands is in `events` all the same.
 */
export function loadCall(stored: readonly Envelope[], packs: ContentPacks): LoadedCall | undefined {
  const understood = stored.flatMap((envelope) => {
    const event = understand(envelope);
    return event.ok ? [event.value] : [];
  });
  const events = understood.toSorted(compareEvents);
  const first = events[0];
  if (first === undefined) return undefined;
  // An open call keeps the content it began with, whatever this build uses for new calls.
  const content = packs.byVersion(first.content);
  const { snapshot } = replay(events, content ?? packs.current);
  const readOnly = `This call was written with clinical content "${first.content}", which this Lantern does not carry. It can be read, and nothing can be added.`;
  return {
    view: {
      id: first.call,
      content: content ?? packs.current,
      snapshot,
      events,
      resumed: false,
      ...(content === undefined ? { readOnly } : {}),
    },
    notUnderstood: stored.length - events.length,
  };
}

/** Newest first, by when the call began. */
export function newestFirst(a: CallView, b: CallView): number {
  const began = (b.events[0]?.at ?? 0) - (a.events[0]?.at ?? 0);
  return began !== 0 ? began : a.id < b.id ? 1 : -1;
}

/** The same call with some of its events put in place of others, replayed from the start. */
export function withEvents(view: CallView, events: readonly CallEvent[]): CallView {
  const sorted = [...events].toSorted(compareEvents);
  return { ...view, events: sorted, snapshot: replay(sorted, view.content).snapshot };
}
