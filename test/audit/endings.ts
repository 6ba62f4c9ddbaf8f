import { type Content } from '../../shared/content/schema.ts';
import { type Happening } from '../../shared/events/event.ts';
import { type OutcomeCode, type UrgencyCode } from '../../shared/events/vocabulary.ts';
import { choose, clinician, close, consulted, ifWorse, saidBack, until } from '../support/call-builder.ts';
import { type Caller } from './callers.ts';

/** The receiver of the newest hand-over says that they have the person: which one is known only while it is played. */
export const TAKEN = 'taken';
export type AuditStep = Happening | typeof TAKEN;

/** One way a call ends, of the issue and of domain.md 4 and 10.4. */
export interface Ending {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Each way it is written down: how soon, and the national outcome. No urgency where nothing is chosen. */
  readonly codes: readonly { readonly urgency?: UrgencyCode; readonly outcome: OutcomeCode }[];
  /** From what is known of the caller to the closed call. */
  readonly steps: (caller: Caller, code: Ending['codes'][number]) => readonly AuditStep[];
  /** Comes before anything is asked: the check is not waited for. */
  readonly atOnce?: true;
}

const SOURCES: Readonly<Record<string, string>> = {
  aeLiaison: '4.3',
  crhtVeryUrgent: '4.1',
  crhtUrgent: '4.1',
  childCrisisTeam: '4.1, 1.6',
  crisisAlternative: '4.2',
  talkingTherapies: '4.4',
  careTeam: '4.5',
  gp: '4.5',
  otherLine: '1.2, 4.5',
  other: '4.5',
  adviceOnly: '4.5',
};

function byRoute(content: Content, id: string): Ending {
  const route = content.route(id);
  if (route === undefined) throw new Error(`no route ${id}`);
  return {
    id,
    title: route.title,
    source: SOURCES[id] ?? '',
    codes: route.urgencies.flatMap((urgency) => route.outcomes.map((outcome) => ({ urgency, outcome }))),
    steps: (caller, { urgency = '3', outcome }) => [
      ...(route.service ? [looked(id, caller)] : []),
      choose(id, urgency),
      { type: 'consent.recorded', data: { state: caller.consent } },
      ...(route.handOver ? ([sentTo(id), TAKEN] as const) : []),
      until,
      ifWorse,
      saidBack,
      ...caller.owed,
      close(outcome),
    ],
  };
}

const looked = (route: string, caller: Caller): Happening => ({
  type: 'service.checked',
  data: {
    route,
    name: 'Northmoor service',
    fits: { age: 'yes', area: 'yes', hours: 'yes', medical: 'yes', ...caller.fits?.(route) },
    checkedHow: 'rang them',
  },
});
const sentTo = (route: string): Happening => ({
  type: 'handover.sent',
  data: { route, to: 'Duty desk', how: 'phone' },
});

const emergency: Ending = {
  id: 'emergency999',
  title: '999 ambulance or police',
  source: '1.4, 2.2',
  codes: [{ urgency: '1', outcome: '06' }],
  atOnce: true,
  steps: (caller, { outcome }) => [
    { type: 'emergency.raised', data: {} },
    { type: 'emergency.handedOver', data: { reference: 'A-100' } },
    { type: 'emergency.contactConfirmed', data: { by: 'Control' } },
    saidBack,
    // Who is there and how old was never asked: that is safeguarded, not guessed.
    ...(caller.owed.length > 0 ? caller.owed : [unaskedSafeguarded]),
    close(outcome),
  ],
};
const unaskedSafeguarded: Happening = {
  type: 'safeguarding.recorded',
  data: { about: 'whoever is there', concern: 'notKnown', action: 'Crew asked to look.', by: clinician },
};

const lost: Ending = {
  id: 'lost',
  title: 'Lost, or never spoke: decided by name',
  source: '1.3, 1.5',
  codes: [{ outcome: '01' }],
  steps: (caller, { outcome }) => [
    { type: 'line.dropped', data: {} },
    { type: 'callBack.attempted', data: { result: 'noAnswer' } },
    { type: 'callBack.decided', data: { by: clinician, decision: 'Police asked to visit.' } },
    ...caller.owed,
    close(outcome),
  ],
};

const nowhere: Ending = {
  id: 'noRoute',
  title: 'Without a route: a clinician agrees',
  source: '10.1',
  codes: [{ outcome: '98' }],
  steps: (caller, { outcome }) => [...consulted, ifWorse, saidBack, ...caller.owed, close(outcome)],
};

/** Every ending this content has, in its order. */
export function endingsOf(content: Content): readonly Ending[] {
  const routes = content.routes
    .filter(({ id }) => id !== 'emergency999')
    .map(({ id }) => byRoute(content, id));
  return [emergency, ...routes, lost, nowhere];
}
