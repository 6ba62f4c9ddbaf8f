import { z } from 'zod';
import {
  answerState,
  contentId,
  eventRef,
  MAX_FIELD,
  namedPerson,
  saidBy,
  shortText,
  words,
} from './vocabulary.ts';

/** What was learnt, in any order and at any time. Nothing here is ever edited: a correction is an event. */
export const factEvents = [
  z.strictObject({
    type: z.literal('answer.recorded'),
    data: z.strictObject({
      question: contentId,
      state: answerState,
      /** Values of the question's own fields (a number, a place, an age), keyed by field id. */
      fields: z.record(contentId, z.string().max(MAX_FIELD)).exactOptional(),
      /** The caller's exact words. */
      words: words.exactOptional(),
      /** Whose knowledge this is: the person's own, or somebody's account of them. */
      saidBy,
    }),
  }),
  z.strictObject({ type: z.literal('note.added'), data: z.strictObject({ text: words }) }),
  /** Strikes an earlier answer, note or plan line through. It stays readable. */
  z.strictObject({
    type: z.literal('entry.struck'),
    data: z.strictObject({ target: eventRef, reason: shortText }),
  }),
  z.strictObject({
    type: z.literal('plan.recorded'),
    data: z.strictObject({ heading: contentId, text: words }),
  }),
  z.strictObject({
    type: z.literal('safeguarding.recorded'),
    data: z.strictObject({
      about: shortText,
      concern: z.enum(['yes', 'no', 'notKnown']),
      action: words,
      by: namedPerson,
    }),
  }),
  /**
   * The call was put on paper or into a PDF; who and when is the envelope's. `dialogue`: the browser's own print
   * dialogue was opened, and whether paper came out is not known.
   */
  z.strictObject({
    type: z.literal('copy.printed'),
    data: z.strictObject({
      what: z.enum(['card', 'record', 'letter', 'fhir']),
      how: z.enum(['dialogue', 'printer', 'pdf', 'file']),
    }),
  }),
] as const;
