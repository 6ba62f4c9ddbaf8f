import { MAX_BATCH_BYTES } from '../../shared/sync/protocol.ts';

/** Room for the request around the events. */
const ENVELOPE_BYTES = 1024;
/** UTF-8 has at most this many bytes for each of a string's units. */
const MOST_BYTES = 3;
const utf8 = new TextEncoder();

/**
 * As many of the first events as fit one batch by size. Always at least one: an event too large for a batch is
 * the hub's to refuse by name, not ours to hold back in silence.
 */
export function cutBatch<T>(events: readonly T[], maxBytes = MAX_BATCH_BYTES): readonly T[] {
  // Nearly always: even at its longest the whole is short enough, and nothing has to be measured.
  if (ENVELOPE_BYTES + JSON.stringify(events).length * MOST_BYTES <= maxBytes) return events;
  let bytes = ENVELOPE_BYTES;
  const end = events.findIndex((event, index) => {
    bytes += utf8.encode(JSON.stringify(event)).length + 1;
    return index > 0 && bytes > maxBytes;
  });
  return end === -1 ? events : events.slice(0, end);
}

/** The events that follow on from `after` without a hole. */
export function unbroken<T extends { readonly seq: number }>(
  after: number,
  events: readonly T[],
): readonly T[] {
  const end = events.findIndex((event, index) => event.seq !== after + 1 + index);
  return end === -1 ? events : events.slice(0, end);
}
