import { getInitialSnapshot, getNextSnapshot } from 'xstate';
import { type CallMachine, type CallSnapshot } from '../../shared/call/machine.ts';
import { machineFor, startCall, step } from '../../shared/call/replay.ts';
import { type Content } from '../../shared/content/schema.ts';
import { type CallEvent, GENESIS, type Happening } from '../../shared/events/event.ts';
import { callId, deskId, streamId } from '../../shared/ids.ts';

/** What is being checked: the real machine with the real content, or one of the two weakened. */
export interface System {
  readonly content: Content;
  readonly start: () => CallSnapshot;
  /** The snapshot after an event, or nothing when it is refused. */
  readonly take: (snapshot: CallSnapshot, event: CallEvent) => CallSnapshot | undefined;
}

/** The product's own `step`, over a content pack. */
export const systemOf = (content: Content): System => ({
  content,
  start: () => startCall(content),
  take: (snapshot, event) => {
    const next = step(snapshot, event, content);
    return next.allowed ? next.snapshot : undefined;
  },
});

type Guards = NonNullable<Parameters<CallMachine['provide']>[0]['guards']>;

/** The same machine with some of its guards changed. */
export function systemWith(content: Content, guards: Guards): System {
  const machine = machineFor(content).provide({ guards });
  return {
    content,
    start: () => getInitialSnapshot(machine),
    take: (snapshot, event) => (snapshot.can(event) ? getNextSnapshot(machine, snapshot, event) : undefined),
  };
}

const STREAM = streamId.parse('019a9e5c-0000-7000-8000-00000000000a');
const CALL = callId.parse('019a9e5c-0000-7000-8000-00000000000c');
const DESK = deskId.parse('019a9e5c-0000-7000-8000-00000000000d');
const START = Date.UTC(2026, 10, 20, 19, 30);

/** The `nth` event of a call, one second after the one before: the same path always gives the same events. */
export const eventAt = (nth: number, happening: Happening): CallEvent => ({
  stream: STREAM,
  seq: nth,
  call: CALL,
  at: START + nth * 1000,
  author: { id: 'handler-1', role: 'adviser' },
  desk: DESK,
  content: 'model',
  ...happening,
  prev: GENESIS,
  hash: GENESIS,
});

/** The event that would come next in this call. */
export const nextEvent = (snapshot: CallSnapshot, happening: Happening): CallEvent =>
  eventAt(snapshot.context.picture.count + 1, happening);
