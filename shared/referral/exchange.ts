import { z } from 'zod';
import { eventRef, shortText, words } from '../events/vocabulary.ts';
import { callId, uuid } from '../ids.ts';
import { utcMs } from '../time.ts';
import { isReason } from './decline-reasons.ts';

/**
 * THE RECEIVER'S CONTRACT. How a hand-over reaches a team through the hub, and how the team answers: by its own system, or
 * on a page of the hub. `hub/referrals/README.md` says it in words, for whoever builds the other end.
 */

/** Audience of what the hub signs for a receiver's system (JWT, EdDSA): `sub` is the referral, `sha256` the body's digest. */
export const RECEIVER_AUDIENCE = 'lantern-receiver';
/** Audience of what a receiver's system signs with its answer: `iss` and `sub` the receiver, `ref`, `sha256`, a new `jti`. */
export const ANSWER_AUDIENCE = 'lantern-referral-answer';
/** Audience of a link to the page of one referral. */
export const LINK_AUDIENCE = 'lantern-referral-page';

/** A team has its own system, or answers on the hub's page by a link that the desk passes on. */
export const receiverHow = z.enum(['system', 'page']);
export type ReceiverHow = z.infer<typeof receiverHow>;

/** A team that takes hand-overs through the hub, as a desk is told of it. */
export const receiver = z.strictObject({ id: uuid, name: shortText, how: receiverHow });
export type Receiver = z.infer<typeof receiver>;

const common = {
  /** Who says so, by name: an answer without one does not count (H10). */
  by: shortText,
  /** When they took it or said no, by their clock; never later than when it came. */
  at: utcMs,
};

/** Somebody has the person; or does not take them, for a reason of the national list (H12). */
export const receiverAnswer = z.discriminatedUnion('answer', [
  z.strictObject({ ...common, answer: z.literal('acknowledged'), reference: shortText.exactOptional() }),
  z.strictObject({
    ...common,
    answer: z.literal('declined'),
    code: z.string().refine(isReason, 'must be a code of the national list of reasons'),
    reason: words.exactOptional(),
  }),
]);
export type ReceiverAnswer = z.infer<typeof receiverAnswer>;

export const answerRequest = z.strictObject({ v: z.literal(1), answer: receiverAnswer });
/** The answer that counts, and when the hub had it: the same whether it was sent once or ten times. */
export const answerResponse = z.strictObject({
  referral: uuid,
  answer: receiverAnswer,
  receivedAt: utcMs,
});

/**
 * How far a hand-over got. None of these is "has them". `waiting`: nothing has left the hub. `linked`: the page is ready, and
 * nobody is told by the hub. `delivered`: the team's system took it in. `failed`: it never will; ring. `withdrawn`: the
 * service took it back before anybody answered.
 */
export const deliveryState = z.enum(['waiting', 'linked', 'delivered', 'failed', 'withdrawn']);

/** One hand-over through the hub, as the desk that has the call is told of it. */
export const deskReferral = z.strictObject({
  id: uuid,
  call: callId,
  handover: eventRef,
  receiver,
  state: deliveryState,
  tries: z.int().min(0),
  /** Why the last try did not reach their system, in words. */
  trouble: z.string().nullable(),
  deliveredAt: utcMs.nullable(),
  /** Who opened the page, and when. Reading is not taking. */
  opened: z.strictObject({ by: shortText, at: utcMs }).nullable(),
  /** Where the page is, to be passed on to the team alone. */
  link: z.string().nullable(),
  answer: z.strictObject({ ...answerResponse.omit({ referral: true }).shape, via: receiverHow }).nullable(),
});
export type DeskReferral = z.infer<typeof deskReferral>;

export const MAX_DESK_REFERRALS = 200;
/** What a desk hears: teams it can send to, and its hand-overs that are not settled in their call's log yet. */
export const referralsPage = z.strictObject({
  receivers: z.array(receiver),
  referrals: z.array(deskReferral),
});
export type ReferralsPage = z.infer<typeof referralsPage>;
