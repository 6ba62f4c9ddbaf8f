import { FORM, LATEST } from './alphabet.ts';
import { NO_ROUTE } from '../../shared/events/vocabulary.ts';
import {
  bothRuledOut,
  checkHasUnknowns,
  checkIsDone,
  childIsHeard,
  childRuledOut,
  fearRuledOut,
  harmRuledOut,
  holds,
  intentRuledOut,
  isSlower,
  missingFor,
  type Need,
  nobodyChases,
  nobodyHasThem,
  nobodyOwns,
  outcomeFits,
  VISITS,
} from './requirements.ts';
import { on, type Rule } from './rule.ts';
import { isIn, type View } from './view.ts';

export { type Rule };

const lacks = (need: Need, view: View, route: string): boolean =>
  missingFor(route, view).some(
    (item) => item.need === need && !(item.decision !== undefined && holds(view, item.decision)),
  );
const wasHeld = (view: View, decision: string): boolean => isIn(view.made, decision);
/** Endings of their own: the caller was lost (01), or the emergency services have them (06). */
const APART = ['01', '06'];

export const choosing: readonly Rule[] = [
  on('route.chosen', 'no route without the safety check (G1)', ({ route }, view) =>
    lacks('safety check', view, route),
  ),
  on('route.chosen', 'something taken, an injury or danger shuts slower help (G3)', ({ route }, view) =>
    lacks('harm', view, route),
  ),
  on('route.chosen', 'intent today with means needs a second opinion (G4)', ({ route }, view) =>
    lacks('intent', view, route),
  ),
  on('route.chosen', 'a service is chosen only when it is known to fit (G6)', ({ route }, view) =>
    lacks('service', view, route),
  ),
  on('route.chosen', 'a service is looked at again for another place, age or home (G6)', ({ route }, view) =>
    lacks('service again', view, route),
  ),
  on('route.chosen', 'nobody is promised a visit with nowhere to come to (L17)', ({ route }, view) =>
    lacks('somewhere', view, route),
  ),
  on('route.chosen', 'recent harm is not left to self-referral (G7)', ({ route }, view) =>
    lacks('recent harm', view, route),
  ),
  on('route.chosen', 'thoughts of dying, or voices, are not left to wait unseen (L9)', ({ route }, view) =>
    lacks('waiting', view, route),
  ),
  on('route.chosen', 'a wait of weeks is not the only help tonight (L11)', ({ route }, view) =>
    lacks('weeks', view, route),
  ),
  on('route.chosen', 'what a clinician ruled out is not chosen (L10)', ({ route }, view) =>
    lacks('ruled out', view, route),
  ),
  on(
    'route.chosen',
    'going slower than first chosen is decided by name, each time (L6)',
    ({ route, urgency }, view) => route !== 'emergency999' && isSlower(urgency, view) && !holds(view, 'L6'),
  ),
  on('route.chosen', 'a decision counts only for what was known then', ({ route }, view) =>
    missingFor(route, view).some(
      ({ decision }) => decision !== undefined && wasHeld(view, decision) && !holds(view, decision),
    ),
  ),
  on(
    'route.chosen',
    'a route takes only its own urgencies',
    ({ route, urgency }, _view, content) => content.route(route)?.urgencies.includes(urgency) !== true,
  ),
  on('gate.overridden', 'an override counts only from a role the content allows', ({ gate, by, reread }) => {
    if (['G6', 'L17'].includes(gate)) return false;
    if (gate === 'L6' && reread !== true) return true;
    return !(['G3', 'G7', 'L6', 'L14'].includes(gate) && by.role === 'clinician');
  }),
  on(
    'stage.entered',
    'agreement and hand-over are not entered without a route',
    ({ stage }, view) => ['agree', 'handOver'].includes(stage) && view.route === undefined,
  ),
  on('route.withdrawn', 'only a chosen route is withdrawn', (_data, view) => view.route === undefined),
];

export const handingOver: readonly Rule[] = [
  on(
    'handover.sent',
    'nothing is shared without consent or a named override (G9)',
    (_data, view) => view.consent !== 'agreed' && !holds(view, 'consent'),
  ),
  on(
    'handover.sent',
    'only the route that was chosen is handed over',
    ({ route }, view) => view.route?.id !== route,
  ),
  on(
    'handover.sent',
    'nobody is handed to a place that another was looked at for since (L16)',
    (_data, view) => anotherIsLookedAt(view),
  ),
  on('handover.sent', 'an ending that new facts have shut is not handed over', (_data, view) =>
    routeHasShut(view),
  ),
  on(
    'handover.declined',
    'a no is to a hand-over that was sent, waiting or taken, and is said once',
    ({ handover }, view) =>
      !view.sent.some((sent) => sent.ref.seq === handover.seq && sent.answer !== 'declined'),
  ),
  ...(['handover.acknowledged', 'handover.chased'] as const).map((type) =>
    on(
      type,
      `${type} is about a hand-over that was sent and is waiting`,
      ({ handover }, view) =>
        !view.sent.some((sent) => sent.ref.seq === handover.seq && sent.answer === 'none'),
    ),
  ),
  on(
    'call.fromPaper',
    'only a call begun as one from paper is marked as one, once',
    (_data, view) => view.paper !== 'offered',
  ),
  on(
    'entry.timed',
    'a time from paper is of an entry of such a call, once, within the shift and not in the future',
    ({ target, originalAt }, view) => {
      const timed = Object.entries(view.answers).find(([, list]) =>
        list.some((item) => item.ref.seq === target.seq),
      );
      return (
        view.paper !== 'marked' ||
        timed === undefined ||
        view.timed.includes(timed[0]) ||
        originalAt < FORM.shiftFrom ||
        originalAt > FORM.shiftTo ||
        originalAt > LATEST
      );
    },
  ),
  on(
    'call.reopened',
    'only a closed call whose person nobody took is opened again',
    (_data, view) =>
      view.closed === undefined ||
      view.sent.findLast((sent) => sent.current)?.answer === 'acknowledged' ||
      !view.sent.some((sent) => sent.current),
  ),
];

export const closing: readonly Rule[] = [
  on(
    'call.closed',
    'no close without the outcome code that fits (L4)',
    ({ outcome }, view, content) => !outcomeFits(outcome, view, content),
  ),
  on(
    'call.closed',
    'no close before they said it back, or why not (L3)',
    ({ outcome }, view) =>
      outcome !== '01' &&
      (view.saidBack === 'none' || (view.route !== undefined && view.saidBack === 'earlierChoice')),
  ),
  on(
    'call.closed',
    'no close on an unanswered call-back without a named decision (L1)',
    (_data, view) => view.lost && !view.callBackDecided,
  ),
  on(
    'call.closed',
    'no close with an unconfirmed emergency (L2)',
    (_data, view) => view.emergency === 'raised',
  ),
  on(
    'call.closed',
    'no close on a reference while nobody is with them and nobody asks (L12)',
    (_data, view) => view.emergency === 'handedOver' && view.contact === 'none',
  ),
  on(
    'call.closed',
    'no close after a stop while nobody said whether the caller was there (L13)',
    (_data, view) => view.stopped,
  ),
  on(
    'call.closed',
    'no close while a child, or an unknown, is not safeguarded (G5)',
    (_data, view, content) => !holds(view, 'safeguarding') && !childRuledOut(view, content),
  ),
  on(
    'call.closed',
    'a child is told, asked for an adult, and heard (G5)',
    ({ outcome }, view, content) => !APART.includes(outcome) && !childIsHeard(view, content),
  ),
  on(
    'call.closed',
    'fear of somebody, or not knowing of it, does not end unseen (L14)',
    (_data, view) => !fearRuledOut(view) && !holds(view, 'safeguarding fear') && !holds(view, 'L14'),
  ),
  on(
    'call.closed',
    'thoughts of dying with frightening beliefs do not wait on a chase (L15)',
    ({ outcome }, view) =>
      !APART.includes(outcome) &&
      ['careTeam', 'crisisAlternative'].includes(view.route?.id ?? '') &&
      view.route?.urgency === '3' &&
      !bothRuledOut(view) &&
      !holds(view, `waiting:${view.route.id}`) &&
      !isIn(view.standing, 'taken in time'),
  ),
  on(
    'call.closed',
    'no close on a place that another was looked at for since (L16)',
    ({ outcome }, view) => !APART.includes(outcome) && anotherIsLookedAt(view),
  ),
  on(
    'call.closed',
    'silence is not taken for nothing (L7)',
    (_data, view) => view.silent && view.emergency !== 'handedOver' && !view.callBackDecided,
  ),
  on(
    'call.closed',
    'handed over only on acknowledgement, or chased by an owner (G8)',
    ({ outcome }, view, content) =>
      !APART.includes(outcome) &&
      nobodyHasThem(view, content) &&
      (nobodyChases(view) || view.route?.id === 'otherLine'),
  ),
  on(
    'call.closed',
    'a lost line does not lose the help agreed: somebody has them or a task has an owner (G8)',
    ({ outcome }, view, content) => outcome === '01' && nobodyHasThem(view, content) && nobodyOwns(view),
  ),
  on(
    'call.closed',
    'no slower ending without a plan for if it gets worse (L5)',
    ({ outcome }, view) =>
      !APART.includes(outcome) &&
      !['emergency999', 'aeLiaison'].includes(view.route?.id ?? '') &&
      !view.ifWorse,
  ),
  on(
    'call.closed',
    'an unknown in the check and no urgent ending needs a clinician’s look (G1)',
    ({ outcome }, view) =>
      !APART.includes(outcome) &&
      !['1', '4', '2'].includes(view.route?.urgency ?? '') &&
      checkHasUnknowns(view) &&
      !holds(view, `check:${view.route?.id ?? NO_ROUTE}`),
  ),
];

/** What was told to somebody, and what was promised, at the end. */
const told: readonly Rule[] = [
  on(
    'call.closed',
    'no close on a hand-over that they took their agreement back from, without a name (G9)',
    ({ outcome }, view, content) =>
      !APART.includes(outcome) &&
      content.route(view.route?.id ?? '')?.handOver === true &&
      view.consent !== 'agreed' &&
      !holds(view, 'consent'),
  ),
  on(
    'call.closed',
    'no close on a visit without what holds until it (L18)',
    ({ outcome }, view) => !APART.includes(outcome) && VISITS.includes(view.route?.id ?? '') && !view.until,
  ),
];

const WITHOUT = 'no ending without a route while';
/** An ending without a route asks what a route would. */
export const withoutRoute: readonly Rule[] = [
  bare(`${WITHOUT} the safety check is not done (G1)`, (view) => !checkIsDone(view)),
  bare(
    `${WITHOUT} harm or danger is not ruled out (G3)`,
    (view) => !harmRuledOut(view, true) && !holds(view, 'G3 close'),
  ),
  bare(
    `${WITHOUT} intent with means has no second opinion (G4)`,
    (view) => !intentRuledOut(view) && !holds(view, `intent close:${NO_ROUTE}`),
  ),
  bare(`${WITHOUT} no clinician has looked since (L8)`, (view) => !holds(view, `nowhere close:${NO_ROUTE}`)),
  on(
    'call.closed',
    'an ending that new facts have shut is not closed on',
    ({ outcome }, view) => !APART.includes(outcome) && routeHasShut(view),
  ),
];
function bare(name: string, missing: (view: View) => boolean): Rule {
  return on(
    'call.closed',
    name,
    ({ outcome }, view) => !APART.includes(outcome) && view.route === undefined && missing(view),
  );
}

/** Who may decide, by name: a clinician; for a lost caller and for sharing also a supervisor. */
const LEADS = ['clinician', 'supervisor'];
export const signed: readonly Rule[] = [
  on(
    'consult.decided',
    'a second opinion is a clinician’s',
    ({ clinician }) => clinician.role !== 'clinician',
  ),
  on(
    'consult.decided',
    'a second opinion says which routes, each one way',
    ({ agreed = [], ruledOut = [] }) =>
      agreed.length + ruledOut.length === 0 || agreed.some((id) => ruledOut.includes(id)),
  ),
  on(
    'callBack.decided',
    'a lost caller is decided on by a clinician or supervisor',
    ({ by }) => !LEADS.includes(by.role),
  ),
  on(
    'consent.overridden',
    'consent is overridden by a clinician or supervisor',
    ({ by }) => !LEADS.includes(by.role),
  ),
];

const ENDED = [
  'call.answered',
  'call.closed',
  'stage.entered',
  'route.chosen',
  'route.withdrawn',
  'handover.sent',
  'emergency.raised',
  'line.held',
  'line.dropped',
];
export const ended: readonly Rule[] = [
  {
    name: 'after the close only late knowledge is taken',
    forbids: (happening, view) => view.closed !== undefined && ENDED.includes(happening.type),
  },
];

/** Asked of the words of the rules rather than of any one check: each is about something that changed afterwards. */
export const afterwards: readonly Rule[] = [
  on(
    'call.closed',
    'what they said back is not about a plan that was given up',
    ({ outcome }, view) =>
      !APART.includes(outcome) && view.route === undefined && view.saidBack === 'earlierChoice',
  ),
  on(
    'route.chosen',
    'details left over from an answer that is now unknown open nothing',
    ({ route }, view) =>
      missingFor(route, view, false).some((item) => item.need === 'harm' && !holds(view, 'G3')) &&
      !lacks('harm', view, route),
  ),
];

function anotherIsLookedAt(view: View): boolean {
  const looked = view.route && view.lookedName[view.route.id];
  return looked !== undefined && looked !== view.chosenName;
}

const routeHasShut = (view: View): boolean =>
  view.route !== undefined &&
  missingFor(view.route.id, view).some(({ decision }) => decision === undefined || !holds(view, decision));
export const rules: readonly Rule[] = [
  ...choosing,
  ...handingOver,
  ...closing,
  ...told,
  ...withoutRoute,
  ...signed,
  ...ended,
];
