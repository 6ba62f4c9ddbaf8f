import { z } from 'zod';
import { type CallEvent, happening, type Happening } from '../../shared/events/event.ts';
import { type EventRef } from '../../shared/events/vocabulary.ts';
import { problemOf } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Reads what a screen wants to record. Bad input is answered in sentences that name the field. */
export function readHappening(input: unknown): Result<Happening, readonly string[]> {
  const parsed = happening.safeParse(storable(input));
  if (parsed.success) return ok(parsed.data);
  const sentences = parsed.error.issues.map((issue) => {
    if (issue.code === 'too_big' && issue.origin === 'string')
      return `At most ${Number(issue.maximum).toLocaleString('en-GB')} characters can be kept in one field. Nothing was cut: shorten it, or put the rest in a note.`;
    const { field, message } = problemOf('event.malformed', new z.ZodError([issue]));
    return `${field}: ${message}.`;
  });
  return err([...new Set(sentences)]);
}

/**
 * The value as the log can hold it: without fields that are undefined, and with half characters (a lone
 * surrogate, which no file or hash can carry) shown as the replacement character.
 */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, held]) => held !== undefined)
      .map(([key, held]) => [key, storable(held)]),
  );
}

const refKey = ({ stream, seq }: EventRef): string => `${stream}/${seq}`;

/** The same with its pointer to another event turned by `turn`: events that were given another number move. */
export function turnRefs<T extends Happening>(event: T, turn: (ref: EventRef) => EventRef): T {
  if (event.type === 'entry.struck')
    return { ...event, data: { ...event.data, target: turn(event.data.target) } };
  switch (event.type) {
    case 'entry.timed':
      return { ...event, data: { ...event.data, target: turn(event.data.target) } };
    case 'handover.acknowledged':
      return { ...event, data: { ...event.data, handover: turn(event.data.handover) } };
    case 'handover.declined':
      return { ...event, data: { ...event.data, handover: turn(event.data.handover) } };
    case 'handover.chased':
      return { ...event, data: { ...event.data, handover: turn(event.data.handover) } };
    default:
  }
  if (event.type === 'task.closed') return { ...event, data: { ...event.data, task: turn(event.data.task) } };
  return event;
}

/**
 * Events put into another stream from `firstSeq` on, in order, with pointers among them kept right. `turned` turns
 * pointers to events that were moved before.
 */
export function moveEvents(
  events: readonly CallEvent[],
  stream: CallEvent['stream'],
  firstSeq: number,
  turned: (ref: EventRef) => EventRef = (ref) => ref,
): { readonly moved: readonly CallEvent[]; readonly turn: (ref: EventRef) => EventRef } {
  const places = new Map<string, EventRef>();
  events.forEach((event, index) => places.set(refKey(event), { stream, seq: firstSeq + index }));
  const turn = (ref: EventRef): EventRef => places.get(refKey(ref)) ?? turned(ref);
  const moved = events.map((event, index) => ({ ...turnRefs(event, turn), stream, seq: firstSeq + index }));
  return { moved, turn };
}
