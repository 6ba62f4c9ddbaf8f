import { emergencyNow, lineIsLost } from '../../../shared/call/facts.ts';
import { eventsOf, type Picture } from '../../../shared/call/picture.ts';

/**
 * Whether a call is one after which a handler is offered a pause: an emergency, a caller who was lost and not reached,
 * or a child at risk (H26). It says something about the handler's night, and nothing about the person who rang.
 */
export const wasHard = (picture: Picture): boolean =>
  emergencyNow(picture) !== undefined ||
  lineIsLost(picture) ||
  eventsOf(picture, 'safeguarding.recorded').some((event) => event.data.concern === 'yes');
