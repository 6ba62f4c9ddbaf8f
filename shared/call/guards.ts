import { type Content } from '../content/schema.ts';
import { type CallEvent } from '../events/event.ts';
import { type Stop, stopsAt } from '../gates/doors.ts';
import { evaluate } from '../gates/evaluate.ts';
import { handoverState } from './facts.ts';
import { eventsOf, lastOf, type Picture, refOf, sameRef } from './picture.ts';

/** What the machine asks before it takes an event. No clinical threshold lives here: the gates are content. */
export function guardsFor(content: Content) {
  return {
    safeguardingIsDue: (picture: Picture): boolean =>
      evaluate(content.landmarks.safeguardingDue, picture, { content }) === true,
    isOpen: (picture: Picture): boolean => lastOf(picture, 'call.closed') === undefined,
    routeIsOpen(picture: Picture, event: CallEvent): boolean {
      if (event.type !== 'route.chosen') return false;
      const route = content.route(event.data.route);
      if (route === undefined || !route.urgencies.includes(event.data.urgency)) return false;
      const { urgency } = event.data;
      return stopsAt({ door: 'route', route: route.id, urgency }, picture, content).length === 0;
    },
    mayHandOver: (picture: Picture, event: CallEvent): boolean =>
      event.type === 'handover.sent' &&
      lastOf(picture, 'route.chosen')?.data.route === event.data.route &&
      stopsAt({ door: 'handOver' }, picture, content).length === 0,
    handoverIsOpen(picture: Picture, event: CallEvent): boolean {
      if (event.type !== 'handover.acknowledged' && event.type !== 'handover.declined') return false;
      const sent = eventsOf(picture, 'handover.sent').find((item) =>
        sameRef(refOf(item), event.data.handover),
      );
      return sent !== undefined && handoverState(picture, sent) === 'sent';
    },
    mayClose: (picture: Picture, event: CallEvent): boolean =>
      event.type === 'call.closed' &&
      stopsAt({ door: 'close', outcome: event.data.outcome }, picture, content).length === 0,
    mayOverride(event: CallEvent): boolean {
      if (event.type !== 'gate.overridden') return false;
      const override = content.gate(event.data.gate)?.override;
      if (override === undefined || (override.reread && event.data.reread !== true)) return false;
      return override.roles.includes(ANYBODY_NAMED) || override.roles.includes(event.data.by.role);
    },
  };
}

/** In a gate's override roles: any named person will do, as G6 asks. */
export const ANYBODY_NAMED = 'anybody named';

/** Why an event is refused now, in the handler's words; nothing when it would be taken for these doors. */
export function whyRefused(event: CallEvent, picture: Picture, content: Content): readonly Stop[] {
  if (event.type === 'route.chosen') {
    const { route, urgency } = event.data;
    return stopsAt({ door: 'route', route, urgency }, picture, content);
  }
  if (event.type === 'handover.sent') return stopsAt({ door: 'handOver' }, picture, content);
  if (event.type === 'call.closed')
    return stopsAt({ door: 'close', outcome: event.data.outcome }, picture, content);
  return [];
}
