import { type DeskReferral } from '../../../shared/referral/exchange.ts';
import { clockTime } from './times.ts';

/** What is known of a hand-over that goes through the hub. */
export interface DeliveryKnown {
  /** What the hub last said of it. */
  readonly told: DeskReferral | undefined;
  /** The hub has not got the event yet. */
  readonly isHere: boolean;
  readonly isAway: boolean;
}

/** In words that cannot be taken for "they have the person" (H10). `isTrouble`: somebody has to ring. */
export function deliveryWords({ told, isHere, isAway }: DeliveryKnown): {
  readonly say: string;
  readonly isTrouble: boolean;
} {
  if (isHere)
    return isAway
      ? { say: 'Still on this PC: the hub is away, and nobody has been told. Ring them.', isTrouble: true }
      : { say: 'On its way to the hub. Nobody has been told yet.', isTrouble: false };
  if (told === undefined) return { say: 'At the hub, which has not sent it yet.', isTrouble: false };
  const { name } = told.receiver;
  const opened =
    told.opened === null
      ? ''
      : ` ${told.opened.by} opened it at ${clockTime(told.opened.at)}: reading is not taking.`;
  switch (told.state) {
    case 'delivered':
      return {
        say: `Their system took the message in${told.deliveredAt === null ? '' : ` at ${clockTime(told.deliveredAt)}`}. Nobody there has said that they have the person.`,
        isTrouble: false,
      };
    case 'linked':
      return {
        say: `The page is ready and ${name} is not told of it by Lantern: pass its link on.${opened}`,
        isTrouble: told.opened === null,
      };
    case 'failed':
      return {
        say: `It did not reach ${name}: ${told.trouble ?? 'no reason was given'}. Ring them.`,
        isTrouble: true,
      };
    case 'withdrawn':
      return {
        say: 'Taken back, because the route or the consent was. Tell them if they may have seen it.',
        isTrouble: true,
      };
    case 'waiting':
      return told.trouble === null
        ? { say: 'At the hub, on its way to their system.', isTrouble: false }
        : {
            say: `It has not reached ${name} after ${told.tries} tries: ${told.trouble}. Ring them; the hub goes on trying.`,
            isTrouble: true,
          };
  }
}
