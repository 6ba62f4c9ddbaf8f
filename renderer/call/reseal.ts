import { EMPTY_HEAD, type Head, seal } from '../../shared/events/chain.ts';
import { type Envelope, understand } from '../../shared/events/event.ts';
import { type EventRef } from '../../shared/events/vocabulary.ts';
import { type Digest, type StreamId } from '../../shared/ids.ts';
import { moveEvents } from './happening-text.ts';

/**
 * Gives events a place in another stream: same call, author, time and words; another number, link and hash. Pointers
 * among them are turned. For events whose own numbers are taken by others.
 */
export interface Resealer {
  readonly stream: StreamId;
  /** The next of them, in order. */
  next(events: readonly Envelope[]): Promise<readonly Envelope[]>;
}

export function createResealer(stream: StreamId, digest: Digest): Resealer {
  let head: Head = EMPTY_HEAD;
  let turn = (ref: EventRef): EventRef => ref;

  return {
    stream,
    async next(events) {
      const sealed: Envelope[] = [];
      for (const event of events) {
        const understood = understand(event);
        const place = head.seq + 1;
        const before = turn;
        const moved = understood.ok ? moveEvents([understood.value], stream, place, before) : undefined;
        if (moved !== undefined) turn = moved.turn;
        const { type, data } = moved?.moved[0] ?? event;
        const { call, at, author, desk, content } = event;
        const open = { stream, call, at, author, desk, content, type, data: data as Envelope['data'] };
        const whole = await seal(open, head, digest);
        head = { seq: whole.seq, hash: whole.hash };
        sealed.push(whole);
      }
      return sealed;
    },
  };
}
