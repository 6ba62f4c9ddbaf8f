import { z } from 'zod';
import { localDate, openingHours } from './hours-schema.ts';

/**
 * The directory as a desk holds it: services of an area with where they are, when they are open and whom they take.
 * Names follow HSDS 3 / Open Referral UK where they have one; `hsds.ts` reads feeds into this. What a feed leaves
 * out is left out here too and reads as "not known": no default is ever a yes (H6).
 */

const id = z.string().trim().min(1).max(100);
const line = z.string().trim().min(1).max(300);
const text = z.string().trim().min(1).max(4000);

/** What kind of door it is. A service may be several. */
export const serviceKinds = [
  'crisisTeamAdult',
  'crisisTeamOlderAdult',
  'crisisTeamChild',
  'crisisLine',
  'crisisCafe',
  'sanctuary',
  'safeHaven',
  'crisisHouse',
  'emergencyDepartment',
  'walkInAssessment',
  'talkingTherapies',
  'careTeam',
  'primaryCare',
  'helpline',
  'socialCare',
  'alcoholAndDrugs',
  'veterans',
  'perinatal',
] as const;
export const serviceKind = z.enum(serviceKinds);
export type ServiceKind = z.infer<typeof serviceKind>;

/** Ordnance Survey grid position in metres. */
export const gridPoint = z.strictObject({
  easting: z.int().min(0).max(800_000),
  northing: z.int().min(0).max(1_400_000),
});
export type GridPoint = z.infer<typeof gridPoint>;

/** One site. Its own hours count before the service's. */
export const place = z.strictObject({
  id,
  name: line.exactOptional(),
  address: z.array(line).max(8),
  postcode: z.string().trim().min(2).max(8).exactOptional(),
  point: gridPoint.exactOptional(),
  hours: openingHours.exactOptional(),
  /** "Ring the side bell", "moved from Mill Lane in May". */
  note: text.exactOptional(),
});

/** What a rule of a service is about: facts that a conversation can yield. */
export const ruleSubjects = [
  'medicalNeed',
  'intoxicated',
  'recentHarm',
  'recentCrisisContact',
  'underSecondaryCare',
  'currentCrisis',
  'psychosis',
  'perinatal',
  'armedForces',
  'alcoholOrDrugs',
] as const;

/**
 * A rule that differs by area, as data with an owner and a day to look at it again. `takes`: they come in with it;
 * `excludes`: they do not; `asks`: ring first and ask; `knownFor`: it is there for people of whom this is so, and for
 * nobody else.
 */
export const serviceRule = z.strictObject({
  about: z.enum(ruleSubjects),
  effect: z.enum(['takes', 'excludes', 'asks', 'knownFor']),
  say: line,
  owner: line,
  reviewOn: localDate,
});

/** How people get in. `no` and a missing answer are different things. */
export const access = z.strictObject({
  walkIn: z.boolean().exactOptional(),
  /** Ring before anybody sets out. */
  phoneFirst: z.boolean().exactOptional(),
  byAppointment: z.boolean().exactOptional(),
  selfReferral: z.boolean().exactOptional(),
  /** In the service's words: how a referral is made. */
  referral: text.exactOptional(),
  /** BaRS reasonable-adjustment words: step-free, quiet room, BSL, interpreter. */
  adjustments: z.array(line).exactOptional(),
  /** What it says that it has not. Missing and "has not" are different things. */
  lacks: z.array(line).exactOptional(),
});

export const eligibility = z.strictObject({
  /** In months, because 17 years 9 months is a real rule. From the first to the last month, both included. */
  minAgeMonths: z.int().min(0).max(1_560).exactOptional(),
  maxAgeMonths: z.int().min(0).max(1_560).exactOptional(),
  /** Nobody is too young or too old. Without this and without bounds the age is not known. */
  anyAge: z.literal(true).exactOptional(),
  /** ONS codes of the areas it takes people from; `anywhere` asks for no area. */
  areas: z.union([z.literal('anywhere'), z.array(z.string().regex(/^[A-Z][0-9]{8}$/))]).exactOptional(),
  /** What the directory calls those areas, by code. */
  areaNames: z.record(z.string().regex(/^[A-Z][0-9]{8}$/), line).exactOptional(),
  /** Which of a person's places the area is asked of. */
  areaOf: z.enum(['now', 'home', 'gp']).default('now'),
  /** In the service's own words. */
  says: text.exactOptional(),
});

export const phone = z.strictObject({
  number: z.string().trim().min(3).max(40),
  for: z.enum(['public', 'professionals']),
  says: line.exactOptional(),
});

/** One service, whole: what an importer makes, the hub keeps and a desk shows. */
export const directoryService = z.strictObject({
  id,
  name: line,
  organisation: z.strictObject({ id, name: line }),
  kinds: z.array(serviceKind).min(1),
  status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']),
  description: text.exactOptional(),
  /** Short-term word of the service: "closed for a flood until Monday". */
  alert: text.exactOptional(),
  /** MHSDS ServTeamTypeRefToMH: A02, A21 … */
  teamType: z
    .string()
    .regex(/^[A-Z][0-9]{2}$/)
    .exactOptional(),
  places: z.array(place),
  hours: openingHours,
  /** How long a visit has to be to be worth the way, in minutes. */
  shortestVisitMinutes: z.int().min(0).max(600).default(30),
  eligibility,
  rules: z.array(serviceRule),
  access,
  phones: z.array(phone),
  /** Who looked last whether all this is so. Missing: nobody, as far as is known. */
  verified: z.strictObject({ on: localDate, by: line }).exactOptional(),
  /** Where the reader had to guess or leave something out, in words: shown with the entry. */
  doubts: z.array(line).exactOptional(),
});
export type DirectoryService = z.infer<typeof directoryService>;
export type Place = z.infer<typeof place>;
export type Access = z.infer<typeof access>;
export type ServiceRule = z.infer<typeof serviceRule>;
export type RuleSubject = (typeof ruleSubjects)[number];
