import { z } from 'zod';
import { uuid } from '../ids.ts';
import { utcMs } from '../time.ts';
import { contentId, eventRef, namedPerson, saidBy, shortText, urgencyCode, words } from './vocabulary.ts';

const area = z.string().regex(/^[A-Z][0-9]{8}$/, 'must be an ONS code');
const fit = z.enum(['yes', 'no', 'notKnown']);

/** An answer that came through the hub: by the team's own system or on the hub's page, and when they said it. */
const through = z.strictObject({ via: z.enum(['system', 'page']), referral: uuid, at: utcMs });

/** From talking options through to somebody else having the person. */
export const routeEvents = [
  /** What is known about one service fitting this person at the hour they would arrive (gate G6). */
  z.strictObject({
    type: z.literal('service.checked'),
    data: z.strictObject({
      route: contentId,
      name: shortText,
      arrivalAt: utcMs.exactOptional(),
      /** By which areas it was looked up: the most local ONS code known of where they are, live, and are registered. */
      areas: z
        .strictObject({ now: area.exactOptional(), home: area.exactOptional(), gp: area.exactOptional() })
        .exactOptional(),
      fits: z.strictObject({ age: fit, area: fit, hours: fit, medical: fit }),
      checkedHow: shortText,
    }),
  }),
  z.strictObject({
    type: z.literal('route.chosen'),
    data: z.strictObject({
      route: contentId,
      service: shortText.exactOptional(),
      urgency: urgencyCode,
      /** What the person said they want, in their words. */
      choice: words.exactOptional(),
    }),
  }),
  z.strictObject({ type: z.literal('route.withdrawn'), data: z.strictObject({ reason: words }) }),
  /** A gate passed on a named person's word. The gate's content says who may. */
  z.strictObject({
    type: z.literal('gate.overridden'),
    data: z.strictObject({
      gate: contentId,
      by: namedPerson,
      reason: words,
      /** The safety facts were read again before deciding, where the gate asks for that (H5). */
      reread: z.literal(true).exactOptional(),
    }),
  }),
  z.strictObject({
    type: z.literal('consent.recorded'),
    data: z.strictObject({
      state: z.enum(['agreed', 'refused', 'notAsked', 'couldNotAsk']),
      /** What they want kept back, or why it was not asked. */
      words: words.exactOptional(),
      /** Whose word it is, where the call is not about the caller alone. Absent in calls from before it was asked. */
      saidBy: saidBy.exactOptional(),
    }),
  }),
  z.strictObject({
    type: z.literal('consent.overridden'),
    data: z.strictObject({
      ground: z.enum(['danger', 'capacity', 'child', 'crime']),
      by: namedPerson,
      reason: words,
    }),
  }),
  z.strictObject({
    type: z.literal('sayBack.recorded'),
    data: z.strictObject({ done: z.boolean(), words }),
  }),
  z.strictObject({
    type: z.literal('handover.sent'),
    data: z.strictObject({
      route: contentId,
      to: shortText,
      how: z.enum(['spoken', 'phone', 'print', 'file', 'endpoint']),
      promisedBy: utcMs.exactOptional(),
      /** By secure message: the team of the hub's list that it goes to. Without one nothing goes by itself. */
      receiver: uuid.exactOptional(),
    }),
  }),
  z.strictObject({
    type: z.literal('handover.acknowledged'),
    data: z.strictObject({
      handover: eventRef,
      by: shortText,
      reference: shortText.exactOptional(),
      through: through.exactOptional(),
    }),
  }),
  z.strictObject({
    type: z.literal('handover.declined'),
    data: z.strictObject({
      handover: eventRef,
      by: shortText,
      reason: words,
      /** The national code (`shared/referral`). Absent in calls from before codes were asked for. */
      code: z
        .string()
        .regex(/^\d{2}$/, 'must be two digits')
        .exactOptional(),
      through: through.exactOptional(),
    }),
  }),
  /** Somebody rang again about a hand-over that is still unanswered. It stays unanswered. */
  z.strictObject({
    type: z.literal('handover.chased'),
    data: z.strictObject({ handover: eventRef, words }),
  }),
] as const;
