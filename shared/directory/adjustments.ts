import { z } from 'zod';
import words from './adjustment-words.json' with { type: 'json' };
import { type Known } from './asking.ts';
import { localDate } from './hours-schema.ts';
import { type Access } from './service.ts';

/** What somebody may need to get in or be understood. */
export const adjustments = ['stepFree', 'interpreter', 'textRelay', 'womanStaff', 'manStaff'] as const;
export type Adjustment = (typeof adjustments)[number];

/** Which words of a directory mean which need: data with an owner and a day to look at it again. */
const table = z.strictObject({
  owner: z.string().min(1),
  reviewOn: localDate,
  words: z.record(z.enum(adjustments), z.array(z.string().min(1)).min(1)),
});
const MEANT = table.parse(words).words;

/** Whole entries only: "no step-free way in" must never read as step-free. */
const means = (entry: string, need: Adjustment): boolean =>
  MEANT[need].includes(
    entry
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, ' '),
  );

/** Whether a service says that it has what somebody needs. One that says nothing of it has not said no. */
export function hasAdjustment({ adjustments: has, lacks }: Access, need: Adjustment): Known {
  if (lacks?.some((entry) => means(entry, need))) return 'no';
  return has?.some((entry) => means(entry, need)) ? 'yes' : 'notKnown';
}
