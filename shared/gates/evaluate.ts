import {
  type Answer,
  answerTo,
  callBackDecision,
  chosenRoute,
  consentNow,
  contactNow,
  contactTask,
  decisionOn,
  emergencyNow,
  handoverNow,
  handovers,
  handoverState,
  isUnknown,
  lastChange,
  lineIsLost,
  mannerNow,
  planLines,
  serviceCheck,
  serviceOfChoice,
  soonestChosen,
  stopUnanswered,
  openTasks,
  valueIn,
} from '../call/facts.ts';
import { agesHeld, stateHeld, valueHeld } from '../call/stays-said.ts';
import { compareEvents, eventsOf, lastOf, type Picture, refOf, sameRef } from '../call/picture.ts';
import { type Content } from '../content/schema.ts';
import { type CallEvent } from '../events/event.ts';
import { NO_ROUTE, type OutcomeCode, type UrgencyCode, urgencyCodes } from '../events/vocabulary.ts';
import { assertNever } from '../result.ts';
import { type Condition, type RecordedThing } from './condition.ts';

/** Three-valued (Kleene). Only `true` ever opens a gate. */
export type Truth = true | false | 'unknown';

/** What a condition is asked about, beside the picture. */
export interface Question {
  readonly content: Content;
  /** The route being looked at; the chosen one when absent. */
  readonly route?: string;
  /** How soon; the soonest the route offers when absent. */
  readonly urgency?: UrgencyCode;
  /** The outcome the handler proposes to close with. */
  readonly outcome?: OutcomeCode;
  /** The newest fact the gate turns on: a decision taken before it was known does not count. */
  readonly since?: CallEvent;
}

/** Whether a condition holds for this picture. Pure; total over the vocabulary. */
export function evaluate(condition: Condition, picture: Picture, about: Question): Truth {
  if ('all' in condition) return all(condition.all.map((part) => evaluate(part, picture, about)));
  if ('any' in condition) return any(condition.any.map((part) => evaluate(part, picture, about)));
  if ('not' in condition) return not(evaluate(condition.not, picture, about));
  if ('answer' in condition) {
    const state = stateHeld(picture, condition.answer, about.content);
    return state === 'yes' || state === 'no' ? state === condition.is : 'unknown';
  }
  if ('answered' in condition) return answerTo(picture, condition.answered) !== undefined;
  if ('notKnown' in condition) {
    return condition.notKnown.some((id) => {
      const answer = answerTo(picture, id);
      return answer !== undefined && isUnknown(answer.data.state);
    });
  }
  if ('field' in condition) {
    const value = valueHeld(picture, condition.of, condition.field, about.content);
    return value === undefined || value === 'notKnown' ? 'unknown' : condition.is.includes(value);
  }
  if ('ageUnder' in condition) return ageUnder(picture, condition.ageUnder, about.content);
  if ('recorded' in condition) return recorded(condition.recorded, picture, about.since);
  if ('consent' in condition) {
    const consent = consentNow(picture);
    return consent === undefined ? 'unknown' : condition.consent.includes(consent.data.state);
  }
  if ('agreed' in condition) {
    const decision = decisionOn(picture, routeInQuestion(picture, about));
    return decision !== undefined && !decision.ruledOut && isAfter(decision.event, about.since);
  }
  if ('ruledOut' in condition) return decisionOn(picture, routeInQuestion(picture, about))?.ruledOut === true;
  if ('chosen' in condition) {
    const chosen = chosenRoute(picture);
    return chosen !== undefined && condition.chosen.includes(chosen.data.route);
  }
  if ('chosenUrgency' in condition) {
    const chosen = chosenRoute(picture);
    return chosen !== undefined && condition.chosenUrgency.includes(chosen.data.urgency);
  }
  if ('outcome' in condition) return about.outcome !== undefined && condition.outcome.includes(about.outcome);
  if ('outcomeFitsRoute' in condition) return outcomeFitsRoute(picture, about);
  if ('serviceFits' in condition) return serviceFits(picture, about);
  if ('sameSinceCheck' in condition) return sameSinceCheck(condition.sameSinceCheck, picture, about);
  if ('chosenServiceLooked' in condition) return chosenServiceLooked(picture);
  if ('takenWithinHours' in condition) return takenWithin(condition.takenWithinHours, picture, about.since);
  if ('slowerThanChosen' in condition) return slowerThanChosen(picture, about);
  if ('silent' in condition) return mannerNow(picture).manner === 'silent';
  if ('lineLost' in condition) return lineIsLost(picture);
  if ('stopUnanswered' in condition) return stopUnanswered(picture) !== undefined;
  return assertNever(condition);
}

function all(parts: readonly Truth[]): Truth {
  if (parts.includes(false)) return false;
  return parts.includes('unknown') ? 'unknown' : true;
}

function any(parts: readonly Truth[]): Truth {
  if (parts.includes(true)) return true;
  return parts.includes('unknown') ? 'unknown' : false;
}

const not = (part: Truth): Truth => (part === 'unknown' ? 'unknown' : !part);

/** The youngest age that counts: once it is under, it stays under. */
function ageUnder(picture: Picture, years: number, content: Content): Truth {
  const ages = agesHeld(picture, content).map((answer) => isUnder(answer, years, content.landmarks.age));
  return ages.includes(true) ? true : (ages.at(-1) ?? 'unknown');
}

function isUnder(answer: Answer, years: number, where: Content['landmarks']['age']): Truth {
  const age = valueIn(answer, where.years);
  if (age !== undefined && /^[0-9]{1,3}$/.test(age)) return Number(age) < years;
  const band = where.bands[valueIn(answer, where.band) ?? ''];
  if (band === undefined) return 'unknown';
  const [youngest, oldest] = band;
  if (oldest < years) return true;
  return youngest >= years ? false : 'unknown';
}

function recorded(thing: RecordedThing, picture: Picture, since: CallEvent | undefined): boolean {
  switch (thing) {
    case 'consultDecided':
      return isAfter(lastOf(picture, 'consult.decided'), since);
    case 'safeguarding':
      return isAfter(lastOf(picture, 'safeguarding.recorded'), since);
    case 'callBackDecision':
      return callBackDecision(picture) !== undefined;
    case 'sayBack':
      return isAfter(lastOf(picture, 'sayBack.recorded'), since);
    case 'handoverAcknowledged':
      return handovers(picture).some((handover) => handoverState(picture, handover) === 'acknowledged');
    case 'owningTask':
      return isChased(picture, since);
    // A no ends the chase that was begun before it: somebody has to take it up again (H12).
    case 'chaseTask':
      return isChased(picture, since) && isChased(picture, lastOf(picture, 'handover.declined'));
    case 'openTask':
      return openTasks(picture).some((task) => isAfter(task, since));
    case 'emergencyRaised':
      return emergencyNow(picture) !== undefined;
    case 'emergencyReference':
      return emergencyNow(picture)?.type === 'emergency.handedOver';
    case 'emergencyStoodDown':
      return emergencyNow(picture)?.type === 'emergency.stoodDown';
    case 'emergencyContact':
      return contactNow(picture) !== undefined;
    case 'contactTask':
      return contactTask(picture) !== undefined;
    case 'consentOverride':
      return isAfter(lastOf(picture, 'consent.overridden'), since);
    case 'planUntil':
      return planLines(picture, 'until').length > 0;
    case 'planIfWorse':
      return planLines(picture, 'ifWorse').length > 0;
    case 'route':
      return chosenRoute(picture) !== undefined;
    default:
      return assertNever(thing);
  }
}

/** A chase is after something that was sent. */
const isChased = (picture: Picture, since: CallEvent | undefined): boolean =>
  handovers(picture).length > 0 &&
  openTasks(picture).some((task) => task.data.kind === 'chaseHandover' && isAfter(task, since));

/** Whether a decision was taken, and with the fact in `since` already known. */
export function isAfter(decision: CallEvent | undefined, since: CallEvent | undefined): boolean {
  return decision !== undefined && (since === undefined || compareEvents(since, decision) < 0);
}

const routeInQuestion = (picture: Picture, about: Question): string =>
  about.route ?? chosenRoute(picture)?.data.route ?? NO_ROUTE;

function serviceFits(picture: Picture, about: Question): Truth {
  const route = about.route ?? chosenRoute(picture)?.data.route;
  const check = route === undefined ? undefined : serviceCheck(picture, route);
  if (check === undefined) return 'unknown';
  return all(Object.values(check.data.fits).map((fit) => (fit === 'notKnown' ? 'unknown' : fit === 'yes')));
}

function sameSinceCheck(
  restsOn: readonly { readonly of: string; readonly fields: readonly string[] }[],
  picture: Picture,
  about: Question,
): boolean {
  const check = serviceCheck(picture, routeInQuestion(picture, about));
  if (check === undefined) return true;
  return restsOn.every(({ of, fields }) => {
    const change = lastChange(picture, of, fields);
    return change === undefined || isAfter(check, change);
  });
}

function chosenServiceLooked(picture: Picture): boolean {
  const chosen = chosenRoute(picture);
  const newest = chosen && serviceCheck(picture, chosen.data.route);
  if (chosen === undefined || newest === undefined || isAfter(chosen, newest)) return true;
  return newest.data.name === serviceOfChoice(picture, chosen);
}

const HOUR = 3_600_000;
/** Taken with the fact in `since` already known, by somebody who could be told of it. */
function takenWithin(hours: number, picture: Picture, since: CallEvent | undefined): boolean {
  const now = handoverNow(picture);
  if (now?.state !== 'acknowledged') return false;
  const taken = eventsOf(picture, 'handover.acknowledged').findLast((event) =>
    sameRef(event.data.handover, refOf(now.sent)),
  );
  const {
    at: sentAt,
    data: { promisedBy },
  } = now.sent;
  const inTime = promisedBy !== undefined && promisedBy >= sentAt && promisedBy <= sentAt + hours * HOUR;
  return inTime && isAfter(taken, since);
}

function slowerThanChosen(picture: Picture, about: Question): boolean {
  const before = soonestChosen(picture);
  const offered = about.content.route(about.route ?? '')?.urgencies ?? [];
  const now = about.urgency ?? urgencyCodes.find((code) => offered.includes(code));
  if (before === undefined || now === undefined) return false;
  return urgencyCodes.indexOf(now) > urgencyCodes.indexOf(before);
}

/**
 * Which national outcome a call may end with. 06 follows an emergency that was handed over; 01 a caller who was
 * lost or never spoke; otherwise the chosen route lists its own. Without a route only 98 is left.
 */
function outcomeFitsRoute(picture: Picture, about: Question): boolean {
  const { outcome, content } = about;
  if (outcome === undefined) return false;
  if (emergencyNow(picture)?.type === 'emergency.handedOver') return outcome === '06';
  if (outcome === '06') return false;
  if (outcome === '01') {
    const isSilent = mannerNow(picture).manner === 'silent';
    return isSilent || lineIsLost(picture) || lastOf(picture, 'call.answered') === undefined;
  }
  const route = chosenRoute(picture)?.data.route;
  if (route === undefined) return outcome === '98';
  return content.route(route)?.outcomes.includes(outcome) ?? false;
}
