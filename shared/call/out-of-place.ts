import { type CallEvent } from '../events/event.ts';
import { type CallSnapshot } from './machine.ts';

const UNANSWERED = 'This call has not been answered yet. Answer it first.';
const CLOSED =
  'This call is closed. What is learnt now is kept all the same: add it as a note, an answer or a task.';
const NO_ROUTE_YET = 'No route is chosen yet. Choose one first.';

/**
 * Why an event has no place at this point of the call, in a sentence that says what would have to come first; nothing
 * where the chart has a place for it. What the guards ask beyond that is `refusals`.
 */
export function outOfPlace(event: CallEvent, snapshot: CallSnapshot): string | undefined {
  const around = snapshot.matches({ conversation: 'offered' })
    ? UNANSWERED
    : snapshot.matches({ conversation: 'closed' })
      ? CLOSED
      : undefined;
  switch (event.type) {
    case 'call.answered':
      if (around === UNANSWERED) return undefined;
      return around ?? 'This call has been answered already.';
    case 'call.closed':
      return around === CLOSED ? 'This call is closed already.' : undefined;
    case 'stage.entered':
    case 'route.withdrawn':
      // Only the stages and the withdrawal that are about a route ever come to the second sentence.
      return around ?? (snapshot.can(event) ? undefined : NO_ROUTE_YET);
    case 'route.chosen':
    case 'handover.sent':
      return around;
    case 'emergency.raised':
      return around === CLOSED ? 'This call is closed. Raise the emergency in a new call.' : undefined;
    case 'emergency.handedOver':
    case 'emergency.refused':
    case 'emergency.stoodDown':
      return noEmergency(snapshot);
    case 'line.held':
    case 'line.resumed':
    case 'line.dropped':
      return notThisLine(event.type, snapshot, around === CLOSED);
    case 'callBack.attempted':
    case 'callBack.reached':
      return snapshot.matches({ line: 'dropped' })
        ? undefined
        : 'The caller was not cut off. Say that they were before ringing them back.';
    case 'consult.decided':
      return snapshot.matches({ consult: 'none' })
        ? 'Nobody has been asked yet. Ask for a clinician first, then write down what they decided.'
        : undefined;
    default:
      return undefined;
  }
}

function noEmergency(snapshot: CallSnapshot): string | undefined {
  if (snapshot.matches({ emergency: 'none' })) return 'No emergency is raised in this call. Raise it first.';
  if (snapshot.matches({ emergency: 'handedOver' }))
    return 'The emergency services have this already. If it is not over, raise it again.';
  if (snapshot.matches({ emergency: 'stoodDown' }))
    return 'The emergency was stood down. If there is danger again, raise it again.';
  return undefined;
}

function notThisLine(
  type: 'line.held' | 'line.resumed' | 'line.dropped',
  snapshot: CallSnapshot,
  closed: boolean,
): string | undefined {
  const isLost = snapshot.matches({ line: 'dropped' });
  if (type === 'line.resumed') {
    if (isLost) return 'The caller was cut off, not on hold. Ring back, and write down what came of it.';
    return snapshot.matches({ line: 'onHold' }) ? undefined : 'The caller is not on hold.';
  }
  if (isLost)
    return type === 'line.held'
      ? 'The caller was cut off: there is nobody to put on hold. Ring back first.'
      : 'It is written down already that the caller was cut off.';
  if (closed) return CLOSED;
  return type === 'line.held' && snapshot.matches({ line: 'onHold' })
    ? 'The caller is on hold already.'
    : undefined;
}
