import { type CallEvent, type HappeningType } from '../events/event.ts';
import { type EventRef } from '../events/vocabulary.ts';

/** An event of one type, with its data typed. */
export type EventOf<T extends HappeningType> = Extract<CallEvent, { type: T }>;

/**
 * Everything known about a call: its events, grouped by type and kept in one order. All that a screen, a gate or
 * an export shows is read from here by the selectors in this folder; nothing is ever overwritten.
 *
 * Invariants:
 * 1. The same set of events gives the same picture, whatever order they arrived in (two desks' streams merge).
 * 2. An event is in at most once: identity is (stream, seq).
 * 3. Within a stream the order is that of seq, because a desk never writes an `at` earlier than the one before
 *    it in the same call (see renderer/store).
 */
export interface Picture {
  readonly byType: Readonly<Partial<Record<HappeningType, readonly CallEvent[]>>>;
  readonly count: number;
}

export const EMPTY_PICTURE: Picture = { byType: {}, count: 0 };

/** The one order of events within a call: time, then stream, then sequence number. */
export function compareEvents(a: CallEvent, b: CallEvent): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  return a.seq - b.seq;
}

/** The picture with one more event. Adding an event twice changes nothing. */
export function addEvent(picture: Picture, event: CallEvent): Picture {
  const list = picture.byType[event.type] ?? [];
  let at = list.length;
  // Nearly always the newest: walk back from the end.
  for (; at > 0; at -= 1) {
    const before = list[at - 1];
    if (before === undefined) break;
    const order = compareEvents(before, event);
    if (order === 0) return picture;
    if (order < 0) break;
  }
  const grown = [...list.slice(0, at), event, ...list.slice(at)];
  return { byType: { ...picture.byType, [event.type]: grown }, count: picture.count + 1 };
}

/** All events of a type, oldest first. */
export function eventsOf<T extends HappeningType>(picture: Picture, type: T): readonly EventOf<T>[] {
  return (picture.byType[type] ?? []) as readonly EventOf<T>[];
}

/** The newest event of a type. */
export function lastOf<T extends HappeningType>(picture: Picture, type: T): EventOf<T> | undefined {
  return eventsOf(picture, type).at(-1);
}

/** The newest of several types. */
export function lastAmong<T extends HappeningType>(
  picture: Picture,
  types: readonly T[],
): EventOf<T> | undefined {
  return types
    .map((type) => lastOf(picture, type))
    .filter((event) => event !== undefined)
    .toSorted(compareEvents)
    .at(-1);
}

export const refOf = (event: CallEvent): EventRef => ({ stream: event.stream, seq: event.seq });
export const sameRef = (a: EventRef, b: EventRef): boolean => a.stream === b.stream && a.seq === b.seq;

/** The event that struck this one through, if one did. */
export function strikeOf(picture: Picture, event: CallEvent): EventOf<'entry.struck'> | undefined {
  return eventsOf(picture, 'entry.struck').find((strike) => sameRef(strike.data.target, refOf(event)));
}
