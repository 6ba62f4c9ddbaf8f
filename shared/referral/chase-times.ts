import { z } from 'zod';
import { type UrgencyCode, urgencyCode } from '../events/vocabulary.ts';
import times from './chase-times.json' with { type: 'json' };

const minutes = z.int().min(1).max(10_080);
const chaseTimes = z.strictObject({
  /** `demonstration`: nobody has agreed these; the screen says so. */
  status: z.enum(['demonstration', 'agreed']),
  say: z.string().min(1),
  date: z.iso.date(),
  /** How long a hand-over may wait for an answer before somebody rings again, by how soon a response was chosen. */
  minutes: z.record(urgencyCode, minutes),
});

export const chaseTimetable = chaseTimes.parse(times);

/** After how long a hand-over that nobody answered is chased, in milliseconds. */
export const chaseAfterMs = (urgency: UrgencyCode): number => chaseTimetable.minutes[urgency] * 60_000;
