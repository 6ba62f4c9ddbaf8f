import {
  answersTo,
  answerTo,
  chosenRoute,
  lastChange,
  overridesOf,
  serviceCheck,
  strikesOfAnswersTo,
} from '../call/facts.ts';
import { compareEvents, type EventOf, eventsOf, lastAmong, lastOf, type Picture } from '../call/picture.ts';
import { type Content, type Gate, type GateCheck } from '../content/schema.ts';
import { type OutcomeCode, type UrgencyCode } from '../events/vocabulary.ts';
import { type CallEvent } from '../events/event.ts';
import { type RecordedThing } from './condition.ts';
import { evaluate, isAfter } from './evaluate.ts';
import { type Reads, readsOf } from './reads.ts';

/** Why a gate keeps a door shut. A named override opens it; unknown and false both keep it shut. */
export interface Stop {
  readonly gate: Gate;
  /** `stop`: known not to hold. `unknown`: cannot be told from what is recorded. */
  readonly verdict: 'stop' | 'unknown';
  readonly say: string;
  /** Questions that nobody has put yet, where that is what is missing. */
  readonly unasked: readonly string[];
}

/** The three doors: choosing a route, handing over, leaving the call. Nothing else is ever shut. */
export type Door =
  | { readonly door: 'route'; readonly route: string; readonly urgency?: UrgencyCode }
  | { readonly door: 'handOver' }
  | { readonly door: 'close'; readonly outcome?: OutcomeCode };

/**
 * Everything that keeps a door shut now, in content's order. An empty list is an open door. The gates of the chosen
 * route are asked again before handing over and before closing: what was learnt since counts.
 */
export function stopsAt(door: Door, picture: Picture, content: Content): readonly Stop[] {
  const doors = [...askedAgain(door, picture), door];
  return content.gates.flatMap((gate) =>
    gate.checks.flatMap((check) =>
      doors
        .filter((each) => guards(check, each, door, content))
        .flatMap((each) => stopOf(gate, check, each, picture, content)),
    ),
  );
}

/** Outcomes of a caller who was lost, or whom emergency services have: the chosen route no longer ends the call. */
const PAST_THE_ROUTE: readonly (OutcomeCode | undefined)[] = ['01', '06'];

function askedAgain(door: Door, picture: Picture): readonly Door[] {
  const chosen = chosenRoute(picture)?.data;
  if (chosen === undefined || door.door === 'route') return [];
  if (door.door === 'close' && PAST_THE_ROUTE.includes(door.outcome)) return [];
  return [{ door: 'route', route: chosen.route, urgency: chosen.urgency }];
}

function guards(check: GateCheck, door: Door, asked: Door, content: Content): boolean {
  if (check.at.door !== door.door) return false;
  // How soon was settled when the route was chosen; only choosing again raises it again.
  if (asked.door !== 'route' && readsOf(check, content).kinds.has('slowerThanChosen')) return false;
  return check.at.door !== 'route' || (door.door === 'route' && check.at.routes.includes(door.route));
}

function stopOf(gate: Gate, check: GateCheck, door: Door, picture: Picture, content: Content): Stop[] {
  const reads = readsOf(check, content);
  const since = newestFact(reads, door, picture);
  const passes = (word: EventOf<'gate.overridden'>): boolean =>
    isAfter(word, since) && (!isOfService(reads) || isAbout(word, door, picture));
  if (gate.override !== undefined && overridesOf(picture, gate.id).some(passes)) return [];
  const truth = evaluate(check.passIf, picture, {
    content,
    ...(since === undefined ? {} : { since }),
    ...(door.door === 'route' ? { route: door.route } : {}),
    ...(door.door === 'route' && door.urgency !== undefined ? { urgency: door.urgency } : {}),
    ...(door.door === 'close' && door.outcome !== undefined ? { outcome: door.outcome } : {}),
  });
  if (truth === true) return [];
  return [
    { gate, verdict: truth === false ? 'stop' : 'unknown', say: check.say, unasked: unasked(reads, picture) },
  ];
}

const isOfService = ({ kinds }: Reads): boolean => kinds.has('serviceFits') || kinds.has('sameSinceCheck');

/** A word about a service is about the one that was looked at last before it. */
function isAbout(word: EventOf<'gate.overridden'>, door: Door, picture: Picture): boolean {
  const looked = eventsOf(picture, 'service.checked').findLast((event) => compareEvents(event, word) < 0);
  return door.door === 'route' && looked?.data.route === door.route;
}

/** Records that belong to the choice they were made for. */
const OF_THE_CHOICE: readonly RecordedThing[] = ['sayBack', 'owningTask', 'chaseTask', 'openTask'];

/**
 * The newest fact a check turns on. A named decision stands for what was known when it was taken: when something
 * new is said afterwards, or what was said is struck through, the gate asks again.
 */
function newestFact(reads: Reads, door: Door, picture: Picture): CallEvent | undefined {
  const { kinds, records } = reads;
  const facts: (CallEvent | undefined)[] = reads.questions.flatMap((id) => [
    answersTo(picture, id).at(-1),
    ...strikesOfAnswersTo(picture, id),
  ]);
  // What is said again the same is no news of what a service check rests on.
  facts.push(...reads.restsOn.map(({ of, fields }) => lastChange(picture, of, fields)));
  if (kinds.has('slowerThanChosen')) facts.push(lastOf(picture, 'route.chosen'));
  // Ending without a route is decided each time one was given up.
  if (records.has('route')) facts.push(lastOf(picture, 'route.withdrawn'));
  if (kinds.has('consent')) facts.push(lastOf(picture, 'consent.recorded'));
  // What was said back, and who chases, belong to the choice that was made last, giving one up included.
  if (OF_THE_CHOICE.some((thing) => records.has(thing)))
    facts.push(lastAmong(picture, ['route.chosen', 'route.withdrawn']));
  if (door.door === 'route' && isOfService(reads)) facts.push(serviceCheck(picture, door.route));
  let newest: CallEvent | undefined;
  for (const fact of facts)
    if (fact !== undefined && (newest === undefined || compareEvents(newest, fact) < 0)) newest = fact;
  return newest;
}

const unasked = (reads: Reads, picture: Picture): readonly string[] =>
  reads.answered.filter((id) => answerTo(picture, id) === undefined);

/** What the options view shows of one route: facts for and against it in the service's words, and whether it is open. */
export interface Option {
  readonly route: Content['routes'][number];
  readonly pointsTo: readonly string[];
  readonly pointsAway: readonly string[];
  readonly stops: readonly Stop[];
}

/** Every route in content's order: never sorted, counted or marked by what was recorded (NICE NG225). */
export function options(picture: Picture, content: Content): readonly Option[] {
  return content.routes.map((route) => {
    const about = { content, route: route.id };
    const holding = (pointers: typeof route.pointsTo): string[] =>
      pointers
        .filter((pointer) => evaluate(pointer.when, picture, about) === true)
        .map((pointer) => pointer.say);
    return {
      route,
      pointsTo: holding(route.pointsTo),
      pointsAway: holding(route.pointsAway),
      stops: stopsAt({ door: 'route', route: route.id }, picture, content),
    };
  });
}

/** National outcomes the call could end with as things stand, in content's order. */
export function possibleOutcomes(picture: Picture, content: Content): readonly OutcomeCode[] {
  return content.outcomes
    .map((outcome) => outcome.code)
    .filter((outcome) => evaluate({ outcomeFitsRoute: true }, picture, { content, outcome }) === true);
}
