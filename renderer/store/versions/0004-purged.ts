/**
 * Version 4: `purged` remembers, stream by stream, which numbers were taken off this PC because the hub has them. A missing
 * number among them is not lost, and a journal that was put back does not bring it back.
 */
export const version4 = {
  number: 4,
  stores: { purged: 'stream' },
} as const;
