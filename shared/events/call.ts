import { z } from 'zod';
import { utcMs } from '../time.ts';
import {
  channel,
  eventRef,
  manner,
  namedPerson,
  outcomeCode,
  shortText,
  stage,
  urgencyCode,
  words,
} from './vocabulary.ts';

/** The life of the call itself, and where in the guide the handler is. */
export const callEvents = [
  z.strictObject({
    type: z.literal('call.offered'),
    data: z.strictObject({
      channel,
      source: z.enum(['handler', 'deepLink', 'telephony', 'paper']),
      number: z.string().max(40).exactOptional(),
      waitedMs: z.int().min(0).exactOptional(),
    }),
  }),
  /** The call was taken on paper and is entered now: by whom it was taken, and in which shift (at most a day). */
  z.strictObject({
    type: z.literal('call.fromPaper'),
    data: z.strictObject({
      takenBy: namedPerson,
      shiftFrom: utcMs,
      shiftTo: utcMs,
      /** The form's own number. */
      form: shortText.exactOptional(),
    }),
  }),
  /** When the event it points at happened, and who wrote it on the form. The event itself keeps the time it was made. */
  z.strictObject({
    type: z.literal('entry.timed'),
    data: z.strictObject({ target: eventRef, originalAt: utcMs, writtenBy: namedPerson }),
  }),
  z.strictObject({ type: z.literal('call.answered'), data: z.strictObject({}) }),
  /** The desk came back to this call after a crash or restart; `lastEventAt` is the last moment it had kept. */
  z.strictObject({ type: z.literal('call.resumed'), data: z.strictObject({ lastEventAt: utcMs }) }),
  /** How this conversation goes on: through relay, an interpreter or text, in yes and no, in silence. */
  z.strictObject({ type: z.literal('call.adapted'), data: z.strictObject({ channel, manner }) }),
  z.strictObject({ type: z.literal('stage.entered'), data: z.strictObject({ stage }) }),
  z.strictObject({
    type: z.literal('call.closed'),
    data: z.strictObject({
      outcome: outcomeCode,
      urgency: urgencyCode.exactOptional(),
      summary: words.exactOptional(),
    }),
  }),
  /** A closed call taken up again because nobody has the person after all. Its first close stays on record. */
  z.strictObject({
    type: z.literal('call.reopened'),
    data: z.strictObject({ by: namedPerson, reason: words }),
  }),
  /** Something still to be done when the call is over. It always has an owner. */
  z.strictObject({
    type: z.literal('task.opened'),
    data: z.strictObject({
      kind: z.enum(['chaseHandover', 'followUp', 'callBack', 'confirmContact']),
      what: words,
      owner: shortText,
      dueAt: utcMs,
    }),
  }),
  /** A task came to its end, the call's own end before it or not. What it was, and whose, stays on record. */
  z.strictObject({
    type: z.literal('task.closed'),
    data: z.strictObject({ task: eventRef, how: z.enum(['done', 'notPossible']), words }),
  }),
] as const;
