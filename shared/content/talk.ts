import { z } from 'zod';
import { type Channel, type Manner } from '../events/vocabulary.ts';

/** How somebody can talk, and what that asks of the handler: the wording of the F3 panel and of the strip (H13, H21). */
const sentence = z.string().trim().min(1).max(600);
const label = z.string().trim().min(1).max(80);

const advice = z.strictObject({
  title: label,
  /** To be put in the handler's own words. */
  say: z.array(sentence).min(1).optional(),
  lines: z.array(sentence).min(1),
});
export type Advice = z.infer<typeof advice>;

/** The ordinary way needs no advice; every other way says what it asks. */
const ordinary = z.strictObject({ title: label });
const way = z.strictObject({
  title: label,
  /** For the strip. */
  note: label,
  detail: label,
  advice,
});

/** Beside each question, by what it takes for an answer. */
const limited = way.extend({
  /** Instead of `detail`, once they said that ringing them is safe. */
  detailIfSafe: label.optional(),
  hints: z.strictObject({ yesNo: sentence, value: sentence }),
});

export const talk = z.strictObject({
  hint: sentence,
  channels: z.strictObject({ phone: ordinary, relay: way, interpreted: way, text: way }),
  manners: z.strictObject({ open: ordinary, yesNo: limited, silent: limited }),
} satisfies {
  hint: z.ZodType;
  channels: z.ZodType<Record<Channel, unknown>>;
  manners: z.ZodType<Record<Manner, unknown>>;
});
export type Talk = z.infer<typeof talk>;
