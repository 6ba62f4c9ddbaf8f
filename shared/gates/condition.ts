import { z } from 'zod';
import { contentId, outcomeCode, urgencyCode } from '../events/vocabulary.ts';

/**
 * The closed vocabulary in which content says when something holds. Content cannot bring code: a new kind of
 * condition is a change here, under test. Everything evaluates to true, false or unknown (see evaluate.ts).
 */
export const recordedThing = z.enum([
  'consultDecided',
  'safeguarding',
  'callBackDecision',
  'sayBack',
  'handoverAcknowledged',
  'owningTask',
  'chaseTask',
  'openTask',
  'emergencyRaised',
  'emergencyReference',
  'emergencyStoodDown',
  'emergencyContact',
  'contactTask',
  'consentOverride',
  'planUntil',
  'planIfWorse',
  'route',
]);
export type RecordedThing = z.infer<typeof recordedThing>;

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  /** Unknown unless somebody said yes or no. */
  | { answer: string; is: 'yes' | 'no' }
  /** True once the question has any state at all, the three kinds of not knowing included. */
  | { answered: string }
  /** True when any of these was asked and not known, declined, or could not be asked. */
  | { notKnown: string[] }
  /** Unknown while the field has no value. */
  | { field: string; of: string; is: string[] }
  /** Years. Unknown without an age or an age band that settles it. */
  | { ageUnder: number }
  | { recorded: RecordedThing }
  | { consent: ('agreed' | 'refused' | 'notAsked' | 'couldNotAsk')[] }
  /** A clinician decided with everything known, and agreed to the route in question. */
  | { agreed: true }
  /** The last word of a clinician on the route in question ruled it out. */
  | { ruledOut: true }
  /** The route now chosen is one of these. */
  | { chosen: string[] }
  | { chosenUrgency: ('1' | '4' | '2' | '3')[] }
  /** The outcome the handler proposes to close with is one of these. */
  | { outcome: ('01' | '02' | '03' | '04' | '05' | '06' | '98')[] }
  /** The proposed outcome is one the chosen route can end with. */
  | { outcomeFitsRoute: true }
  /** Age, area, hours at arrival and medical need all fit, for the route in question. */
  | { serviceFits: true }
  /**
   * None of these fields changed since the service was looked at for the route in question (H6). Saying the same again is
   * no change. True also while none was looked at: `serviceFits` asks for that.
   */
  | { sameSinceCheck: { of: string; fields: string[] }[] }
  /** The service that was looked at last for the chosen route is the one that was chosen. True where none was. */
  | { chosenServiceLooked: true }
  /** The newest hand-over of the chosen route was taken, for a time no more than so many hours after it was sent. */
  | { takenWithinHours: number }
  /** The response looked at is slower than one chosen before in this call. */
  | { slowerThanChosen: true }
  /** The person is on the line and does not speak. */
  | { silent: true }
  /** The caller was cut off and has not been reached again. */
  | { lineLost: true }
  /** The desk stopped in this call, and nobody has said since whether the caller is still there. */
  | { stopUnanswered: true };

const restsOn = z.strictObject({ of: contentId, fields: z.array(contentId).min(1) });

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
    z.strictObject({ answer: contentId, is: z.enum(['yes', 'no']) }),
    z.strictObject({ answered: contentId }),
    z.strictObject({ notKnown: z.array(contentId).min(1) }),
    z.strictObject({ field: contentId, of: contentId, is: z.array(z.string()).min(1) }),
    z.strictObject({ ageUnder: z.int().min(1).max(130) }),
    z.strictObject({ recorded: recordedThing }),
    z.strictObject({ consent: z.array(z.enum(['agreed', 'refused', 'notAsked', 'couldNotAsk'])).min(1) }),
    z.strictObject({ agreed: z.literal(true) }),
    z.strictObject({ ruledOut: z.literal(true) }),
    z.strictObject({ chosen: z.array(contentId).min(1) }),
    z.strictObject({ chosenUrgency: z.array(urgencyCode).min(1) }),
    z.strictObject({ outcome: z.array(outcomeCode).min(1) }),
    z.strictObject({ outcomeFitsRoute: z.literal(true) }),
    z.strictObject({ serviceFits: z.literal(true) }),
    z.strictObject({ sameSinceCheck: z.array(restsOn).min(1) }),
    z.strictObject({ chosenServiceLooked: z.literal(true) }),
    z.strictObject({ takenWithinHours: z.int().min(1).max(168) }),
    z.strictObject({ slowerThanChosen: z.literal(true) }),
    z.strictObject({ silent: z.literal(true) }),
    z.strictObject({ lineLost: z.literal(true) }),
    z.strictObject({ stopUnanswered: z.literal(true) }),
  ]),
);

/** Every condition inside this one, itself included: for checking cross-references. */
export function* walk(root: Condition): Generator<Condition> {
  yield root;
  if ('all' in root) for (const part of root.all) yield* walk(part);
  if ('any' in root) for (const part of root.any) yield* walk(part);
  if ('not' in root) yield* walk(root.not);
}

/** The questions a condition turns on, by itself and not counting its parts. */
export function questionsNamed(part: Condition): readonly string[] {
  if ('answer' in part) return [part.answer];
  if ('answered' in part) return [part.answered];
  if ('notKnown' in part) return part.notKnown;
  if ('field' in part) return [part.of];
  if ('sameSinceCheck' in part) return part.sameSinceCheck.map(({ of }) => of);
  return [];
}
