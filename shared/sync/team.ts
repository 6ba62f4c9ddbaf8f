import { z } from 'zod';
import { author, eventRef } from '../events/vocabulary.ts';
import { callId, deskId } from '../ids.ts';
import { utcMs } from '../time.ts';

/**
 * How a call stands, in what every desk of the team may know: times, whose it is, what is owed. Nothing that a caller
 * said, and nobody's name: those come with the lease.
 */
export const callStanding = z.strictObject({
  /** A stage of the guide, or `offered`, or `closed`. */
  stage: z.string().min(1).max(60),
  beganAt: utcMs,
  lastAt: utcMs,
  /** Who wrote in it last. */
  author,
  owed: z.array(
    z.strictObject({
      kind: z.enum(['emergency', 'contact', 'callBack', 'declined', 'handover', 'task']),
      from: eventRef,
      since: utcMs,
      /** None means that it is owed now. */
      dueAt: utcMs.optional(),
    }),
  ),
});
export type CallStanding = z.infer<typeof callStanding>;

export const teamCall = z.strictObject({
  call: callId,
  /** The desk that has it; null when it was given back. */
  desk: deskId.nullable(),
  deskName: z.string().nullable(),
  ...callStanding.shape,
});
export type TeamCall = z.infer<typeof teamCall>;

/** Every call that is open or owes something, as the hub had them at `at` (the hub's time). */
export const teamPage = z.strictObject({
  at: utcMs,
  calls: z.array(teamCall),
  /** Calls with events that the hub has not looked through yet: they may be missing here, or stand differently. */
  notLookedThrough: z.int().min(0),
  /** There are more than are listed. */
  isMore: z.boolean(),
});
export type TeamPage = z.infer<typeof teamPage>;
