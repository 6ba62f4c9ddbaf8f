import { v7 } from 'uuid';
import { EMPTY_HEAD, type Head, seal } from '../../../shared/events/chain.ts';
import { type Envelope, type Happening } from '../../../shared/events/event.ts';
import { callId, type CallId, type DeskId, streamId, type StreamId } from '../../../shared/ids.ts';
import { digest } from '../../support/digest.ts';

export const newStream = (): StreamId => streamId.parse(v7());
export const newCall = (): CallId => callId.parse(v7());

export interface WriterOptions {
  readonly stream: StreamId;
  readonly desk: DeskId;
  readonly call?: CallId;
  readonly at: number;
  readonly content?: string;
  readonly head?: Head;
  readonly author?: string;
}

/** Seals happenings into the next events of a stream, as a desk's writer does. */
export async function sealed(
  happenings: readonly (Happening | { type: string; data: Record<string, unknown> })[],
  options: WriterOptions,
): Promise<Envelope[]> {
  const {
    stream,
    desk,
    at,
    call = newCall(),
    content = 'test',
    head = EMPTY_HEAD,
    author = 'handler-1',
  } = options;
  const events: Envelope[] = [];
  let here = head;
  for (const [index, happening] of happenings.entries()) {
    const open = {
      stream,
      call,
      at: at + index,
      author: { id: author, role: 'adviser' as const },
      desk,
      content,
      type: happening.type,
      data: happening.data as Envelope['data'],
    };
    const event = await seal(open, here, digest);
    here = { seq: event.seq, hash: event.hash };
    events.push(event);
  }
  return events;
}

/** So many notes. */
export const notes = (count: number, words = 'a note'): Happening[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'note.added',
    data: { text: `${words} ${index + 1}` },
  }));
