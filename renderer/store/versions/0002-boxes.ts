/**
 * Version 2: rows are boxes. What stays readable in them is what finds them: stream, number, call, times of a call.
 * - `forks` takes the place of `aside`, whose key held an event's hash: by it a guess at what was said can be checked.
 * - `meta` remembers that every row of version 1 is in a box now.
 * Rows are changed by `seal-plain.ts` after the opening: encrypting is asynchronous, and a version change would commit
 * without waiting for it.
 */
export const version2 = {
  number: 2,
  stores: {
    forks: '++n, [stream+seq]',
    meta: 'name',
  },
} as const;
