/**
 * Version 3: calls that are continued from desk to desk.
 * - `foreign`: what other desks wrote in calls of this one, in boxes, apart from `events`, which holds this profile's own
 *   streams alone: nothing here is ever sent, and a gap in it is no loss. The hub has all of it.
 * - `leases`: where such a call was when the hub last said, so that a start without the hub knows it.
 */
export const version3 = {
  number: 3,
  stores: {
    foreign: '[stream+seq], call',
    leases: 'call',
  },
} as const;
