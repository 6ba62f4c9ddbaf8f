import { type Happening } from '../events/event.ts';
import { reasonTitle } from '../referral/decline-reasons.ts';
import { type DeskReferral } from '../referral/exchange.ts';
import { dayAndTime } from '../exports/london.ts';
import { handoverState } from './facts.ts';
import { eventsOf, type Picture, sameRef, refOf } from './picture.ts';

/** As much of a referral as its answer turns on. */
export type AnsweredReferral = Pick<DeskReferral, 'id' | 'handover' | 'answer'> & {
  readonly receiver: Pick<DeskReferral['receiver'], 'name'>;
};

/**
 * What an answer that came through the hub becomes in the call's own log: the answer itself while the hand-over waits for one
 * (H10, H12). Undefined when the log has it, or there is none yet. Where somebody here has written down another answer
 * meanwhile, neither is thrown away: a note says both, for a person to ring and ask.
 */
export function answerThroughHub(picture: Picture, referral: AnsweredReferral): Happening | undefined {
  const { answer: given, handover, receiver } = referral;
  const sent = eventsOf(picture, 'handover.sent').find((item) => sameRef(refOf(item), handover));
  if (given === null || sent === undefined) return undefined;
  const { answer, via, receivedAt } = given;
  const through = { via, referral: referral.id, at: Math.min(answer.at, receivedAt) };
  const state = handoverState(picture, sent);
  const taken = eventsOf(picture, 'handover.acknowledged').findLast(({ data }) =>
    sameRef(data.handover, handover),
  );
  // They had the person, and say no after that: nobody has them (H10). By clocks where the yes came by telephone; where it
  // came this way too, the hub has taken the no only because it was the later.
  const isLater = taken?.data.through?.referral === referral.id || through.at > (taken?.at ?? through.at);
  const isNoAfterAll = state === 'acknowledged' && answer.answer === 'declined' && isLater;
  if (state === 'sent' || isNoAfterAll) {
    return answer.answer === 'acknowledged'
      ? {
          type: 'handover.acknowledged',
          data: {
            handover,
            by: answer.by,
            ...(answer.reference === undefined ? {} : { reference: answer.reference }),
            through,
          },
        }
      : {
          type: 'handover.declined',
          data: {
            handover,
            by: answer.by,
            code: answer.code,
            reason: answer.reason ?? reasonTitle(answer.code),
            through,
          },
        };
  }
  if (state === answer.answer) return undefined;
  const mark = `Answer ${referral.id.slice(-8)}`;
  const isSaid = eventsOf(picture, 'note.added').some(({ data }) => data.text.startsWith(mark));
  if (isSaid) return undefined;
  const said =
    answer.answer === 'acknowledged'
      ? 'says that they have this person'
      : `declined (${answer.code} ${reasonTitle(answer.code)})`;
  const text = `${mark}, by secure message: ${answer.by} of ${receiver.name} ${said}, ${dayAndTime(through.at)}. Here it is written down otherwise. Ring them.`;
  return { type: 'note.added', data: { text } };
}
