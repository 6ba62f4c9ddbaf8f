import { type Picture, eventsOf, refOf } from '../../shared/call/picture.ts';
import { handovers, handoverState, type Handover, type HandoverState } from '../../shared/call/facts.ts';
import { answerThroughHub } from '../../shared/call/answer-through-hub.ts';
import { type Happening } from '../../shared/events/event.ts';
import { type Content } from '../../shared/content/schema.ts';
import { referralMessage } from '../../shared/exports/fhir/referral-message.ts';
import { sbar } from '../../shared/exports/sbar/sbar.ts';
import { type CallId } from '../../shared/ids.ts';
import { uuid } from '../../shared/ids.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Client } from '../db/pool.ts';
import { readReceiver, type ReceiverRow } from '../db/receiver-rows.ts';
import {
  insertReferral,
  listStanding,
  type NewReferral,
  settleReferral,
  withdrawReferral,
} from '../db/referral-rows.ts';
import { cardHtml } from './page.ts';

/** A call as the replay check found it. */
export interface CheckedCall {
  readonly call: CallId;
  readonly picture: Picture;
  readonly content: Content;
  readonly now: UtcMs;
}

/** Who sends, as the organisation has set it, and ids that nobody can guess. */
export interface ReferralSender {
  readonly name: string;
  readonly ods: string | undefined;
  /** Where receivers reach this hub; absent: nobody has said. */
  readonly publicUrl: string | undefined;
}
export interface ReferralMaking {
  readonly sender: ReferralSender;
  readonly newId: () => string;
}

/**
 * What stands in a call's log about hand-overs by secure message, brought to the outbox: a new one is made ready, one that
 * was answered in the log is settled, one whose route or consent was taken back is withdrawn. Doing it twice changes nothing.
 * The log alone says what is sent, so a desk that was away brings it with its events, and nothing goes past consent (G9).
 * Resolves to the answers that came through the hub and that no desk has written into the log yet.
 */
export async function keepReferrals(
  client: Client,
  checked: CheckedCall,
  making: ReferralMaking,
): Promise<readonly Happening[]> {
  const { call, picture, content, now } = checked;
  const sent = eventsOf(picture, 'handover.sent').filter(({ data }) => data.receiver !== undefined);
  if (sent.length === 0) return [];
  const unheard: Happening[] = [];
  const standing = await listStanding(client, call);
  const card = sbar(picture, content);
  const current = new Set(handovers(picture));
  for (const handover of sent) {
    const state = handoverState(picture, handover);
    const before = standing.get(`${handover.stream} ${handover.seq}`);
    const answer = before && answerThroughHub(picture, before);
    if (answer !== undefined && answer.type !== 'note.added') unheard.push(answer);
    const isBack = !current.has(handover) || card.sharing.state === 'notShared';
    if (before === undefined) {
      const made = await make(client, checked, making, handover, { state, isBack });
      if (made !== undefined) await insertReferral(client, made);
    } else if (state !== 'sent') {
      // An answer that the log has not heard yet stays until it has: a no may come after the yes that stands there.
      if (answer === undefined) await settleReferral(client, refOf(handover), state, now);
    } else if (isBack) await withdrawReferral(client, refOf(handover), now);
  }
  return unheard;
}

async function make(
  client: Client,
  checked: CheckedCall,
  making: ReferralMaking,
  handover: Handover,
  { state, isBack }: { readonly state: HandoverState; readonly isBack: boolean },
): Promise<NewReferral | undefined> {
  const id = uuid.safeParse(handover.data.receiver);
  const receiver = id.success ? await readReceiver(client, id.data) : undefined;
  if (receiver === undefined) return undefined;
  const { call, now } = checked;
  const row = {
    id: making.newId(),
    call,
    ...refOf(handover),
    receiver: receiver.id,
    madeAt: now,
    message: null,
    card: null,
    nextTryAt: null,
    trouble: null,
    failedAt: null,
    withdrawnAt: isBack ? now : null,
    // Answered before the hub had it: a row all the same, so that a hub that saw less of the call sends nothing.
    settledAt: state === 'sent' ? null : now,
    settledAs: state === 'sent' ? null : state,
  };
  if (state !== 'sent' || isBack) return row;
  if (receiver.endedAt !== null)
    return { ...row, failedAt: now, trouble: 'this team takes no referrals through the hub any more' };
  return { ...row, ...contents(checked, making, handover, receiver, row.id) };
}

function contents(
  { call, picture, content, now }: CheckedCall,
  { sender, newId }: ReferralMaking,
  handover: Handover,
  receiver: ReceiverRow,
  id: string,
): Partial<NewReferral> {
  if (receiver.how === 'page') return { card: cardHtml(picture, content, handover) };
  const made = referralMessage(picture, content, {
    call,
    made: now,
    uuid: newId,
    parties: {
      sender: { name: sender.name, ...(sender.ods === undefined ? {} : { ods: sender.ods }) },
      senderEndpoint: `${sender.publicUrl ?? 'urn:lantern:hub'}/v1/referrals/${id}/answer`,
      receiver: { name: receiver.name, ...(receiver.ods === null ? {} : { ods: receiver.ods }) },
      receiverEndpoint: receiver.endpoint ?? '',
    },
  });
  return made.ok
    ? { message: JSON.stringify(made.value), nextTryAt: now }
    : { failedAt: now, trouble: made.error.message };
}
