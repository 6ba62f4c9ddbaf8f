import { z } from 'zod';
import list from './decline-reasons.json' with { type: 'json' };

const declineReasons = z.strictObject({
  of: z.string(),
  /** The national code system (BaRS, rejected services), its version and its date. */
  source: z.url(),
  version: z.string(),
  date: z.iso.date(),
  /** When somebody here last compared our list with it. */
  readOn: z.iso.date(),
  reasons: z
    .array(z.strictObject({ code: z.string().regex(/^\d{2}$/), title: z.string().min(1).max(80) }))
    .min(1),
});

/** The reasons a receiver can give for saying no (H12), each with its national code. */
export const declineList = declineReasons.parse(list);
/** In order of how often a desk hears them is not known: by what is asked first on the telephone. */
export const reasonsForNo = declineList.reasons;

/** What they said beside the reason itself: nothing where a system gave the code alone, and its title stands for words. */
export const declineWords = ({
  code,
  reason,
}: {
  readonly code?: string;
  readonly reason: string;
}): string => (code !== undefined && reason === reasonTitle(code) ? '' : reason);

/** The reason in our words; the code itself when this build does not know it. */
export const reasonTitle = (code: string): string =>
  reasonsForNo.find((item) => item.code === code)?.title ?? `reason ${code}`;
export const isReason = (code: string): boolean => reasonsForNo.some((item) => item.code === code);
