import { z } from 'zod';
import { problemOf, type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { type CallOffer } from './contract.ts';

/** What a telephone system posts to this PC (`main/services/telephony`): a number and how long the caller has waited. */
const telephonyOffer = z.strictObject({
  v: z.literal(1),
  number: z
    .string()
    .regex(/^\+?[0-9 ]{3,20}$/, 'must be a telephone number')
    .exactOptional(),
  /** Whole seconds. */
  waited: z.int().min(0).max(999_999).exactOptional(),
});

/** Anything else is refused whole: it never fills a clinical field. */
export function parseTelephonyOffer(input: unknown): Result<CallOffer, Problem> {
  const parsed = telephonyOffer.safeParse(input);
  if (!parsed.success) return err(problemOf('telephony.refused', parsed.error));
  const { number, waited } = parsed.data;
  return ok({
    source: 'telephony',
    ...(number === undefined ? {} : { number }),
    ...(waited === undefined ? {} : { waitedMs: waited * 1_000 }),
  });
}
