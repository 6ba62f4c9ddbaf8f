import { type Adjustment } from '../../../shared/directory/adjustments.ts';
import { type AskFirst } from '../../../shared/directory/ask-first.ts';
import { type Known } from '../../../shared/directory/asking.ts';
import { type Found } from '../../../shared/directory/finder.ts';
import { type Reason } from '../../../shared/directory/fits.ts';
import { type RuleSubject } from '../../../shared/directory/service.ts';
import { assertNever } from '../../../shared/result.ts';
import { type UtcMs } from '../../../shared/time.ts';
import { timeText } from './times.ts';

/** One reason for or against a service, in plain words. */
export function reasonText(reason: Reason, now: UtcMs): string {
  const unknown = reason.fit === 'notKnown';
  switch (reason.about) {
    case 'age':
      return unknown ? `age (${agesText(reason.min, reason.max)})` : agesText(reason.min, reason.max);
    case 'area':
      if (unknown) return `whether it takes people from ${PLACES[reason.of]}`;
      return `${reason.fit === 'yes' ? 'takes' : 'does not take'} people from ${PLACES[reason.of]}`;
    case 'hours':
      return hoursText(reason, now);
    case 'rule':
      return ruleText(reason);
    case 'noMedicalRule':
      return 'whether it takes medical needs';
    case 'access':
      return `${ACCESS_FITS[reason.fit]} ${ADJUSTMENTS[reason.wanted]}`;
    case 'status':
      return `marked ${reason.status}`;
    case 'capacity':
      return `${reason.says}, since ${timeText(reason.at, now)}`;
    default:
      return assertNever(reason);
  }
}

const ACCESS_FITS = { yes: 'has', no: 'says that it has not', notKnown: 'ask it for' } as const;
const ADJUSTMENTS: Readonly<Record<Adjustment, string>> = {
  stepFree: 'a way in without steps',
  interpreter: 'an interpreter',
  textRelay: 'text or relay',
  womanStaff: 'a woman to be seen by',
  manStaff: 'a man to be seen by',
};

/** What the service says, what the call has on record of it, and whether its owner should have looked at it again. */
function ruleText({ rule, fact, overdue }: Extract<Reason, { about: 'rule' }>): string {
  const asked = rule.effect === 'takes' ? '' : ` (${RULE_SUBJECTS[rule.about]}: ${FACTS[fact]})`;
  const old = overdue ? `, a rule that ${rule.owner} was to look at again by ${rule.reviewOn}` : '';
  return `${rule.say}${asked}${old}`;
}
const FACTS: Readonly<Record<Known, string>> = { yes: 'yes', no: 'no', notKnown: 'not known' };
const RULE_SUBJECTS: Readonly<Record<RuleSubject, string>> = {
  medicalNeed: 'needs medical care',
  intoxicated: 'drink or drugs today',
  recentHarm: 'hurt or taken something',
  recentCrisisContact: 'crisis team or A&E in the last month',
  underSecondaryCare: 'seen by a mental health team now',
  currentCrisis: 'in danger, or may act today',
  psychosis: 'frightening sights, voices or beliefs',
  perinatal: 'pregnant, or a baby under one',
  armedForces: 'served in the armed forces',
  alcoholOrDrugs: 'wants help with drink or drugs',
};

/** What to ask first, in a few words for a button. */
export const askFirstText = (fact: AskFirst): string =>
  fact === 'age'
    ? 'age'
    : fact === 'now' || fact === 'home' || fact === 'gp'
      ? PLACES[fact]
      : RULE_SUBJECTS[fact];

const PLACES = { now: 'where they are', home: 'where they live', gp: 'their GP’s area' } as const;

function agesText(min: number | undefined, max: number | undefined): string {
  if (min === undefined && max === undefined) return 'no age limit is given';
  if (max === undefined) return `from ${yearsText(min ?? 0)}`;
  const upTo = max % 12 === 11 ? `up to ${Math.floor(max / 12)}` : `up to ${yearsText(max)}`;
  return min === undefined || min === 0 ? upTo : `from ${yearsText(min)} ${upTo}`;
}

const yearsText = (months: number): string =>
  months % 12 === 0 ? `${months / 12}` : `${Math.floor(months / 12)} years ${months % 12} months`;

function hoursText({ arrival, arrivalAt }: Extract<Reason, { about: 'hours' }>, now: UtcMs): string {
  const then = arrivalAt === undefined ? '' : ` at ${timeText(arrivalAt, now)}`;
  switch (arrival.door) {
    case 'open':
      return `open${then}${arrival.until === undefined ? '' : `, until ${timeText(arrival.until, now)}`}`;
    case 'closing':
      return `closes ${timeText(arrival.until, now)}, too soon after they would arrive${then}`;
    case 'closed':
      return `closed${then}${arrival.opensAt === undefined ? '' : `, opens ${timeText(arrival.opensAt, now)}`}`;
    case 'notKnown':
      return arrivalAt === undefined ? 'when they would arrive, so whether it is open then' : 'its hours';
    default:
      return assertNever(arrival);
  }
}

/** How far, how long, and that an estimate is one. */
export function wayText({ metres, arrivalAt, estimated, place }: Found, now: UtcMs): string {
  if (place === undefined) return 'By phone';
  const far =
    metres === undefined ? 'How far is not known' : `${(metres / 1000).toFixed(1)} km in a straight line`;
  if (arrivalAt === undefined) return far;
  return `${far} · there ${timeText(arrivalAt, now)}${estimated ? ' (estimated from the straight line)' : ' (as they say)'}`;
}

/** Who looked last, that an entry that cannot be relied on is rung first, and how people get in. */
export function trustText({ trust, ringFirst, service }: Found): string {
  const { byAppointment, selfReferral } = service.access;
  const looked =
    service.verified === undefined
      ? 'Nobody has verified this entry'
      : `Verified ${service.verified.on} by ${service.verified.by}${trust === 'stale' ? ': that is long ago' : ''}`;
  return [
    ringFirst ? `${looked}. Ring first.` : looked,
    byAppointment === true ? 'By appointment.' : '',
    selfReferral === false ? 'They cannot refer themselves.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The facts as they were shown, to stand in the call beside the choice. At most 300 signs. */
export function shownFacts(found: Found, version: number, now: UtcMs): string {
  const { service, reasons } = found;
  const facts = reasons.map((reason) => `${FIT[reason.fit]} ${reasonText(reason, now)}`).join('; ');
  const text = `Directory version ${version}, ${service.id}. ${found.ringFirst ? 'Ring first. ' : ''}${facts}`;
  return text.length <= 300 ? text : `${text.slice(0, 299)}…`;
}
const FIT = { yes: 'fits:', no: 'does not fit:', notKnown: 'not known:' } as const;
