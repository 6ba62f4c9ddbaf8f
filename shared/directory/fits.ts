import { type DayNumber, dayNumber } from '../london.ts';
import { assertNever } from '../result.ts';
import { type UtcMs } from '../time.ts';
import { type Adjustment, hasAdjustment } from './adjustments.ts';
import { type Arrival, onArrival } from './arrival.ts';
import { type Asking, type Known } from './asking.ts';
import { type BankHolidays } from './hours.ts';
import { type DirectoryService, type Place, type ServiceRule } from './service.ts';

/** Why a service fits or does not, one matter at a time. `data` is for words: they are made where they are shown. */
export type Reason =
  | {
      readonly about: 'age';
      readonly fit: Known;
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    }
  | { readonly about: 'area'; readonly fit: Known; readonly of: 'now' | 'home' | 'gp' }
  | {
      readonly about: 'hours';
      readonly fit: Known;
      readonly arrival: Arrival;
      readonly arrivalAt?: UtcMs | undefined;
    }
  | {
      readonly about: 'rule';
      readonly fit: Known;
      readonly rule: ServiceRule;
      /** What the call has on record of it. */
      readonly fact: Known;
      /** The day on which its owner was to look at it again has passed. */
      readonly overdue: boolean;
    }
  | { readonly about: 'noMedicalRule'; readonly fit: 'notKnown' }
  | { readonly about: 'access'; readonly fit: Known; readonly wanted: Adjustment }
  | { readonly about: 'status'; readonly fit: 'no'; readonly status: DirectoryService['status'] }
  | { readonly about: 'capacity'; readonly fit: 'no'; readonly says: string; readonly at: UtcMs };

/** A person's age is a span of months: a service takes all of it, none of it, or it cannot be told. */
export function ageFit({ eligibility }: DirectoryService, age: Asking['age']): Reason {
  const { minAgeMonths: min, maxAgeMonths: max, anyAge } = eligibility;
  const reason = (fit: Known): Reason => ({ about: 'age', fit, min, max });
  if (anyAge === true) return reason('yes');
  if (age === undefined || (min === undefined && max === undefined)) return reason('notKnown');
  const [youngest, oldest] = age;
  if (youngest > (max ?? Infinity) || oldest < (min ?? 0)) return reason('no');
  return reason(youngest >= (min ?? 0) && oldest <= (max ?? Infinity) ? 'yes' : 'notKnown');
}

export function areaFit({ eligibility }: DirectoryService, areas: Asking['areas']): Reason {
  const of = eligibility.areaOf;
  const reason = (fit: Known): Reason => ({ about: 'area', fit, of });
  if (eligibility.areas === 'anywhere') return reason('yes');
  const [taken, lived] = [eligibility.areas, areas[of]];
  if (taken === undefined || lived === undefined) return reason('notKnown');
  if (lived.some((code) => taken.includes(code))) return reason('yes');
  // A town may lie in a county that is named: only where every level is known is outside really outside.
  const levels = new Set(lived.map(levelOf));
  return reason(taken.every((code) => levels.has(levelOf(code))) ? 'no' : 'notKnown');
}

/** Of which level an ONS code is. The four kinds of local authority exclude each other and are one level. */
const levelOf = (code: string): string => (/^E0[6-9]/.test(code) ? 'E06' : code.slice(0, 3));

/** The door of one place at the hour of arrival (H7). Without an hour of arrival nobody can say. */
export function hoursFit(
  service: DirectoryService,
  place: Place | undefined,
  arrivalAt: UtcMs | undefined,
  holidays: BankHolidays,
): Reason {
  const hours = place?.hours ?? service.hours;
  if (arrivalAt === undefined && hours.kind !== 'always')
    return { about: 'hours', fit: 'notKnown', arrival: { door: 'notKnown' } };
  const stayMs = service.shortestVisitMinutes * 60_000;
  const arrival = onArrival(hours, arrivalAt ?? 0, { stayMs, holidays });
  return { about: 'hours', fit: FIT_OF_DOOR[arrival.door], arrival, arrivalAt };
}
const FIT_OF_DOOR = { open: 'yes', closing: 'no', closed: 'no', notKnown: 'notKnown' } as const;

/** A rule against what is known. What excludes and is not known stays not known; what is to be asked stays a question. */
function ruleFit(rule: ServiceRule, facts: Asking['facts'], today: DayNumber): RuleReason {
  const fact = facts[rule.about] ?? 'notKnown';
  const overdue = (dayNumber(rule.reviewOn) ?? -Infinity) < today;
  return { about: 'rule', fit: fitOfRule(rule.effect, fact), rule, fact, overdue };
}
type RuleReason = Extract<Reason, { about: 'rule' }>;

function fitOfRule(effect: ServiceRule['effect'], fact: Known): Known {
  switch (effect) {
    case 'takes':
      return 'yes';
    case 'excludes':
      return fact === 'yes' ? 'no' : fact === 'no' ? 'yes' : 'notKnown';
    case 'asks':
      return fact === 'no' ? 'yes' : 'notKnown';
    case 'knownFor':
      return fact;
    default:
      return assertNever(effect);
  }
}

/** Every rule against the facts. A door that says nothing about medical needs has not said that it takes them. */
export function ruleFits(
  service: DirectoryService,
  facts: Asking['facts'],
  today: DayNumber,
): readonly Reason[] {
  const fits = service.rules.map((rule) => ruleFit(rule, facts, today));
  const says = service.places.length === 0 || service.rules.some(({ about }) => about === 'medicalNeed');
  return says ? fits : [...fits, { about: 'noMedicalRule', fit: 'notKnown' }];
}

/** What somebody needs to get in or be understood, one need at a time. A service that lists nothing has not said no. */
export const accessFits = ({ access }: DirectoryService, wanted: readonly Adjustment[]): readonly Reason[] =>
  wanted.map((need) => ({ about: 'access', fit: hasAdjustment(access, need), wanted: need }));

/** All of several: one no is a no, else one unknown is unknown. */
export function allOf(fits: readonly Known[]): Known {
  if (fits.includes('no')) return 'no';
  return fits.includes('notKnown') ? 'notKnown' : 'yes';
}
