import { z } from 'zod';

/** Words typed by a person. Bounded, so that one field cannot fill a disk; long enough for a long call's note. */
export const MAX_WORDS = 8000;
export const words = z.string().trim().min(1).max(MAX_WORDS);
/** A person, place, team or reference as typed. */
export const MAX_SHORT_TEXT = 300;
export const shortText = z.string().trim().min(1).max(MAX_SHORT_TEXT);
/** The value of a question's own field. */
export const MAX_FIELD = 500;
/** An id used inside content: question, gate, route, heading. */
export const contentId = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/, 'must be a content id');

/**
 * The answer to any question. The last three are three kinds of not knowing, and none of them is a no (H18).
 * `given` is for questions that ask for something other than yes or no.
 */
export const answerState = z.enum(['yes', 'no', 'given', 'notKnown', 'declined', 'couldNotAsk']);
export type AnswerState = z.infer<typeof answerState>;

/** Whose knowledge or whose word something is. The person's own, or somebody's account of them. */
export const saidBy = z.enum(['person', 'caller', 'professional', 'handler']);

export const channel = z.enum(['phone', 'relay', 'interpreted', 'text']);
export type Channel = z.infer<typeof channel>;

/** How the person can talk: freely, only yes and no because they are overheard, or not at all. */
export const manner = z.enum(['open', 'yesNo', 'silent']);
export type Manner = z.infer<typeof manner>;

/** The guide's stages, in the order the guide shows them. */
export const stages = ['opening', 'safetyCheck', 'needs', 'options', 'agree', 'handOver', 'close'] as const;
export const stage = z.enum(stages);
export type Stage = z.infer<typeof stage>;

/** National outcome of a crisis-line contact (MHSDS drop-in contact outcome). */
export const outcomeCodes = ['01', '02', '03', '04', '05', '06', '98'] as const;
export const outcomeCode = z.enum(outcomeCodes);
export type OutcomeCode = z.infer<typeof outcomeCode>;

/**
 * MHSDS ClinRespPriorityType: how soon we respond, not a property of the person. The order of the list is the order
 * of urgency; the order of the numbers is not.
 */
export const urgencyCodes = ['1', '4', '2', '3'] as const;
export const urgencyCode = z.enum(urgencyCodes);
export type UrgencyCode = z.infer<typeof urgencyCode>;

export const role = z.enum(['adviser', 'clinician', 'supervisor']);
export type Role = z.infer<typeof role>;

/** Who wrote an event: a signed-in person. */
export const author = z.strictObject({ id: shortText, role });
export type Author = z.infer<typeof author>;

/** A person named as having decided something. They need not be signed in at this desk. */
export const namedPerson = z.strictObject({ name: shortText, role: shortText });
export type NamedPerson = z.infer<typeof namedPerson>;

/** In a clinician's decision, where a route would stand: the call ends without one. */
export const NO_ROUTE = 'noRoute';

/** Points at an event that came earlier. */
export const eventRef = z.strictObject({ stream: z.uuidv7().brand('StreamId'), seq: z.int().min(1) });
export type EventRef = z.infer<typeof eventRef>;
