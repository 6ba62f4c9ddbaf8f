import { EMPTY_HEAD, type Head, seal } from '../../../shared/events/chain.ts';
import { type Envelope } from '../../../shared/events/event.ts';
import { callId, deskId, streamId, type StreamId } from '../../../shared/ids.ts';
import { sha256, uuidSource } from '../../../main/services/node-system.ts';

const call = callId.parse(uuidSource.next());
const desk = deskId.parse(uuidSource.next());

/** `count` sealed notes that follow on from `head`. */
export async function makeEvents(
  stream: StreamId,
  count: number,
  from: Head = EMPTY_HEAD,
  text = 'a note',
): Promise<Envelope[]> {
  const events: Envelope[] = [];
  let head = from;
  for (let index = 0; index < count; index++) {
    const data = { text: `${text} ${head.seq + 1}` };
    const author = { id: 'demo-handler', role: 'adviser' as const };
    const open = {
      stream,
      call,
      at: 1_700_000_000_000,
      author,
      desk,
      content: 'demo-1',
      type: 'note.added',
      data,
    };
    const event = await seal(open, head, sha256);
    events.push(event);
    head = { seq: event.seq, hash: event.hash };
  }
  return events;
}

export const headOf = (events: readonly Envelope[]): Head => {
  const last = events.at(-1);
  return last === undefined ? EMPTY_HEAD : { seq: last.seq, hash: last.hash };
};

export const newStreamId = (): StreamId => streamId.parse(uuidSource.next());

/** The event at `index`, which has to be there. */
export function eventAt(events: readonly Envelope[], index: number): Envelope {
  const event = events[index];
  if (event === undefined) throw new Error(`the test made no event ${index}`);
  return event;
}
