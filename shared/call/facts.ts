import {
  type AnswerState,
  type Channel,
  type EventRef,
  type Manner,
  type UrgencyCode,
  urgencyCodes,
} from '../events/vocabulary.ts';
import { type Content } from '../content/schema.ts';
import { type CallEvent } from '../events/event.ts';
import { type UtcMs } from '../time.ts';
import { type Answer, answered } from './answer-index.ts';
import {
  compareEvents,
  type EventOf,
  eventsOf,
  lastAmong,
  lastOf,
  type Picture,
  refOf,
  sameRef,
  strikeOf,
} from './picture.ts';

/** Selectors: what the picture says now. Every one is pure and reads only the picture. */

export { type Answer };
export type Handover = EventOf<'handover.sent'>;

/** All answers to a question, oldest first, struck ones included. */
export const answersTo = (picture: Picture, question: string): readonly Answer[] =>
  answered(picture, question).all;

/** The answer that holds now: the newest that was not struck through. */
export const answerTo = (picture: Picture, question: string): Answer | undefined =>
  answered(picture, question).holding;

/** What struck answers to a question through. */
export const strikesOfAnswersTo = (picture: Picture, question: string): readonly EventOf<'entry.struck'>[] =>
  answered(picture, question).strikes;

/** A field's value in the answer that holds now. Empty, or beside an answer that is unknown, it counts as none. */
export function fieldOf(picture: Picture, question: string, field: string): string | undefined {
  const answer = answerTo(picture, question);
  return answer && valueIn(answer, field);
}

/** Everything that was said of where they are, for looking a postcode up in. */
export function whereText(picture: Picture, content: Content): string {
  const answer = answerTo(picture, content.landmarks.whereNow.question);
  return Object.values(answer?.data.fields ?? {})
    .join(' ')
    .trim();
}

/** A field's value in this answer; none beside an answer that is unknown. */
export function valueIn({ data: { state, fields } }: Answer, field: string): string | undefined {
  const value = isUnknown(state) ? undefined : fields?.[field]?.trim();
  return value === '' ? undefined : value;
}

/**
 * The event at which what these fields hold last became something else: an answer, or a strike that brought an older one
 * back. None while they never held anything. Saying the same again is no change.
 */
export function lastChange(
  picture: Picture,
  question: string,
  fields: readonly string[],
): Answer | EventOf<'entry.struck'> | undefined {
  const { all, strikes } = answered(picture, question);
  const told = strikes.length === 0 ? all : [...all, ...strikes].toSorted(compareEvents);
  const standing: Answer[] = [];
  let value = valueOf(undefined, fields);
  let changed: Answer | EventOf<'entry.struck'> | undefined;
  for (const event of told) {
    if (event.type === 'answer.recorded') standing.push(event);
    else drop(standing, event.data.target);
    const now = valueOf(standing.at(-1), fields);
    if (now === value) continue;
    [value, changed] = [now, event];
  }
  return changed;
}

function drop(answers: Answer[], target: EventRef): void {
  const at = answers.findLastIndex((answer) => sameRef(refOf(answer), target));
  if (at >= 0) answers.splice(at, 1);
}

const valueOf = (answer: Answer | undefined, fields: readonly string[]): string =>
  JSON.stringify(fields.map((field) => (answer === undefined ? null : (valueIn(answer, field) ?? null))));

/** True for the three kinds of not knowing. None of them is a no (H18). */
export const isUnknown = (state: AnswerState): boolean =>
  state === 'notKnown' || state === 'declined' || state === 'couldNotAsk';

/** The close that holds now; none while the call is open, or open again. */
export function closingOf(picture: Picture): EventOf<'call.closed'> | undefined {
  const last = lastAmong(picture, ['call.closed', 'call.reopened']);
  return last?.type === 'call.closed' ? last : undefined;
}

/** The route chosen now, unless it was withdrawn. */
export function chosenRoute(picture: Picture): EventOf<'route.chosen'> | undefined {
  const last = lastAmong(picture, ['route.chosen', 'route.withdrawn']);
  return last?.type === 'route.chosen' ? last : undefined;
}

/** The newest check of a service for a route. */
export function serviceCheck(picture: Picture, route: string): EventOf<'service.checked'> | undefined {
  return eventsOf(picture, 'service.checked').findLast((event) => event.data.route === route);
}

/** The service that was chosen: by its name, or the one looked at last before. Nothing where none was. */
export function serviceOfChoice(picture: Picture, chosen: EventOf<'route.chosen'>): string | undefined {
  const looked = eventsOf(picture, 'service.checked').findLast(
    (event) => event.data.route === chosen.data.route && compareEvents(event, chosen) < 0,
  );
  return chosen.data.service ?? looked?.data.name;
}

/** Whether the caller was cut off and has not been reached since. */
export function lineIsLost(picture: Picture): boolean {
  return lastAmong(picture, ['line.dropped', 'callBack.reached'])?.type === 'line.dropped';
}

/** How the person talks now: as offered, until somebody says otherwise. */
export function mannerNow(picture: Picture): { readonly channel: Channel; readonly manner: Manner } {
  const adapted = lastOf(picture, 'call.adapted');
  if (adapted !== undefined) return adapted.data;
  return { channel: lastOf(picture, 'call.offered')?.data.channel ?? 'phone', manner: 'open' };
}

/**
 * The soonest response chosen so far in this call, by the order of urgency (never by the number). A choice that
 * was withdrawn still counts: going slower afterwards is a decision (H5).
 */
export function soonestChosen(picture: Picture): UrgencyCode | undefined {
  const chosen = new Set(eventsOf(picture, 'route.chosen').map((event) => event.data.urgency));
  return urgencyCodes.find((code) => chosen.has(code));
}

/**
 * When to ring next somebody who was cut off: the content's minutes after the line went, one for each try so far.
 * None once they were reached, or after the last: then somebody decides by name. UTC milliseconds.
 */
export function nextCallBack(picture: Picture, afterMinutes: readonly number[]): UtcMs | undefined {
  const drop = lastOf(picture, 'line.dropped');
  if (drop === undefined || !lineIsLost(picture)) return undefined;
  const tries = eventsOf(picture, 'callBack.attempted').filter((event) => compareEvents(drop, event) < 0);
  const minutes = afterMinutes[tries.length];
  return minutes === undefined ? undefined : drop.at + minutes * 60_000;
}

/** A named decision about somebody who was cut off and not reached, or who never spoke. */
export function callBackDecision(picture: Picture): EventOf<'callBack.decided'> | undefined {
  const drop = lastOf(picture, 'line.dropped');
  const decided = lastOf(picture, 'callBack.decided');
  if (decided === undefined) return undefined;
  return drop === undefined || compareEvents(drop, decided) < 0 ? decided : undefined;
}

/** Where the emergency stands: the newest event that moved it. A refusal by control does not move it. */
export function emergencyNow(
  picture: Picture,
):
  EventOf<'emergency.raised'> | EventOf<'emergency.handedOver'> | EventOf<'emergency.stoodDown'> | undefined {
  return lastAmong(picture, ['emergency.raised', 'emergency.handedOver', 'emergency.stoodDown']);
}

/** Who said that somebody is with the person, since the emergency services took it (H36). */
export function contactNow(picture: Picture): EventOf<'emergency.contactConfirmed'> | undefined {
  const now = emergencyNow(picture);
  const contact = lastOf(picture, 'emergency.contactConfirmed');
  const counts = now?.type === 'emergency.handedOver' && contact !== undefined && isAfter(contact, now);
  return counts ? contact : undefined;
}

/** The open task of asking whether somebody is with the person, opened since the emergency services took it. */
export function contactTask(picture: Picture): EventOf<'task.opened'> | undefined {
  const now = emergencyNow(picture);
  if (now?.type !== 'emergency.handedOver') return undefined;
  return openTasks(picture).find((task) => task.data.kind === 'confirmContact' && isAfter(task, now));
}

/**
 * The desk stopped in this call and came back, and nobody has said since whether the caller is still there (H35). A
 * caller who is taken off hold, rung back or cut off has been spoken about.
 */
export function stopUnanswered(picture: Picture): EventOf<'call.resumed'> | undefined {
  const last = lastAmong(picture, [
    'call.resumed',
    'line.confirmed',
    'line.resumed',
    'line.dropped',
    'callBack.reached',
  ]);
  if (last?.type !== 'call.resumed' || lineIsLost(picture)) return undefined;
  const answered = lastOf(picture, 'call.answered');
  return answered !== undefined && isAfter(last, answered) ? last : undefined;
}

const isAfter = (event: CallEvent, before: CallEvent): boolean => compareEvents(before, event) < 0;

export type HandoverState = 'sent' | 'acknowledged' | 'declined';

/** Whether anybody has said that they have the person. "Sent" is not "has them" (H10). */
export function handoverState(picture: Picture, handover: Handover): HandoverState {
  const answers = [...eventsOf(picture, 'handover.acknowledged'), ...eventsOf(picture, 'handover.declined')]
    .filter((event) => sameRef(event.data.handover, refOf(handover)))
    .toSorted(compareEvents);
  const last = answers.at(-1);
  if (last === undefined) return 'sent';
  return last.type === 'handover.acknowledged' ? 'acknowledged' : 'declined';
}

/** Hand-overs of the route chosen now. */
export function handovers(picture: Picture): readonly Handover[] {
  const route = chosenRoute(picture);
  return eventsOf(picture, 'handover.sent').filter(
    (sent) => route !== undefined && sent.data.route === route.data.route && compareEvents(route, sent) < 0,
  );
}

/** Every time a gate was passed on a named person's word, oldest first. */
export function overridesOf(picture: Picture, gate: string): readonly EventOf<'gate.overridden'>[] {
  return eventsOf(picture, 'gate.overridden').filter((event) => event.data.gate === gate);
}

/**
 * The last word of a clinician on a route, NO_ROUTE for ending without one. A decision that lists no routes, as they
 * were written before content asked for it, is a word on every route.
 */
export function decisionOn(
  picture: Picture,
  route: string,
): { readonly event: EventOf<'consult.decided'>; readonly ruledOut: boolean } | undefined {
  const event = eventsOf(picture, 'consult.decided').findLast(({ data: { agreed, ruledOut } }) => {
    if (agreed === undefined && ruledOut === undefined) return true;
    return agreed?.includes(route) === true || ruledOut?.includes(route) === true;
  });
  return event && { event, ruledOut: event.data.ruledOut?.includes(route) === true };
}

/** Consent to share as it stands. */
export function consentNow(picture: Picture): EventOf<'consent.recorded'> | undefined {
  return lastOf(picture, 'consent.recorded');
}

/** Notes, oldest first, struck ones included: see `strikeOf`. */
export const notes = (picture: Picture): readonly EventOf<'note.added'>[] => eventsOf(picture, 'note.added');

/** Plan lines under a heading that still hold. */
export function planLines(picture: Picture, heading: string): readonly EventOf<'plan.recorded'>[] {
  return eventsOf(picture, 'plan.recorded').filter(
    (line) => line.data.heading === heading && strikeOf(picture, line) === undefined,
  );
}

/** Tasks that nobody has ended yet, in the order they were opened. */
export function openTasks(picture: Picture): readonly EventOf<'task.opened'>[] {
  const ended = eventsOf(picture, 'task.closed').map((event) => event.data.task);
  return eventsOf(picture, 'task.opened').filter((task) => !ended.some((ref) => sameRef(ref, refOf(task))));
}

/** The newest hand-over of the route chosen now, and what came of it. None once the route was given up. */
export function handoverNow(
  picture: Picture,
): { readonly sent: Handover; readonly state: HandoverState } | undefined {
  const sent = handovers(picture).at(-1);
  return sent === undefined ? undefined : { sent, state: handoverState(picture, sent) };
}
