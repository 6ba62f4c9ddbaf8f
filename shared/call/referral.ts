import { chaseAfterMs } from '../referral/chase-times.ts';
import { type UtcMs } from '../time.ts';
import { chosenRoute, type Handover, handoverNow } from './facts.ts';
import { whenOf } from './paper.ts';
import { type EventOf, eventsOf, type Picture, refOf, sameRef } from './picture.ts';

/**
 * The life of a referral (H10, H12). `prepared`: a route is agreed and nobody was told. `sent` is not "has them":
 * until somebody says by name that they have the person, this desk has them. `declined` is ours again.
 */
export type Referral =
  | { readonly state: 'none' }
  | { readonly state: 'prepared'; readonly route: string }
  | { readonly state: 'sent'; readonly sent: Handover; readonly chase: Chase }
  | {
      readonly state: 'acknowledged';
      readonly sent: Handover;
      readonly by: EventOf<'handover.acknowledged'> | undefined;
    }
  | {
      readonly state: 'declined';
      readonly sent: Handover;
      readonly by: EventOf<'handover.declined'> | undefined;
    };

export interface Chase {
  readonly dueAt: UtcMs;
  /** Times somebody rang again, oldest first. */
  readonly tries: readonly EventOf<'handover.chased'>[];
}

const about = <T extends { readonly data: { readonly handover: ReturnType<typeof refOf> } }>(
  list: readonly T[],
  sent: Handover,
): readonly T[] => list.filter((event) => sameRef(event.data.handover, refOf(sent)));

export function referralNow(picture: Picture): Referral {
  const route = chosenRoute(picture)?.data.route;
  if (route === undefined) return { state: 'none' };
  const now = handoverNow(picture);
  if (now === undefined) return { state: 'prepared', route };
  const { sent, state } = now;
  if (state === 'sent') return { state, sent, chase: chaseOf(picture, sent) };
  if (state === 'acknowledged')
    return { state, sent, by: about(eventsOf(picture, 'handover.acknowledged'), sent).at(-1) };
  return { state, sent, by: declineOf(picture, sent) };
}

/** Who said no to a hand-over, and why, if somebody did. */
export const declineOf = (picture: Picture, sent: Handover): EventOf<'handover.declined'> | undefined =>
  about(eventsOf(picture, 'handover.declined'), sent).at(-1);

/**
 * When an unanswered hand-over is to be chased: some time after it was sent or last chased, by how soon a response was
 * chosen, and at the promised time where that is earlier and nobody has rung since.
 */
export function chaseOf(picture: Picture, sent: Handover): Chase {
  const tries = about(eventsOf(picture, 'handover.chased'), sent);
  const lastAt = whenOf(picture, tries.at(-1) ?? sent);
  const regular = lastAt + chaseAfterMs(chosenRoute(picture)?.data.urgency ?? '1');
  const { promisedBy } = sent.data;
  const isAhead = promisedBy !== undefined && promisedBy > lastAt;
  return { dueAt: isAhead ? Math.min(regular, promisedBy) : regular, tries };
}

/** Nobody else has the person although a hand-over was begun: declined, or sent and unanswered. */
export function handoverIsOurs(picture: Picture): boolean {
  const { state } = referralNow(picture);
  return state === 'sent' || state === 'declined';
}
