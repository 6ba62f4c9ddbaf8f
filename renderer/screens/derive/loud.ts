import { type HubState } from '../../../shared/bridge/contract.ts';
import {
  callBackDecision,
  emergencyNow,
  lineIsLost,
  mannerNow,
  stopUnanswered,
} from '../../../shared/call/facts.ts';
import { lastOf, type Picture } from '../../../shared/call/picture.ts';
import { whenOf } from '../../../shared/call/paper.ts';
import { referralNow } from '../../../shared/call/referral.ts';
import { contactIsOwed } from '../../../shared/call/work.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { type EmergencyWords, LIVE_WORDS } from '../wording/emergency-words.ts';
import { type Person } from './person.ts';
import { ringBack } from './talk.ts';

/** The one loud thing: a clock that counts up and one sentence. */
export interface Loud {
  readonly kind: 'emergency' | 'dropped' | 'stopped' | 'contact' | 'declined' | 'handover' | 'outage';
  readonly title: string;
  readonly since: UtcMs;
  readonly sentence: string;
}

/**
 * One loud thing at a time: emergency, a lost caller, a caller not spoken to since a stop, somebody waiting for help
 * that is on its way, a hand-over nobody took, the hub.
 */
export function loudest(
  picture: Picture,
  person: Person,
  hub: HubState,
  now: UtcMs,
  words: Pick<EmergencyWords, 'ring' | 'chase'> = LIVE_WORDS,
): Loud | undefined {
  const emergency = emergencyNow(picture);
  if (emergency?.type === 'emergency.raised') {
    return {
      kind: 'emergency',
      title: 'Emergency not yet confirmed',
      since: emergency.at,
      sentence: words.ring,
    };
  }
  const dropped = lastOf(picture, 'line.dropped');
  if (dropped !== undefined && lineIsLost(picture) && callBackDecision(picture) === undefined) {
    return {
      kind: 'dropped',
      title: 'Call dropped',
      since: dropped.at,
      sentence: ringBack(person, mannerNow(picture).manner).sentence,
    };
  }
  const stopped = stopUnanswered(picture);
  if (stopped !== undefined) {
    return {
      kind: 'stopped',
      title: 'Is the caller still there?',
      since: stopped.data.lastEventAt,
      sentence: 'Lantern stopped and came back. Speak first. If nobody answers, the call was cut off.',
    };
  }
  return contactLoud(picture, now, words.chase) ?? handoverLoud(picture, now) ?? outage(hub);
}

/** The emergency services have it, and nobody has said that somebody is with the person (H36). */
function contactLoud(picture: Picture, now: UtcMs, chase: string): Loud | undefined {
  const taken = emergencyNow(picture);
  if (taken?.type !== 'emergency.handedOver' || !contactIsOwed(picture)) return undefined;
  const { expectedBy } = taken.data;
  const isLate = expectedBy !== undefined && expectedBy <= now;
  return {
    kind: 'contact',
    title: isLate ? 'Late: nobody is there yet' : 'They have it, nobody is there yet',
    since: taken.at,
    sentence: isLate ? chase : 'Stay with the person until somebody is with them.',
  };
}

/** A hand-over nobody took stays the desk's, the call closed or not: refused (H12) or not answered yet (H10). */
export function handoverLoud(picture: Picture, now: UtcMs): Loud | undefined {
  const referral = referralNow(picture);
  if (referral.state === 'declined') {
    const { sent, by } = referral;
    return {
      kind: 'declined',
      title: 'Declined: nobody has this person',
      since: whenOf(picture, by ?? sent),
      sentence: `${sent.data.to} said no. Send it again elsewhere, or talk another door through.`,
    };
  }
  if (referral.state !== 'sent') return undefined;
  const { sent, chase } = referral;
  if (chase.dueAt <= now) {
    return {
      kind: 'handover',
      title: 'Chase now: nobody has this person',
      since: whenOf(picture, sent),
      sentence: `${sent.data.to} has not answered. Ring them again, and write down what they say.`,
    };
  }
  return {
    kind: 'handover',
    title: 'Sent, not yet acknowledged',
    since: whenOf(picture, sent),
    sentence: `${sent.data.to} has not said that they have this person.`,
  };
}

export function outage(hub: HubState): Loud | undefined {
  if (hub.reach !== 'away') return undefined;
  return {
    kind: 'outage',
    title: 'Hub away',
    since: hub.since,
    sentence: 'Carry on: every word is kept on this PC and goes to the hub by itself when it is back.',
  };
}
