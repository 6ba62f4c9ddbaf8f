import { answerTo, chosenRoute, emergencyNow } from '../../../shared/call/facts.ts';
import { type Picture } from '../../../shared/call/picture.ts';
import { type Content, type Gate, type GateCheck } from '../../../shared/content/schema.ts';
import { type Stage } from '../../../shared/events/vocabulary.ts';
import { type Condition, questionsNamed, walk } from '../../../shared/gates/condition.ts';
import { type Stop, stopsAt } from '../../../shared/gates/doors.ts';
import { isAsked } from './asked.ts';

/** Where something that is missing can be put right. */
export type Mend =
  | { readonly to: 'panel'; readonly panel: 'emergency' | 'consult' | 'dropped' | 'safeguarding' }
  | { readonly to: 'stage'; readonly stage: Stage }
  | { readonly to: 'question'; readonly question: string }
  | { readonly to: 'here'; readonly field: 'sayBack' | 'outcome' | 'decision' | 'plan' | 'task' };

const RECORDED: Readonly<Record<string, Mend>> = {
  consultDecided: { to: 'panel', panel: 'consult' },
  safeguarding: { to: 'panel', panel: 'safeguarding' },
  callBackDecision: { to: 'panel', panel: 'dropped' },
  emergencyReference: { to: 'panel', panel: 'emergency' },
  emergencyStoodDown: { to: 'panel', panel: 'emergency' },
  emergencyContact: { to: 'panel', panel: 'emergency' },
  contactTask: { to: 'panel', panel: 'emergency' },
  sayBack: { to: 'here', field: 'sayBack' },
  handoverAcknowledged: { to: 'stage', stage: 'handOver' },
  owningTask: { to: 'stage', stage: 'handOver' },
  chaseTask: { to: 'stage', stage: 'handOver' },
  openTask: { to: 'here', field: 'task' },
  planUntil: { to: 'stage', stage: 'agree' },
  planIfWorse: { to: 'stage', stage: 'agree' },
  consentOverride: { to: 'stage', stage: 'agree' },
};

const CLINICIAN = 'clinician';
export const clinicianMayPass = (gate: Gate): boolean => gate.override?.roles.includes(CLINICIAN) === true;

/** The check behind a stop: the gate's own check with those words. */
const checkOf = (stop: Stop): GateCheck | undefined =>
  stop.gate.checks.find((check) => check.say === stop.say);

/**
 * Where to go to put a stop right, read from what its condition asks for. With the call given, a question that is
 * not asked in it yet (a child's, while no age is known) gives way to the one that decides whether it is.
 */
export function mendOf(
  stop: Stop,
  call?: { readonly picture: Picture; readonly content: Content },
): Mend | undefined {
  const parts = [...walk(checkOf(stop)?.passIf ?? { outcomeFitsRoute: true })];
  const unasked =
    call === undefined
      ? stop.unasked[0]
      : stop.unasked.find((id) => isAskedIn(id, call.picture, call.content));
  if (unasked !== undefined) return { to: 'question', question: unasked };
  if (call !== undefined && stop.unasked.length > 0 && parts.some((part) => 'ageUnder' in part))
    return { to: 'question', question: call.content.landmarks.age.question };
  // Nobody spoke, so nobody can be asked: a named person decides what happens now, on the page for closing.
  if (parts.some((part) => 'silent' in part)) return { to: 'here', field: 'decision' };
  if (parts.some((part) => 'stopUnanswered' in part)) return { to: 'panel', panel: 'dropped' };
  if (parts.some((part) => 'recorded' in part && part.recorded === 'safeguarding'))
    return { to: 'panel', panel: 'safeguarding' };
  if (clinicianMayPass(stop.gate)) return { to: 'panel', panel: 'consult' };
  if (parts.some((part) => 'agreed' in part || 'ruledOut' in part)) {
    const open = call && neverAsked(parts, call.picture, call.content);
    return open === undefined ? { to: 'panel', panel: 'consult' } : { to: 'question', question: open };
  }
  for (const part of parts) {
    const mend = 'recorded' in part ? RECORDED[part.recorded] : undefined;
    // Without a route there is no page for agreeing: the plan is written where the call closes.
    if (mend === undefined) continue;
    const withoutRoute = call !== undefined && chosenRoute(call.picture) === undefined;
    if (mend.to === 'stage' && mend.stage === 'agree' && withoutRoute) return { to: 'here', field: 'plan' };
    return mend;
  }
  for (const part of parts) {
    if ('answered' in part) return { to: 'question', question: part.answered };
    if ('answer' in part) return { to: 'question', question: part.answer };
  }
  // Looked at again, or chosen again: on the route's own page.
  if (parts.some((part) => 'chosenServiceLooked' in part)) return { to: 'stage', stage: 'options' };
  if (asksForService(stop) && call !== undefined && chosenRoute(call.picture) !== undefined)
    return { to: 'stage', stage: 'options' };
  return parts.some((part) => 'outcomeFitsRoute' in part) ? { to: 'here', field: 'outcome' } : undefined;
}

/** A question whose answer alone could open it, while nobody has put it. */
const neverAsked = (parts: readonly Condition[], picture: Picture, content: Content): string | undefined =>
  parts
    .flatMap(questionsNamed)
    .find((id) => answerTo(picture, id) === undefined && isAskedIn(id, picture, content));

function isAskedIn(id: string, picture: Picture, content: Content): boolean {
  const question = content.question(id);
  return question !== undefined && isAsked(question, picture, content);
}

/** Whether it waits for a service to be looked up and checked: done in the route's own form. */
export const asksForService = (stop: Stop): boolean =>
  [...walk(checkOf(stop)?.passIf ?? { outcomeFitsRoute: true })].some(
    (part) => 'serviceFits' in part || 'sameSinceCheck' in part,
  );

/** Whether a consult could open this: shown with its key. */
export function consultHelps(stop: Stop): boolean {
  const mend = mendOf(stop);
  return mend?.to === 'panel' && mend.panel === 'consult';
}

const PLANS: Readonly<Record<string, string>> = { planUntil: 'until', planIfWorse: 'ifWorse' };
/** Headings of the plan that still keep the call from closing, in content's order of gates. */
export function plansNeeded(picture: Picture, content: Content): readonly string[] {
  const parts = stopsAt({ door: 'close' }, picture, content).flatMap((stop) => [
    ...walk(checkOf(stop)?.passIf ?? { outcomeFitsRoute: true }),
  ]);
  return [...new Set(parts.flatMap((part) => ('recorded' in part ? (PLANS[part.recorded] ?? []) : [])))];
}

/** Whether somebody has to say that they have the person, for the route chosen now. */
export function needsHandOver(picture: Picture, content: Content): boolean {
  const chosen = chosenRoute(picture);
  return chosen !== undefined && content.route(chosen.data.route)?.handOver === true;
}

/** An emergency that was handed over ends a call without a route. */
export const endsWithoutRoute = (picture: Picture): boolean =>
  emergencyNow(picture)?.type === 'emergency.handedOver';

/** Gates shut now, for any route, that a clinician may pass by name. */
export function gatesForClinician(stops: readonly Stop[]): readonly Gate[] {
  const gates = stops.filter((stop) => clinicianMayPass(stop.gate)).map((stop) => stop.gate);
  return [...new Set(gates)];
}
