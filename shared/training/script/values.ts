import { z } from 'zod';
import { contentId } from '../../events/vocabulary.ts';

/** The small values of a script. Every one is bounded, so that no script can be larger than a person could read. */

export const paragraph = z.string().trim().min(1).max(2000);
export const sentence = z.string().trim().min(1).max(600);
export const label = z.string().trim().min(1).max(120);

/** Most of anything that a script lists. */
export const MOST = 60;

export const localId = contentId.describe(
  'A short name that you choose: letters and digits, begins with a letter, such as tabletsAtLunch. Each only once in a script.',
);
export const questionId = contentId.describe(
  'The id of a question of the clinical content, such as S1. The screen shows it beside the question.',
);
export const routeId = contentId.describe('The id of a route of the clinical content, such as crhtUrgent.');

export const clock = z
  .string()
  .regex(/^\d{1,3}:[0-5]\d$/, 'must be minutes and seconds, such as 2:00')
  .describe('Minutes and seconds, such as 2:00. The clock runs from the moment the call is answered.');

/** A time such as 2:05 as milliseconds. */
export function msOf(text: string): number {
  const [minutes = '0', seconds = '0'] = text.split(':');
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** Milliseconds as minutes and seconds, whole seconds passed. */
export function clockText(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
