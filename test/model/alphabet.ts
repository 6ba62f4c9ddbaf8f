import { type Happening } from '../../shared/events/event.ts';
import {
  type AnswerState,
  NO_ROUTE,
  type OutcomeCode,
  outcomeCodes,
  stages,
  type UrgencyCode,
} from '../../shared/events/vocabulary.ts';
import { currentContent } from '../../shared/content/packs.ts';
import { type Content } from '../../shared/content/schema.ts';
import { streamId } from '../../shared/ids.ts';
import {
  answer,
  answered,
  choose,
  clinician,
  close,
  fits,
  ifWorse,
  saidBack,
  until,
} from '../support/call-builder.ts';
import { said, type View } from './view.ts';

/** One thing that may happen, by name. `make` gives nothing where it has no meaning or the model's bound is met. */
export interface Move {
  readonly name: string;
  readonly make: (view: View) => readonly Happening[] | undefined;
  /** For an answer: the question, and whether it is one of the three kinds of not knowing and nothing else. */
  readonly answers?: { readonly question: string; readonly unknown: boolean };
}

export const always = (name: string, ...happenings: readonly Happening[]): Move => ({
  name,
  make: () => happenings,
});

/** An answer. Recorded again only when it differs from what holds, or when a decision could be overtaken by it. */
export function say(question: string, state: AnswerState, fields?: Record<string, string>): Move {
  const values = Object.entries(fields ?? {}).map(([id, code]) => `${id}:${code}`);
  return {
    name: `${question} ${[state, ...values].join(' ')}`,
    answers: {
      question,
      unknown: values.length === 0 && ['notKnown', 'declined', 'couldNotAsk'].includes(state),
    },
    make: () => [answer(question, state, fields)],
  };
}

export const yesNoUnknown = (question: string, unknown: AnswerState = 'couldNotAsk'): readonly Move[] => [
  say(question, 'yes'),
  say(question, 'no'),
  say(question, unknown),
];

/** Strikes the newest answer to a question through. */
export const strikeOut = (question: string): Move => ({
  name: `strike ${question}`,
  make: (view) => {
    const newest = said(view, question);
    return newest && [{ type: 'entry.struck', data: { target: newest.ref, reason: 'wrong line' } }];
  },
});

export const adult = say('N5', 'given', { age: '34' });
export const child = say('N5', 'given', { age: '15' });
export const quiet = ['S1', 'S2', 'S3', 'S5', 'S6', 'S7', 'S8', 'N7'].map((id) => answer(id, 'no'));

export const emergency = {
  raised: always('emergency.raised', { type: 'emergency.raised', data: {} }),
  /** With somebody there: what lies between is the model `after the reference`. */
  handedOver: always(
    'emergency.handedOver',
    { type: 'emergency.handedOver', data: { reference: 'A-2231' } },
    { type: 'emergency.contactConfirmed', data: { by: 'Paramedic Lou' } },
  ),
  refused: always('emergency.refused', {
    type: 'emergency.refused',
    data: { by: 'Control desk 4', reason: 'not immediate' },
  }),
  stoodDown: always('emergency.stoodDown', {
    type: 'emergency.stoodDown',
    data: { by: clinician, reason: 'Key pressed by mistake.' },
  }),
};

/** A reference, and nobody there yet. */
export const taken = always('emergency.handedOver alone', {
  type: 'emergency.handedOver',
  data: { reference: 'A-2232' },
});
export const contact = {
  confirmed: always('emergency.contactConfirmed', {
    type: 'emergency.contactConfirmed',
    data: { by: 'Paramedic Lou' },
  }),
  owned: always('task confirmContact', {
    type: 'task.opened',
    data: { kind: 'confirmContact', what: 'Ring control', owner: 'Bea Lund', dueAt: 0 },
  }),
};
export const stop = always('call.resumed', { type: 'call.resumed', data: { lastEventAt: 0 } });
export const stillThere = always('line.confirmed', { type: 'line.confirmed', data: {} });

export const line = {
  held: always('line.held', { type: 'line.held', data: {} }),
  resumed: always('line.resumed', { type: 'line.resumed', data: {} }),
  dropped: always('line.dropped', { type: 'line.dropped', data: {} }),
  attempted: always('callBack.attempted', { type: 'callBack.attempted', data: { result: 'noAnswer' } }),
  reached: always('callBack.reached', { type: 'callBack.reached', data: {} }),
  decided: decidedOnLine('clinician'),
};
function decidedOnLine(role: string): Move {
  return always(`callBack.decided by ${role}`, {
    type: 'callBack.decided',
    data: { by: { name: 'Asha Bell', role }, decision: 'Police asked to visit.' },
  });
}

/** What a clinician agrees to in one word: everything that a gate could hold. */
const EVERY_ROUTE = [...currentContent().routes.map(({ id }) => id), NO_ROUTE];

export const consult = {
  requested: always('consult.requested', { type: 'consult.requested', data: {} }),
  decided: secondOpinion('clinician'),
};
function secondOpinion(role: string): Move {
  return always(`consult.decided by ${role}`, {
    type: 'consult.decided',
    data: { clinician: { name: 'Asha Bell', role }, decision: 'Agreed with the plan.', agreed: EVERY_ROUTE },
  });
}
/** A clinician's word on some routes alone. */
export function decidedOn(agreed: string[], ruledOut: string[] = []): Move {
  return always(`consult.decided ${agreed.join('+')}${ruledOut.map((id) => ` not ${id}`).join('')}`, {
    type: 'consult.decided',
    data: { clinician, decision: 'As listed.', agreed, ruledOut },
  });
}

export const safeguarding = always('safeguarding.recorded', {
  type: 'safeguarding.recorded',
  data: { about: 'the caller', concern: 'notKnown', action: 'duty team told', by: clinician },
});

export const override = (gate: string, role: string): Move =>
  always(`override ${gate} by ${role}`, {
    type: 'gate.overridden',
    data: { gate, by: { name: 'Jo Hart', role }, reason: 'As we agreed on the telephone.' },
  });
/** The same, with the safety facts read again. */
export const overrideReread = (gate: string, role: string): Move =>
  always(`override ${gate} by ${role}, read again`, {
    type: 'gate.overridden',
    data: { gate, by: { name: 'Jo Hart', role }, reason: 'Read again.', reread: true },
  });

export const consentIs = (state: 'agreed' | 'refused' | 'notAsked' | 'couldNotAsk'): Move =>
  always(`consent ${state}`, { type: 'consent.recorded', data: { state } });
const consentOverriddenBy = (role: string): Move =>
  always(`consent.overridden by ${role}`, {
    type: 'consent.overridden',
    data: { ground: 'danger', by: { name: 'Asha Bell', role }, reason: 'Means at home.' },
  });
export const consentOverride = consentOverriddenBy('clinician');
/** Decisions that need a signature, by people who do and do not have it. */
export const signatures = ['clinician', 'supervisor', 'adviser'].flatMap((role) => [
  secondOpinion(role),
  decidedOnLine(role),
  consentOverriddenBy(role),
]);

export const speaks = (manner: 'open' | 'yesNo' | 'silent'): Move =>
  always(`call.adapted ${manner}`, { type: 'call.adapted', data: { channel: 'phone', manner } });

export const sayBack = always('sayBack.recorded', saidBack);
export const planIfWorse = always('plan ifWorse', ifWorse);
export const planUntil = always('plan until', until);
export const task = (kind: 'chaseHandover' | 'followUp' | 'callBack'): Move =>
  always(`task ${kind}`, {
    type: 'task.opened',
    data: { kind, what: 'Ring them', owner: 'Sam Okafor', dueAt: 1 },
  });

export const pick = (route: string, urgency: UrgencyCode): Move =>
  always(`choose ${route} ${urgency}`, choose(route, urgency));
export const withdraw = always('route.withdrawn', {
  type: 'route.withdrawn',
  data: { reason: 'They would rather not.' },
});

const FITS_ALL = { age: 'yes', area: 'yes', hours: 'yes', medical: 'yes' } as const;
export const service = (
  route: string,
  change: Partial<Record<keyof typeof FITS_ALL, 'no' | 'notKnown'>> = {},
  name = 'Northmoor',
) =>
  always(`service ${route} ${JSON.stringify(change)}${name === 'Northmoor' ? '' : ` at ${name}`}`, {
    type: 'service.checked',
    data: { route, name, fits: { ...FITS_ALL, ...change }, checkedHow: 'directory' },
  });
export const allFit = (content: Content): readonly Happening[] =>
  content.routes.filter((route) => route.service).map((route) => fits(route.id, 'Northmoor'));

/** Sends to a route; at most one unanswered hand-over of each choice, or the model would not end. */
export const send = (route: string): Move => ({
  name: `handover.sent ${route}`,
  make: (view) => {
    const waiting = view.sent.some((item) => item.current && item.answer === 'none');
    return waiting ? undefined : [{ type: 'handover.sent', data: { route, to: 'duty desk', how: 'phone' } }];
  },
});

/** The same with a time promised for when they are seen: within a day of it, or not. */
export const sendFor = (when: 'inTime' | 'late'): Move => ({
  name: `handover.sent ${when}`,
  make: (view) => {
    const [sent] = (view.route && send(view.route.id).make(view)) ?? [];
    if (sent?.type !== 'handover.sent') return undefined;
    return [{ ...sent, data: { ...sent.data, promisedBy: BEGUN + (when === 'inTime' ? 20 : 40) * HOUR } }];
  },
});

/** An event that is in no call of the models. */
export const NEVER_SENT = { stream: streamId.parse('019a9e5c-0000-7000-8000-000000000001'), seq: 99_999 };
const ANSWER = { open: 'none', taken: 'acknowledged', refused: 'declined' } as const;
/** The receiver answers a hand-over: the newest one that is open, that somebody took, that was refused, or one never sent. */
export function reply(kind: 'acknowledged' | 'declined', which: keyof typeof ANSWER | 'neverSent'): Move {
  return {
    name: `handover.${kind} ${which}`,
    make: (view) => {
      const handover =
        which === 'neverSent' ? NEVER_SENT : view.sent.findLast((item) => item.answer === ANSWER[which])?.ref;
      if (handover === undefined) return undefined;
      return kind === 'acknowledged'
        ? [{ type: 'handover.acknowledged', data: { handover, by: 'Lee, duty nurse' } }]
        : [{ type: 'handover.declined', data: { handover, by: 'Lee, duty nurse', reason: 'full' } }];
    },
  };
}

/** Somebody rings again about the newest hand-over that has no answer, or about one that was never sent. */
export const chase = (which: 'open' | 'neverSent'): Move => ({
  name: `handover.chased ${which}`,
  make: (view) => {
    const open = view.sent.findLast((item) => item.answer === 'none')?.ref;
    const handover = which === 'neverSent' ? NEVER_SENT : open;
    return handover && [{ type: 'handover.chased', data: { handover, words: 'Rang again, no answer.' } }];
  },
});
export const reopen: Move = always('call.reopened', {
  type: 'call.reopened',
  data: { by: { name: 'Jo Hart', role: 'adviser' }, reason: 'Nobody has them after all.' },
});

/** Calls of the models begin at 19:30; the form's shift began an hour before and goes on, so that "later" is in it too. */
const BEGUN = Date.UTC(2026, 10, 20, 19, 30);
const HOUR = 3_600_000;
export const FORM = { shiftFrom: BEGUN - HOUR, shiftTo: BEGUN + 10 * HOUR };
const takenBy = { name: 'Bea Lund', role: 'adviser' };
export const offeredBy = (source: 'paper' | 'handler'): Move =>
  always(`call.offered ${source}`, { type: 'call.offered', data: { channel: 'phone', source } });
export const markPaper: Move = always('call.fromPaper', {
  type: 'call.fromPaper',
  data: { takenBy, ...FORM },
});
const MOMENTS = {
  inShift: BEGUN - HOUR / 2,
  before: FORM.shiftFrom - 1,
  after: FORM.shiftTo + 1,
  future: BEGUN + 5 * HOUR,
} as const;
/** The form's time for the newest answer to a question, or for an event that never was. */
export const timeOf = (question: string, when: keyof typeof MOMENTS): Move => ({
  name: `entry.timed ${question} ${when}`,
  make: (view) => {
    const target = question === '' ? NEVER_SENT : said(view, question)?.ref;
    return (
      target && [{ type: 'entry.timed', data: { target, originalAt: MOMENTS[when], writtenBy: takenBy } }]
    );
  },
});
/** No model's call lasts that long. */
export const LATEST = BEGUN + HOUR;

/** Sends the route that is chosen. */
export const sendChosen: Move = {
  name: 'handover.sent',
  make: (view) => view.route && send(view.route.id).make(view),
};

/** Moves one after another as one, where what lies between is another model's. */
export const together = (...moves: readonly Move[]): Move => ({
  name: moves.map(({ name }) => name).join(' + '),
  make: (view) => {
    const parts = moves.map((move) => move.make(view));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  },
});
/** Only where this holds: a bound of the model. */
export const where = (holds: (view: View) => boolean, move: Move): Move => ({
  ...move,
  make: (view) => (holds(view) ? move.make(view) : undefined),
});

export const enter = stages.map((stage) =>
  always(`stage ${stage}`, { type: 'stage.entered', data: { stage } }),
);
export const pickUp = always('call.answered', answered);
export const closeAs = (outcome: OutcomeCode): Move => always(`close ${outcome}`, close(outcome));
export const everyClose = outcomeCodes.map(closeAs);
/** Every route with each urgency it has. */
export const everyRoute = (content: Content): readonly Move[] =>
  content.routes.flatMap((route) => route.urgencies.map((urgency) => pick(route.id, urgency)));
