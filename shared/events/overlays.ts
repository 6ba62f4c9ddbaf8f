import { z } from 'zod';
import { utcMs } from '../time.ts';
import { contentId, namedPerson, shortText, words } from './vocabulary.ts';

/** What can happen at any moment beside the conversation: danger, a lost line, a second opinion. */
export const overlayEvents = [
  z.strictObject({ type: z.literal('emergency.raised'), data: z.strictObject({}) }),
  z.strictObject({
    type: z.literal('emergency.handedOver'),
    data: z.strictObject({
      reference: shortText,
      takenBy: shortText.exactOptional(),
      action: words.exactOptional(),
      /** When control said that somebody would be there. */
      expectedBy: utcMs.exactOptional(),
    }),
  }),
  /** Somebody is with the person, or control has said what came of it. A reference alone says neither (H36). */
  z.strictObject({
    type: z.literal('emergency.contactConfirmed'),
    data: z.strictObject({ by: shortText, words: words.exactOptional() }),
  }),
  /** Ambulance or police control said no. The emergency stays raised. */
  z.strictObject({
    type: z.literal('emergency.refused'),
    data: z.strictObject({ by: shortText, reason: words }),
  }),
  z.strictObject({
    type: z.literal('emergency.stoodDown'),
    data: z.strictObject({ by: namedPerson, reason: words }),
  }),
  z.strictObject({ type: z.literal('line.held'), data: z.strictObject({}) }),
  z.strictObject({ type: z.literal('line.resumed'), data: z.strictObject({}) }),
  /** After the desk stopped and came back: the caller is still there (H35). */
  z.strictObject({ type: z.literal('line.confirmed'), data: z.strictObject({}) }),
  z.strictObject({
    type: z.literal('line.dropped'),
    data: z.strictObject({ lastWords: words.exactOptional() }),
  }),
  z.strictObject({
    type: z.literal('callBack.attempted'),
    data: z.strictObject({
      result: z.enum(['noAnswer', 'engaged', 'voicemail', 'wrongPerson', 'notSafeToRing']),
    }),
  }),
  z.strictObject({ type: z.literal('callBack.reached'), data: z.strictObject({}) }),
  /** What is to happen about somebody we could not ring back. Never left to a timer (H4). */
  z.strictObject({
    type: z.literal('callBack.decided'),
    data: z.strictObject({ by: namedPerson, decision: words }),
  }),
  z.strictObject({
    type: z.literal('consult.requested'),
    data: z.strictObject({ about: words.exactOptional() }),
  }),
  z.strictObject({
    type: z.literal('consult.decided'),
    data: z.strictObject({
      clinician: namedPerson,
      decision: words,
      gates: z.array(contentId).max(20).exactOptional(),
      /** Routes they agreed to and routes they ruled out; NO_ROUTE for ending without one. Absent: words only. */
      agreed: z.array(contentId).max(20).exactOptional(),
      ruledOut: z.array(contentId).max(20).exactOptional(),
    }),
  }),
] as const;
