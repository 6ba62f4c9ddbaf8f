import { type Content } from '../../shared/content/schema.ts';
import { type OutcomeCode, type UrgencyCode } from '../../shared/events/vocabulary.ts';
import { CHECK, isIn, said, type Said, stayed, URGENCY, type View } from './view.ts';

/**
 * The rules of domain.md 10.3 written a second time, by hand, over the view. Deliberately not read from the gates'
 * content: a check that is lost or weakened there must meet something that did not change with it. What is data
 * about a route (urgencies, outcomes, whether it is handed over) is content's and is read from there.
 */
export const SERVICES = [
  'crhtVeryUrgent',
  'crhtUrgent',
  'childCrisisTeam',
  'crisisAlternative',
  'talkingTherapies',
];
/** Somebody comes to them. */
export const VISITS = ['crhtVeryUrgent', 'crhtUrgent', 'childCrisisTeam'];
const MEDICAL = ['emergency999', 'aeLiaison'];
/** Very urgent, or a warm transfer in this call, where the handler stays until somebody answers. */
const AT_ONCE = [...MEDICAL, 'crhtVeryUrgent', 'otherLine'];
const WAITS = ['talkingTherapies', 'gp', 'other', 'adviceOnly'];
const ALONE = ['talkingTherapies', 'gp', 'other', 'adviceOnly'];

export const unknown = (answer: Said | undefined): boolean =>
  answer === undefined || !['yes', 'no', 'given'].includes(answer.state);
/** H67: a yes that was said stays one, whatever was answered after it; a no is one that nothing said before speaks against. */
const is = (view: View, question: string, state: 'yes' | 'no'): boolean => {
  if (said(view, question)?.state === 'yes') return state === 'yes';
  if (stayed(view, question).length > 0) return state === 'yes';
  return said(view, question)?.state === state;
};
const field = (view: View, question: string, id: string): string | undefined =>
  stayed(view, question)
    .findLast((item) => item.startsWith(`${id}:`))
    ?.slice(id.length + 1) ?? said(view, question)?.fields[id];

/**
 * G1: every question of the check has a state. The way and today may be left out only after a plain no; a
 * professional's short form leaves out drink and fear.
 */
export const checkIsDone = (view: View): boolean =>
  CHECK.every(
    (id) =>
      said(view, id) !== undefined ||
      (id.startsWith('S4') && is(view, 'S3', 'no')) ||
      (['S6', 'S7'].includes(id) && field(view, 'O1', 'who') === 'professional'),
  );
/** G2, G3: A&E for harm that has happened, or danger now, waits for nothing else; known, never supposed. */
const harmIsKnown = (view: View): boolean =>
  is(view, 'S2', 'yes') ||
  (is(view, 'S1', 'yes') &&
    (['taken', 'injury'].includes(field(view, 'S1', 'kind') ?? '') ||
      field(view, 'S1', 'needsCare') === 'yes'));
const enoughIsAsked = (route: string, view: View): boolean => {
  if (route === 'otherLine') return shortCheckIsDone(view);
  return checkIsDone(view) || (route === 'aeLiaison' && harmIsKnown(view));
};

/** Before passing somebody to the line for where they are: hurt, danger now, and where. */
const shortCheckIsDone = (view: View): boolean =>
  ['S1', 'S2', 'O3'].every((id) => said(view, id) !== undefined);

/** G1: something in the check was asked and not learnt. */
export const checkHasUnknowns = (view: View): boolean =>
  CHECK.some((id) => said(view, id) !== undefined && unknown(said(view, id)));

/** G3: nothing was taken, no injury that may need care, no danger now; each of them known. */
export function harmRuledOut(view: View, believeLeftovers: boolean): boolean {
  if (!is(view, 'S2', 'no')) return false;
  if (is(view, 'S1', 'no')) return true;
  const kind = field(view, 'S1', 'kind');
  const minor = kind !== undefined && kind !== 'taken' && field(view, 'S1', 'needsCare') === 'no';
  return minor && (!unknown(said(view, 'S1')) || (believeLeftovers && said(view, 'S1') !== undefined));
}

/** G4: thoughts, a way and today are not all three there or possible. */
export const intentRuledOut = (view: View): boolean => ['S3', 'S4a', 'S4b'].some((id) => is(view, id, 'no'));

/** G7: no harm in the last seven days, and that is known. */
export const recentHarmRuledOut = (view: View): boolean =>
  is(view, 'S1', 'no') || (is(view, 'S1', 'yes') && field(view, 'S1', 'when') === 'earlier');

function ageIsAtLeast(view: View, content: Content, years: number): boolean {
  if (stayed(view, 'N5').includes(`under:${years}`)) return false;
  const age = field(view, 'N5', 'age');
  if (age !== undefined) return Number(age) >= years;
  const band = content.landmarks.age.bands[field(view, 'N5', 'ageBand') ?? ''];
  return band !== undefined && band[0] >= years;
}

/** G5: an adult by a known age or band, and no child at the scene, each of them known. */
export function childRuledOut(view: View, content: Content): boolean {
  const alone = is(view, 'S5', 'no') || field(view, 'S5', 'children') === 'no';
  return ageIsAtLeast(view, content, 18) && alone;
}
/** G5, L14 light the safeguarding step up only for what is known: a child on the line or at the scene, fear of somebody. */
export function safeguardingKnown(view: View, content: Content): boolean {
  const age = field(view, 'N5', 'age');
  const band = content.landmarks.age.bands[field(view, 'N5', 'ageBand') ?? ''];
  const young = age === undefined ? band !== undefined && band[1] < 18 : Number(age) < 18;
  const scene = is(view, 'S5', 'yes') && field(view, 'S5', 'children') === 'yes';
  return young || stayed(view, 'N5').includes('under:18') || scene || is(view, 'S7', 'yes');
}

/** G5: under 18, or not known to be older: told, asked for an adult and, under 16, whether they can decide. */
export function childIsHeard(view: View, content: Content): boolean {
  if (ageIsAtLeast(view, content, 18)) return true;
  const asked = (id: string): boolean => said(view, id) !== undefined;
  if (asked('K1') && asked('K2') && (ageIsAtLeast(view, content, 16) || asked('K3'))) return true;
  return asked('N5') && unknown(said(view, 'N5')) && view.standing.includes('safeguarding told');
}

/** L14: nobody makes them feel unsafe, and that is known. Where it was never put to them, asking is G1’s. */
export const fearRuledOut = (view: View): boolean => said(view, 'S7') === undefined || is(view, 'S7', 'no');

/** L15: thoughts of dying and frightening beliefs are not there, or possible, together. */
export const bothRuledOut = (view: View): boolean => is(view, 'S3', 'no') || is(view, 'S8', 'no');

/** L6: slower than the soonest chosen so far. */
export const isSlower = (urgency: UrgencyCode, view: View): boolean =>
  view.soonest !== undefined && URGENCY.indexOf(urgency) > URGENCY.indexOf(view.soonest);

export type Need =
  | 'safety check'
  | 'harm'
  | 'intent'
  | 'service'
  | 'service again'
  | 'somewhere'
  | 'recent harm'
  | 'waiting'
  | 'weeks'
  | 'ruled out';

/** A decision that stands. A clinician's word on a route that was ruled out since is none. */
export const holds = (view: View, decision: string): boolean =>
  isIn(view.standing, decision) &&
  !view.ruledOut.some((id) => decision.endsWith(`:${id}`) && !decision.startsWith('G6'));

/** What a route needs and does not have, with the decision that could stand for it. */
export function missingFor(
  route: string,
  view: View,
  believeLeftovers = true,
): readonly { readonly need: Need; readonly decision?: string }[] {
  const missing: { need: Need; decision?: string }[] = [];
  if (route === 'emergency999') return missing;
  if (!enoughIsAsked(route, view)) missing.push({ need: 'safety check' });
  if (!MEDICAL.includes(route) && !harmRuledOut(view, believeLeftovers) && view.emergency !== 'handedOver')
    missing.push({ need: 'harm', decision: 'G3' });
  if (!AT_ONCE.includes(route) && !intentRuledOut(view))
    missing.push({ need: 'intent', decision: `intent:${route}` });
  if (SERVICES.includes(route) && view.services[route] !== 'fits')
    missing.push({ need: 'service', decision: `G6:${route}` });
  if (SERVICES.includes(route) && view.stale.includes(route))
    missing.push({ need: 'service again', decision: `G6 again:${route}` });
  const where = said(view, 'O3');
  if (VISITS.includes(route) && (where === undefined || unknown(where)))
    missing.push({ need: 'somewhere', decision: 'L17' });
  if (ALONE.includes(route) && !recentHarmRuledOut(view))
    missing.push({ need: 'recent harm', decision: 'G7' });
  if (WAITS.includes(route) && !['S3', 'S8'].every((id) => is(view, id, 'no')))
    missing.push({ need: 'waiting', decision: `waiting:${route}` });
  if (route === 'talkingTherapies' && !['N7', 'S6'].every((id) => is(view, id, 'no')))
    missing.push({ need: 'weeks', decision: `weeks:${route}` });
  if (!MEDICAL.includes(route) && view.ruledOut.includes(route)) missing.push({ need: 'ruled out' });
  return missing;
}

/** Whether this outcome is the one that belongs to how things stand. */
export function outcomeFits(outcome: OutcomeCode, view: View, content: Content): boolean {
  if (view.emergency === 'handedOver') return outcome === '06';
  if (outcome === '06') return false;
  if (outcome === '01') return view.silent || view.lost || !view.answered;
  if (view.route === undefined) return outcome === '98';
  return content.route(view.route.id)?.outcomes.includes(outcome) ?? false;
}

/** Nobody owns anything that was opened for this choice. */
export const nobodyOwns = (view: View): boolean => view.owner !== 'thisChoice';

/** Nobody owns the chase of a hand-over that was sent for this choice. */
export const nobodyChases = (view: View): boolean =>
  view.chase !== 'thisChoice' || !view.sent.some((sent) => sent.current);

/** Somebody else has to say that they have the person, and nobody has. */
export const nobodyHasThem = (view: View, content: Content): boolean =>
  view.route !== undefined &&
  content.route(view.route.id)?.handOver === true &&
  !view.sent.some((sent) => sent.current && sent.answer === 'acknowledged');
