/**
 * Version 1. Why each table:
 * - `events`: the log itself, by identity; `call` finds one call's events, whichever stream wrote them.
 * - `streams`: where each stream ends here and how far the hub has it, so that start reads no events to know it.
 * - `receipts`: the hub's receipts by their number.
 * - `calls`: a summary of each call, made from its events in the same transaction, so that start can open the
 *   calls in hand without reading the other 100,000 events. A cache: it can be rebuilt from `events`.
 * - `damaged`: rows that could not be read, as they were, beside the repaired event.
 * - `aside`: another copy's events with numbers that are taken here (a fork). Kept, never shown as this desk's.
 */
export const version1 = {
  number: 1,
  stores: {
    events: '[stream+seq], call',
    streams: 'stream',
    receipts: 'n, stream',
    calls: 'call, state, firstAt',
    damaged: '++n',
    aside: '[stream+seq+hash]',
  },
} as const;
