import { refOf } from '../../shared/call/picture.ts';
import { type CallEvent } from '../../shared/events/event.ts';
import {
  type EventRef,
  NO_ROUTE,
  type OutcomeCode,
  type UrgencyCode,
} from '../../shared/events/vocabulary.ts';
import { type Said, stayedIn } from './stays.ts';

export { type Said };

export interface Sent {
  readonly route: string;
  readonly ref: EventRef;
  readonly answer: 'none' | 'acknowledged' | 'declined';
  /** Sent for the choice that holds now, not for an earlier one. */
  readonly current: boolean;
  /** A time was promised, no more than a day after it was sent. */
  readonly inTime: boolean;
}

/**
 * The abstraction: what the rules of domain.md 10.3 need to know of a call, read straight from its events and
 * without a selector of shared/call, so that a fault in a selector shows as a difference. Decisions are kept as
 * `standing` until something new is said about what they decided.
 */
export interface View {
  readonly answered: boolean;
  readonly closed?: OutcomeCode;
  /** By question, newest last, without those struck through. */
  readonly answers: Readonly<Record<string, readonly Said[]>>;
  readonly services: Readonly<Record<string, 'fits' | 'doesNot' | 'notKnown'>>;
  /** Routes whose service was looked at before the place, age or home it was looked at for became another. */
  readonly stale: readonly string[];
  /** The service that was looked at last for a route, and the one that stands for the choice. */
  readonly lookedName: Readonly<Record<string, string>>;
  readonly chosenName?: string;
  /** The route whose service was looked at last: a word about a service is about that one. */
  readonly lookedAt?: string;
  /**
   * Decisions with nothing newer said: overrides by gate (`G6:route` for one route), a clinician's (`CONSULT`, bare for every
   * route and `intent:gp` for one), consent, safeguarding. `G3 close` and `intent close` are the same for an ending without a route.
   */
  readonly standing: readonly string[];
  /** What the last word of a clinician on it ruled out. */
  readonly ruledOut: readonly string[];
  /** Decisions that were made at any time. */
  readonly made: readonly string[];
  readonly route?: { readonly id: string; readonly urgency: UrgencyCode };
  readonly lastChosen?: string;
  readonly sent: readonly Sent[];
  readonly consent?: string;
  readonly chase: 'none' | 'earlierChoice' | 'thisChoice';
  /** An open task of any kind. */
  readonly owner: 'none' | 'earlierChoice' | 'thisChoice';
  readonly saidBack: 'none' | 'earlierChoice' | 'thisChoice';
  readonly ifWorse: boolean;
  /** What holds until somebody comes. */
  readonly until: boolean;
  readonly safeguarding: boolean;
  readonly emergency: 'none' | 'raised' | 'handedOver' | 'stoodDown';
  /** Since the emergency services took it: somebody is with the person, or somebody owns asking. */
  readonly contact: 'none' | 'owned' | 'confirmed';
  /** The desk stopped, and nobody has said since whether the caller is there. */
  readonly stopped: boolean;
  readonly lost: boolean;
  readonly callBackDecided: boolean;
  readonly consult: 'none' | 'requested' | 'decided';
  readonly silent: boolean;
  /** A call begun as one from paper, and marked as one. */
  readonly paper?: 'offered' | 'marked';
  /** Questions whose answer was given the form's time. */
  readonly timed: readonly string[];
  /** The soonest response chosen so far, withdrawn ones included. */
  readonly soonest?: UrgencyCode;
}

export const EMPTY_VIEW: View = {
  answered: false,
  answers: {},
  services: {},
  stale: [],
  lookedName: {},
  standing: [],
  ruledOut: [],
  made: [],
  sent: [],
  chase: 'none',
  owner: 'none',
  saidBack: 'none',
  ifWorse: false,
  until: false,
  safeguarding: false,
  emergency: 'none',
  contact: 'none',
  stopped: false,
  lost: false,
  callBackDecided: false,
  consult: 'none',
  silent: false,
  timed: [],
};

/** Soonest first: 1-4-2-3. */
export const URGENCY = ['1', '4', '2', '3'] as const satisfies readonly UrgencyCode[];

export const CHECK = ['S1', 'S2', 'S3', 'S4a', 'S4b', 'S5', 'S6', 'S7', 'S8'] as const;

/** Which questions each decision was about. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  G3: ['S1', 'S2'],
  G7: ['S1'],
  'G3 close': ['S1', 'S2'],
  intent: ['S3', 'S4a', 'S4b'],
  'intent close': ['S3', 'S4a', 'S4b'],
  waiting: ['S3', 'S8'],
  'nowhere close': ['S1', 'S3'],
  check: CHECK,
  weeks: ['N7', 'S6'],
  safeguarding: ['N5', 'S5'],
  'safeguarding told': ['N5', 'K1', 'K2', 'K3'],
  'safeguarding fear': ['S7'],
  L17: ['O3'],
  L14: ['S7'],
  'taken in time': ['S3', 'S8'],
};

/** What a look at a service was for, by question: a change of one of these fields, and nothing else, makes it old. */
const LOOKED_FOR: Readonly<Record<string, readonly string[]>> = {
  O3: ['place'],
  N5: ['age', 'ageBand'],
  N6: ['home', 'gp', 'area'],
};
const lookedFor = (route: string, question: string): boolean =>
  question === 'N5' || (question === 'N6') === (route === 'talkingTherapies');
const DAY = 24 * 3_600_000;

/** What a clinician's one decision is about, each with the questions of its own. */
const CONSULT = ['intent', 'intent close', 'waiting', 'nowhere close', 'check', 'weeks'];
/** The kind of a decision, without the route it is for. */
const kindOf = (decision: string): string => decision.split(':')[0] ?? decision;
const isConsult = (decision: string): boolean => CONSULT.includes(kindOf(decision));

/** Whether a decision is in the list: by itself, or as part of a clinician's word on every route. */
export const isIn = (list: readonly string[], decision: string): boolean =>
  list.includes(decision) || (isConsult(decision) && list.includes(kindOf(decision)));

export const said = (view: View, question: string): Said | undefined => view.answers[question]?.at(-1);

/** What still stands of the answers to a question before the newest, and is not in it. */
export const stayed = (view: View, question: string): readonly string[] =>
  stayedIn(question, view.answers[question] ?? []);

const without = (list: readonly string[], gone: (item: string) => boolean): readonly string[] =>
  list.filter((item) => !gone(item));
const having = (list: readonly string[], item: string): readonly string[] =>
  [...new Set([...list, item])].toSorted();

function overtake(view: View, gone: (decision: string) => boolean): View {
  if (!view.standing.some(gone)) return view;
  return {
    ...view,
    standing: without(view.standing, gone),
  };
}

function decide(view: View, decision: string): View {
  return {
    ...view,
    standing: isIn(view.standing, decision) ? view.standing : having(view.standing, decision),
    made: isIn(view.made, decision) ? view.made : having(view.made, decision),
  };
}

/** A word on every route stands for each; a word on some replaces what was said of those. */
function clinician(view: View, word: { agreed?: readonly string[]; ruledOut?: readonly string[] }): View {
  const { agreed = [], ruledOut = [] } = word;
  const about = (decision: string): boolean =>
    isConsult(decision) && [...agreed, ...ruledOut].some((id) => decision.endsWith(`:${id}`));
  const next: View = {
    ...view,
    standing: without(view.standing, about),
    ruledOut: ruledOut.reduce(
      having,
      without(view.ruledOut, (id) => agreed.includes(id)),
    ),
  };
  const isWhole = agreed.includes('emergency999') && agreed.includes(NO_ROUTE);
  if (isWhole)
    return CONSULT.reduce(decide, {
      ...next,
      standing: without(next.standing, isConsult),
      made: without(next.made, isConsult),
    });
  return agreed.flatMap((id) => CONSULT.map((kind) => `${kind}:${id}`)).reduce(decide, next);
}

/** The same with other answers to one question: decisions about it, and looks at services for it, may be overtaken. */
function withAnswers(view: View, question: string, list: readonly Said[]): View {
  const before = lookedValue(view.answers[question]?.at(-1), question);
  const next = overtake(view, (decision) => ABOUT[kindOf(decision)]?.includes(question) ?? false);
  const told = { ...next, answers: { ...view.answers, [question]: list } };
  if (lookedValue(list.at(-1), question) === before) return told;
  const old = Object.keys(view.services).filter((route) => lookedFor(route, question));
  return {
    ...overtake(
      told,
      (decision) => kindOf(decision) === 'G6 again' && lookedFor(decision.slice(9), question),
    ),
    stale: old.reduce(having, view.stale),
  };
}

function lookedValue(answer: Said | undefined, question: string): string {
  const known = answer !== undefined && ['yes', 'no', 'given'].includes(answer.state);
  return (LOOKED_FOR[question] ?? []).map((id) => (known ? (answer.fields[id] ?? '') : '')).join('|');
}

const earlier = (when: View['chase']): View['chase'] => (when === 'none' ? 'none' : 'earlierChoice');

const isTakenInTime = (decision: string): boolean => decision === 'taken in time';

function newChoice(view: View): View {
  return {
    ...overtake(view, isTakenInTime),
    chase: earlier(view.chase),
    owner: earlier(view.owner),
    saidBack: earlier(view.saidBack),
    sent: view.sent.map((item) => ({ ...item, current: false })),
  };
}

/** The view after one more event that the machine took. */
export function read(view: View, event: CallEvent): View {
  switch (event.type) {
    case 'call.offered':
      return event.data.source === 'paper' ? { ...view, paper: 'offered' } : view;
    case 'call.fromPaper':
      return { ...view, paper: 'marked' };
    case 'entry.timed': {
      const { seq } = event.data.target;
      const timed = Object.entries(view.answers).find(([, list]) =>
        list.some((item) => item.ref.seq === seq),
      );
      return timed === undefined ? view : { ...view, timed: having(view.timed, timed[0]) };
    }
    case 'call.answered':
      return { ...view, answered: true };
    case 'call.closed':
      return { ...view, closed: event.data.outcome };
    case 'call.reopened': {
      const { closed: _reopened, ...rest } = view;
      return rest;
    }
    case 'answer.recorded': {
      const { question, state, fields = {} } = event.data;
      const list = [...(view.answers[question] ?? []), { state, fields, ref: refOf(event) }];
      return withAnswers(view, question, list);
    }
    case 'entry.struck':
      return strike(view, event.data.target);
    case 'service.checked': {
      const { route, fits, name } = event.data;
      const values = Object.values(fits);
      const fit = values.includes('no') ? 'doesNot' : values.includes('notKnown') ? 'notKnown' : 'fits';
      const next = overtake(view, (word) => word === `G6:${route}` || word === `G6 again:${route}`);
      const stale = without(view.stale, (id) => id === route);
      const lookedName = { ...view.lookedName, [route]: name };
      return { ...next, services: { ...view.services, [route]: fit }, stale, lookedAt: route, lookedName };
    }
    case 'gate.overridden':
      if (event.data.gate === 'G3') return decide(decide(view, 'G3'), 'G3 close');
      if (event.data.gate !== 'G6') return decide(view, event.data.gate);
      return ['G6', 'G6 again'].map((kind) => `${kind}:${view.lookedAt ?? ''}`).reduce(decide, view);
    case 'consult.requested':
      return { ...view, consult: 'requested' };
    case 'consult.decided':
      return clinician({ ...view, consult: 'decided' }, event.data);
    case 'route.chosen': {
      const { route, urgency } = event.data;
      const soonest = URGENCY.find((code) => code === urgency || code === view.soonest) ?? urgency;
      const next = overtake(newChoice(view), (decision) => decision === 'L6');
      const { chosenName: _before, ...rest } = next;
      const name = event.data.service ?? view.lookedName[route];
      const named = name === undefined ? rest : { ...rest, chosenName: name };
      return { ...named, route: { id: route, urgency }, lastChosen: route, soonest };
    }
    case 'route.withdrawn': {
      const { route: _withdrawn, ...rest } = newChoice(view);
      return overtake(rest, (decision) => kindOf(decision).endsWith(' close'));
    }
    case 'handover.sent': {
      const { route, promisedBy = Infinity } = event.data;
      const sent: Sent = {
        route,
        ref: refOf(event),
        answer: 'none',
        current: view.route?.id === route,
        inTime: promisedBy >= event.at && promisedBy <= event.at + DAY,
      };
      return { ...overtake(view, isTakenInTime), sent: [...view.sent, sent] };
    }
    case 'handover.acknowledged':
    case 'handover.declined': {
      const { seq } = event.data.handover;
      const answer = event.type === 'handover.acknowledged' ? 'acknowledged' : 'declined';
      const newest = view.sent.findLast((item) => item.current);
      const isTaken = answer === 'acknowledged' && newest?.ref.seq === seq && newest.inTime;
      const gone = answer === 'declined' && newest?.ref.seq === seq;
      return {
        ...(isTaken ? decide(view, 'taken in time') : gone ? overtake(view, isTakenInTime) : view),
        // A no ends the chase that was begun before it.
        chase: answer === 'declined' ? earlier(view.chase) : view.chase,
        sent: view.sent.map((item) => (item.ref.seq === seq ? { ...item, answer } : item)),
      };
    }
    case 'consent.recorded':
      return { ...overtake(view, (decision) => decision === 'consent'), consent: event.data.state };
    case 'consent.overridden':
      return decide(view, 'consent');
    case 'task.opened':
      if (event.data.kind === 'confirmContact' && view.emergency === 'handedOver' && view.contact === 'none')
        return { ...view, owner: 'thisChoice', contact: 'owned' };
      return event.data.kind === 'chaseHandover'
        ? { ...view, chase: 'thisChoice', owner: 'thisChoice' }
        : { ...view, owner: 'thisChoice' };
    case 'sayBack.recorded':
      return { ...view, saidBack: 'thisChoice' };
    case 'plan.recorded':
      if (event.data.heading === 'until') return { ...view, until: true };
      return event.data.heading === 'ifWorse' ? { ...view, ifWorse: true } : view;
    case 'safeguarding.recorded':
      return ['safeguarding', 'safeguarding told', 'safeguarding fear'].reduce(decide, {
        ...view,
        safeguarding: true,
      });
    case 'emergency.raised':
      return { ...view, emergency: 'raised', contact: 'none' };
    case 'emergency.handedOver':
      return { ...view, emergency: 'handedOver', contact: 'none' };
    case 'emergency.contactConfirmed':
      return view.emergency === 'handedOver' ? { ...view, contact: 'confirmed' } : view;
    case 'call.resumed':
      return view.answered && !view.lost ? { ...view, stopped: true } : view;
    case 'line.confirmed':
    case 'line.resumed':
      return { ...view, stopped: false };
    case 'emergency.stoodDown':
      return { ...view, emergency: 'stoodDown', contact: 'none' };
    case 'line.dropped':
      return { ...view, lost: true, callBackDecided: false, stopped: false };
    case 'callBack.reached':
      return { ...view, lost: false, stopped: false };
    case 'callBack.decided':
      return { ...view, callBackDecided: true };
    case 'call.adapted':
      return { ...view, silent: event.data.manner === 'silent' };
    default:
      return view;
  }
}

function strike(view: View, target: EventRef): View {
  const hit = Object.entries(view.answers).find(([, list]) =>
    list.some((item) => item.ref.seq === target.seq),
  );
  if (hit === undefined) return view;
  const [question, list] = hit;
  const left = list.filter((item) => item.ref.seq !== target.seq);
  return withAnswers(view, question, left);
}

/** A state's name: the machine's value and the view, without what tells two equal states apart (numbers). */
export function keyOf(value: unknown, view: View, depth: number): string {
  const answers = Object.entries(view.answers)
    .map(([id, list]) => `${id}=${[...list.slice(-depth).map(classOf), ...stayed(view, id)].join('<')}`)
    .toSorted();
  const sent = [
    ...new Set(
      view.sent.map(
        (item) =>
          `${item.route}.${item.answer}.${item.current ? 'now' : 'old'}${item.inTime ? '.inTime' : ''}`,
      ),
    ),
  ];
  const closed = view.closed !== undefined;
  return JSON.stringify([value, { ...view, closed, answers, sent: sent.toSorted() }]);
}

const classOf = (item: Said): string =>
  [item.state, ...Object.entries(item.fields).map(([id, code]) => `${id}:${code}`)].join(' ');
