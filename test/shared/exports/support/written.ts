import { type Picture } from '../../../../shared/call/picture.ts';
import { type CallEvent } from '../../../../shared/events/event.ts';
import { type Making, referralMessage } from '../../../../shared/exports/fhir/referral-message.ts';
import { callId } from '../../../../shared/ids.ts';
import { content } from '../../../support/call-builder.ts';

/** Invented organisations; `.example` names belong to nobody. */
export const parties: Making['parties'] = {
  sender: { ods: 'X0X0X', name: 'Wexshire Mental Health Line (invented)' },
  senderEndpoint: 'https://lantern.example/replies',
  receiver: { name: 'The receiving team (invented)' },
  receiverEndpoint: 'https://receiver.example/referrals',
};

/** A written call as a message, with ids that are the same at every run. */
export function fromContent(
  picture: Picture,
  events: readonly CallEvent[],
): ReturnType<typeof referralMessage> {
  let made = 0;
  const uuid = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
  const last = events.at(-1);
  return referralMessage(picture, content, {
    call: callId.parse('01930000-0000-7000-8000-000000000001'),
    parties,
    made: (last?.at ?? 0) + 60_000,
    uuid,
  });
}
