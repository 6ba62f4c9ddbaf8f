import { z } from 'zod';
import { contentId, outcomeCode, stage, urgencyCode } from '../events/vocabulary.ts';
import { condition } from '../gates/condition.ts';
import { sha256Hex } from '../ids.ts';
import { talk, type Talk } from './talk.ts';

/** The shape of a content pack: what clinicians own, and code only reads. */
const sentence = z.string().trim().min(1).max(600);
const label = z.string().trim().min(1).max(80);
const hazardId = z.string().regex(/^H[1-9][0-9]?$/, 'must be a hazard id such as H18');

export const manifest = z.strictObject({
  id: contentId,
  /** Stored with every event. A change of any file is a new version. */
  version: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{2,59}$/, 'must be lower-case letters, digits, dots and dashes'),
  status: z.enum(['demonstration', 'approved']),
  approver: z.strictObject({ name: sentence, role: sentence }).nullable(),
  date: z.iso.date(),
  notice: sentence,
  /** SHA-256 over canonical JSON of everything in the pack but this field. */
  hash: sha256Hex,
});

export const questionField = z.strictObject({
  id: contentId,
  label,
  kind: z.enum(['text', 'phone', 'age', 'choice']),
  options: z.array(z.strictObject({ code: contentId, label })).optional(),
  /** Values that identify somebody: never logged, left out of diagnostics. */
  personal: z.boolean(),
  /** Shown only with these answers; always when absent. */
  with: z.array(z.enum(['yes', 'given'])).optional(),
});
export type QuestionField = z.infer<typeof questionField>;

export const question = z.strictObject({
  id: contentId,
  stage,
  /** A few words, for lists and summaries. */
  short: label,
  /** To be read aloud or put in the handler's own words. */
  ask: sentence,
  /** The same, when the caller is worried about somebody else. */
  askAbout: sentence.optional(),
  hint: sentence.optional(),
  /**
   * `yesNo` takes yes or no; `value` takes `given` with fields. Both take the three kinds of not knowing and are
   * kept as `answer.recorded`. The others are kept as events of their own: a route chosen, consent, plan lines,
   * what was said back.
   */
  kind: z.enum(['yesNo', 'value', 'choice', 'consent', 'plan', 'sayBack']),
  fields: z.array(questionField).optional(),
  /** Asked only when this is known to hold. */
  askedIf: condition.optional(),
  /** Left out only when this is known to hold: while it is unknown, the question is asked. */
  askedUnless: condition.optional(),
});
export type Question = z.infer<typeof question>;

const door = z.discriminatedUnion('door', [
  z.strictObject({ door: z.literal('route'), routes: z.array(contentId).min(1) }),
  z.strictObject({ door: z.literal('handOver') }),
  z.strictObject({ door: z.literal('close') }),
]);

export const gateCheck = z.strictObject({
  at: door,
  /** The door opens when this is true. False and unknown both keep it shut. */
  passIf: condition,
  /** What is missing, in the handler's words. */
  say: sentence,
});
export type GateCheck = z.infer<typeof gateCheck>;

export const gate = z.strictObject({
  id: z.string().regex(/^[GL][1-9][0-9]?$/, 'must be a gate id such as G4'),
  title: sentence,
  hazards: z.array(hazardId).min(1),
  checks: z.array(gateCheck),
  /** Who may pass it on their word. Absent: nobody. */
  override: z
    .strictObject({
      roles: z.array(label).min(1),
      say: sentence,
      /** The safety facts are read again first, and the event says so. */
      reread: z.boolean().default(false),
    })
    .optional(),
  /** For a gate that is a property of the program rather than a check: the test that shows it. */
  shownBy: z.string().optional(),
});
export type Gate = z.infer<typeof gate>;

/** Something a receiver asks for, and the questions that hold it; without any, the handler has it ready. */
const need = z.union([sentence, z.strictObject({ say: sentence, from: z.array(contentId).max(12) })]);

const pointer = z.strictObject({ when: condition, say: sentence });

export const route = z.strictObject({
  id: contentId,
  title: label,
  timescale: label,
  /** First is offered first; the handler may take another of the list. */
  urgencies: z.array(urgencyCode).min(1),
  outcomes: z.array(outcomeCode).min(1),
  /** MHSDS ServTeamTypeRefToMH, where the destination has one. */
  teamType: z
    .string()
    .regex(/^[A-Z][0-9]{2}$/, 'must be an MHSDS team type such as A02')
    .optional(),
  /** Somebody must say that they have the person before this ending is complete (G8). */
  handOver: z.boolean(),
  /** A particular service has to be looked up and checked (G6). */
  service: z.boolean(),
  needs: z.array(need),
  pointsTo: z.array(pointer),
  pointsAway: z.array(pointer),
});
export type Route = z.infer<typeof route>;

export const outcome = z.strictObject({ code: outcomeCode, title: sentence });
export const planHeading = z.strictObject({ id: contentId, title: label, prompt: sentence });
export const hazard = z.strictObject({ id: hazardId, title: sentence });

export const emergencyItem = z.strictObject({
  id: contentId,
  label,
  /** Filled from this question's answer, when there is one. */
  question: contentId.optional(),
});

const place = z.strictObject({ question: contentId, field: contentId });

/** What the receiving end of a route is told and asked (domain.md 4): what they need, and no more than that. */
export const receiver = z.strictObject({
  route: contentId,
  to: label,
  /** What we ask of them, to be read aloud. */
  ask: sentence,
  /** Questions whose answers they need. A safety answer of yes goes to every receiver, listed or not. */
  facts: z.array(contentId).min(1),
  /** What happens when they cannot reach the person, or the person does not arrive. */
  ifNoContact: sentence,
});
export type Receiver = z.infer<typeof receiver>;

/**
 * What was said once in a call and is not undone by a later answer to the same question (H67): a yes, these values of a
 * field, or an age, of which the youngest counts.
 */
export const staysSaid = z.strictObject({
  of: contentId,
  yes: z.literal(true).exactOptional(),
  fields: z.record(contentId, z.array(contentId).min(1)).exactOptional(),
  age: z.literal(true).exactOptional(),
});
export type StaysSaid = z.infer<typeof staysSaid>;

/** Which questions hold the facts that the program itself must find: strip, emergency, gates on age. */
export const landmarks = z.strictObject({
  /** self, someoneElse or professional. */
  aboutWhom: place,
  name: place,
  number: place,
  safeToRing: place,
  whereNow: place,
  saidBack: place,
  age: z.strictObject({
    question: contentId,
    years: contentId,
    band: contentId,
    /** Youngest and oldest whole year of each band of the question. */
    bands: z.record(contentId, z.tuple([z.int().min(0), z.int().max(130)])),
  }),
  /** When the safeguarding step lights up by itself (G5). */
  safeguardingDue: condition,
  /** Absent in packs before demonstration-6: the newest answer was all that counted. */
  staysSaid: z.array(staysSaid).optional(),
});

/** Whose name a decision needs: roles, by the event that records it. What is not listed, anybody named may decide. */
export const signatures = z.strictObject({
  'consult.decided': z.array(label).min(1),
  'callBack.decided': z.array(label).min(1),
  'consent.overridden': z.array(label).min(1),
});

/** What a clinician's decision must say of the routes, beside its words. */
export const consult = z.strictObject({
  /** A decision without a route agreed to or ruled out is refused. */
  namesRoutes: z.boolean(),
  /** How ending without a route is called, in the list of what they decide on. */
  withoutRoute: label,
});
export type Consult = z.infer<typeof consult>;

/** When to ring back somebody who was cut off (H3): minutes after the line went, in order. */
export const callBack = z.strictObject({
  afterMinutes: z.array(z.int().min(0).max(1440)).min(1).max(10),
  say: sentence,
});
export type CallBack = z.infer<typeof callBack>;

export const contentPack = z.strictObject({
  manifest,
  questions: z.array(question).min(1),
  gates: z.array(gate).min(1),
  routes: z.array(route).min(1),
  /** Absent in packs before demonstration-2. */
  receivers: z.array(receiver).min(1).optional(),
  outcomes: z.array(outcome).min(1),
  planHeadings: z.array(planHeading).min(1),
  hazards: z.array(hazard).min(1),
  landmarks,
  signatures,
  /** Absent in packs before demonstration-2. */
  consult: consult.optional(),
  /** Absent in packs before demonstration-2, whose wording was in the program. */
  talk: talk.optional(),
  /** Absent in packs before demonstration-2. */
  callBack: callBack.optional(),
  emergency: z.strictObject({ say: sentence, checklist: z.array(emergencyItem).min(1) }),
});
export type ContentPack = z.infer<typeof contentPack>;

/** A pack that has been parsed and whose every cross-reference was checked. */
export interface Content extends ContentPack {
  readonly staysSaid: readonly StaysSaid[];
  readonly consult: Consult;
  readonly talk: Talk;
  readonly callBack: CallBack;
  readonly receivers: Receiver[];
  question(id: string): Question | undefined;
  gate(id: string): Gate | undefined;
  route(id: string): Route | undefined;
  /** Who takes a person on by this route; nothing where nobody does. */
  receiver(route: string): Receiver | undefined;
}
