import { type Content } from '../content/schema.ts';
import { type CallEvent } from '../events/event.ts';
import { type NamedPerson, NO_ROUTE } from '../events/vocabulary.ts';
import { type Door, stopsAt } from '../gates/doors.ts';
import { evaluate } from '../gates/evaluate.ts';
import { isReason } from '../referral/decline-reasons.ts';
import {
  chosenRoute,
  closingOf,
  type HandoverState,
  handoverState,
  openTasks,
  serviceCheck,
} from './facts.ts';
import { paperCall, paperTimeFaults, shiftFaults, timedOnPaper } from './paper.ts';
import { type EventOf, eventsOf, lastOf, type Picture, refOf, sameRef } from './picture.ts';
import { handoverIsOurs } from './referral.ts';

const NOT_WAITING = 'That hand-over is not waiting for an answer.';
const NOT_THEIRS = 'They have said no to that hand-over already, or it was never sent.';
/** In a gate's override roles: any named person will do, as G6 asks. */
export const ANYBODY_NAMED = 'anybody named';

/**
 * Why an event is refused now, in sentences for the handler; none when it is taken. The one place where the machine
 * asks: no clinical threshold lives here, gates and signatures are content.
 */
export function refusals(event: CallEvent, picture: Picture, content: Content): readonly string[] {
  const shut = (door: Door): string[] => stopsAt(door, picture, content).map((stop) => stop.say);
  switch (event.type) {
    case 'route.chosen': {
      const { route, urgency } = event.data;
      return [...routeFaults(event, picture, content), ...shut({ door: 'route', route, urgency })];
    }
    case 'handover.sent': {
      const isChosen = chosenRoute(picture)?.data.route === event.data.route;
      return [
        ...(isChosen ? [] : ['This is not the route that is chosen now.']),
        ...shut({ door: 'handOver' }),
      ];
    }
    case 'handover.declined':
      return [
        // Who took the person first and then rings back that they cannot has them no longer (H10).
        ...(['sent', 'acknowledged'].includes(stateOf(event, picture) ?? '') ? [] : [NOT_THEIRS]),
        ...(event.data.code === undefined || isReason(event.data.code)
          ? []
          : ['There is no such reason in the list.']),
      ];
    case 'handover.acknowledged':
    case 'handover.chased':
      return stateOf(event, picture) === 'sent' ? [] : [NOT_WAITING];
    case 'task.closed':
      return openTasks(picture).some((task) => sameRef(refOf(task), event.data.task))
        ? []
        : ['That task is not open.'];
    case 'call.fromPaper':
      return [
        ...(lastOf(picture, 'call.offered')?.data.source === 'paper' && paperCall(picture) === undefined
          ? []
          : ['This call was not begun as one from paper.']),
        ...shiftFaults(event.data, event.at),
      ];
    case 'entry.timed':
      return timedFaults(event, picture);
    case 'call.reopened':
      return !isOpen(picture) && handoverIsOurs(picture)
        ? []
        : ['Only a closed call with a hand-over that nobody has taken is opened again. Add a note instead.'];
    case 'call.closed':
      return shut({ door: 'close', outcome: event.data.outcome });
    case 'gate.overridden':
      return overrideFaults(event, content);
    case 'consult.decided':
      return [
        ...signed(event.data.clinician, content.signatures[event.type]),
        ...decisionFaults(event, content),
      ];
    case 'callBack.decided':
    case 'consent.overridden':
      return signed(event.data.by, content.signatures[event.type]);
    default:
      return [];
  }
}

/** Whether nothing of the above stands against an event. */
export const isTaken = (event: CallEvent, picture: Picture, content: Content): boolean =>
  refusals(event, picture, content).length === 0;

export const isOpen = (picture: Picture): boolean => closingOf(picture) === undefined;

export const safeguardingIsDue = (picture: Picture, content: Content): boolean =>
  evaluate(content.landmarks.safeguardingDue, picture, { content }) === true;

function routeFaults(event: EventOf<'route.chosen'>, picture: Picture, content: Content): string[] {
  const { route: id, urgency, service } = event.data;
  const route = content.route(id);
  if (route === undefined) return ['There is no such route.'];
  const checked = serviceCheck(picture, id)?.data.name;
  return [
    ...(route.urgencies.includes(urgency) ? [] : ['This route is not offered in that time.']),
    // The check is of one place: it says nothing about another.
    ...(route.service && service !== undefined && service !== checked
      ? ['Another service was checked. Check this one.']
      : []),
  ];
}

/** A decision says which routes it is about, each once, where the content asks for that. */
function decisionFaults(event: EventOf<'consult.decided'>, content: Content): string[] {
  const { agreed = [], ruledOut = [] } = event.data;
  const isKnown = (id: string): boolean => id === NO_ROUTE || content.route(id) !== undefined;
  return [
    ...(content.consult.namesRoutes && agreed.length + ruledOut.length === 0
      ? ['Say which routes they agreed to or ruled out.']
      : []),
    ...([...agreed, ...ruledOut].every(isKnown) ? [] : ['There is no such route.']),
    ...(agreed.some((id) => ruledOut.includes(id)) ? ['A route is either agreed to or ruled out.'] : []),
  ];
}

/** Where the hand-over stands that an event is about; undefined when it was never sent. */
function stateOf(
  event: EventOf<'handover.acknowledged'> | EventOf<'handover.declined'> | EventOf<'handover.chased'>,
  picture: Picture,
): HandoverState | undefined {
  const sent = eventsOf(picture, 'handover.sent').find((item) => sameRef(refOf(item), event.data.handover));
  return sent === undefined ? undefined : handoverState(picture, sent);
}

function timedFaults(event: EventOf<'entry.timed'>, picture: Picture): readonly string[] {
  const { target, originalAt } = event.data;
  const form = paperCall(picture);
  if (form === undefined) return ['This call was not on paper: its times are its own.'];
  const isThere = Object.values(picture.byType).some((list) => list.some((item) => sameRef(item, target)));
  return [
    ...(isThere && timedOnPaper(picture, target) === undefined
      ? []
      : ['A time from paper belongs to one entry, and is given once.']),
    ...paperTimeFaults(originalAt, form.data, event.at),
  ];
}

function overrideFaults(event: EventOf<'gate.overridden'>, content: Content): string[] {
  const override = content.gate(event.data.gate)?.override;
  if (override === undefined) return ['Nobody can pass this gate on their word: it has to be met.'];
  if (override.reread && event.data.reread !== true) return ['Read the safety facts again first.'];
  return override.roles.includes(ANYBODY_NAMED) ? [] : signed(event.data.by, override.roles);
}

function signed(person: NamedPerson, roles: readonly string[]): string[] {
  return roles.includes(person.role) ? [] : [`Only a ${roles.join(' or ')} can decide this.`];
}
