import { type UtcMs } from '../time.ts';
import {
  closingOf,
  contactNow,
  contactTask,
  callBackDecision,
  emergencyNow,
  lineIsLost,
  openTasks,
} from './facts.ts';
import { type EventOf, lastOf, type Picture } from './picture.ts';
import { referralNow } from './referral.ts';

/** What a call still owes somebody. Open or closed, it is owed until an event says otherwise. */
export interface Owed {
  readonly kind: 'emergency' | 'contact' | 'callBack' | 'declined' | 'handover' | 'task';
  /** The event it comes from: its author and desk own it unless `owner` names somebody. */
  readonly from:
    | EventOf<'emergency.raised'>
    | EventOf<'emergency.handedOver'>
    | EventOf<'line.dropped'>
    | EventOf<'handover.sent'>
    | EventOf<'task.opened'>;
  readonly owner?: string;
  /** UTC. None means that it is owed now. */
  readonly dueAt?: UtcMs;
}

/**
 * Everything owed in one call: an emergency that nobody has confirmed, a caller who was lost (H4), a hand-over that
 * nobody has acknowledged (H10) or that was declined with nothing sent since (H12), and tasks. In this order always.
 */
export function owedIn(picture: Picture): readonly Owed[] {
  return [
    ...emergencyOwed(picture),
    ...callBackOwed(picture),
    ...handoverOwed(picture),
    ...openTasks(picture).map((from): Owed => ({
      kind: 'task',
      from,
      owner: from.data.owner,
      dueAt: from.data.dueAt,
    })),
  ];
}

/** While the call is open and nobody owns asking: a close needs one or the other, and a task is owed by itself (H36). */
export const contactIsOwed = (picture: Picture): boolean =>
  emergencyNow(picture)?.type === 'emergency.handedOver' &&
  contactNow(picture) === undefined &&
  contactTask(picture) === undefined &&
  closingOf(picture) === undefined;

function emergencyOwed(picture: Picture): readonly Owed[] {
  const from = emergencyNow(picture);
  if (from?.type === 'emergency.raised') return [{ kind: 'emergency', from }];
  if (from?.type !== 'emergency.handedOver' || !contactIsOwed(picture)) return [];
  const { expectedBy } = from.data;
  return [{ kind: 'contact', from, ...(expectedBy === undefined ? {} : { dueAt: expectedBy }) }];
}

function callBackOwed(picture: Picture): readonly Owed[] {
  const from = lastOf(picture, 'line.dropped');
  const isOwed = from !== undefined && lineIsLost(picture) && callBackDecision(picture) === undefined;
  return isOwed ? [{ kind: 'callBack', from }] : [];
}

function handoverOwed(picture: Picture): readonly Owed[] {
  const now = referralNow(picture);
  if (now.state === 'declined') return [{ kind: 'declined', from: now.sent }];
  return now.state === 'sent' ? [{ kind: 'handover', from: now.sent, dueAt: now.chase.dueAt }] : [];
}

/** By time alone: what is owed now, longest first, then by when it is due. Nothing about a person orders it. */
export function compareOwed(a: Owed, b: Owed): number {
  if (a.dueAt === undefined && b.dueAt === undefined) return a.from.at - b.from.at;
  if (a.dueAt === undefined) return -1;
  return b.dueAt === undefined ? 1 : a.dueAt - b.dueAt;
}
