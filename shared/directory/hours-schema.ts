import { z } from 'zod';
import { dayNumber } from '../london.ts';

/** A day as `2026-11-25`. */
export const localDate = z
  .string()
  .refine((text) => dayNumber(text) !== undefined, { error: 'must be a day of the calendar, as 2026-11-25' });

/** Clock time in England, `00:00` to `24:00`. */
export const localTime = z
  .string()
  .regex(/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/, 'must be a time, as 18:30');

/** Closing at or before opening means the next day: 20:00 to 02:00, and 09:00 to 09:00 for a whole day. */
const period = z.strictObject({ opensAt: localTime, closesAt: localTime });

export const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

/**
 * One rule of regular hours, after HSDS `schedule` (RFC 5545 words). WEEKLY: `byDay` names days; with `interval` above
 * one, `from` is a day of the first week. MONTHLY: `byDay` may count (`2TU` the second Tuesday, `-1FR` the last Friday), or
 * `byMonthDay` names days (negative from the end). A rule that names neither is open every day from `from` to `to`.
 */
export const regularHours = period.extend({
  freq: z.enum(['WEEKLY', 'MONTHLY']).default('WEEKLY'),
  byDay: z
    .array(z.string().regex(/^(?:-?[1-5])?(?:SU|MO|TU|WE|TH|FR|SA)$/, 'must be a day, as MO or 2TU'))
    .exactOptional(),
  byMonthDay: z
    .array(
      z
        .int()
        .min(-31)
        .max(31)
        .refine((day) => day !== 0, 'must not be nought'),
    )
    .exactOptional(),
  interval: z.int().min(1).max(52).default(1),
  from: localDate.exactOptional(),
  to: localDate.exactOptional(),
});

/** Days on which other hours hold, or none. The newest exception that covers a day counts alone. */
export const exception = z.strictObject({
  from: localDate,
  to: localDate,
  periods: z.array(period),
  why: z.string().trim().min(1).max(200),
});

/**
 * When a service is open, by clocks in England. `bankHolidays` left out means that nobody has said: on such a day
 * the answer is "not known", never the ordinary hours.
 */
export const openingHours = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({ kind: z.literal('notKnown') }),
  z.strictObject({
    kind: z.literal('hours'),
    regular: z.array(regularHours),
    exceptions: z.array(exception).default([]),
    bankHolidays: z.union([z.literal('asUsual'), z.literal('closed'), z.array(period)]).exactOptional(),
  }),
]);
export type OpeningHours = z.infer<typeof openingHours>;
export type RegularHours = z.infer<typeof regularHours>;
export type Period = z.infer<typeof period>;
