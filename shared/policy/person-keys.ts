import { z } from 'zod';
import { about } from './about.ts';

/** Whom to ring when everything else is down. No number is in code. */
const fallbackNumber = z.strictObject({
  title: z.string().trim().min(1).max(80),
  number: z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 ()-]{2,39}$/, 'must be digits and spaces, with + in front if it is from abroad'),
});

/** Keys of the policy that a person may choose at the desk while the organisation leaves them open. */
export const personKeys = {
  theme: about(z.enum(['system', 'light', 'dark']).default('system'), {
    group: 'desk',
    title: 'Theme',
    text: 'Light or dark screens, or whichever this PC uses.',
    setBy: 'person',
    takesEffect: 'atOnce',
  }),
  contrast: about(z.enum(['system', 'more']).default('system'), {
    group: 'desk',
    title: 'Contrast',
    text: 'The high-contrast theme whatever this PC says (more), or as this PC says (system).',
    setBy: 'person',
    takesEffect: 'atOnce',
  }),
  textSize: about(z.enum(['normal', 'large', 'largest']).default('normal'), {
    group: 'desk',
    title: 'Size of text',
    text: 'How large the text on the screens is, beside whatever this PC and the browser do.',
    setBy: 'person',
    takesEffect: 'atOnce',
  }),
  motion: about(z.enum(['system', 'reduced']).default('system'), {
    group: 'desk',
    title: 'Motion',
    text: 'Whether things on the screen may move: as this PC says (system), or not at all (reduced).',
    setBy: 'person',
    takesEffect: 'atOnce',
  }),
  hideDetails: about(z.boolean().default(true), {
    group: 'desk',
    title: 'Hide details when looking back',
    text: 'Whether looking back at an earlier call begins with what was said hidden.',
    setBy: 'person',
    takesEffect: 'atOnce',
  }),
  singleKeyAnswers: about(z.boolean().default(true), {
    group: 'desk',
    title: 'Single-key answers',
    text: 'Whether the question in hand is answered with one key. Speech-input users may need this off (WCAG 2.1.4).',
    setBy: 'person',
    takesEffect: 'betweenCalls',
  }),
  keys: about(z.record(z.string().max(40), z.array(z.string().min(1).max(40)).max(6)).exactOptional(), {
    group: 'desk',
    title: 'Keys',
    text: 'Keys by command where they differ from Lantern’s own; no keys means switched off. Refused whole, and said on screen, if a key cannot be used. F9 stays Emergency.',
    setBy: 'person',
    takesEffect: 'betweenCalls',
    example: { consult: ['Alt+C'], pause: [] },
  }),
  fallbackNumbers: about(z.array(fallbackNumber).max(20).default([]), {
    group: 'desk',
    title: 'Fallback numbers',
    text: 'Whom to ring when everything else is down: shown on the outage page and printed in the downtime pack.',
    setBy: 'person',
    takesEffect: 'atOnce',
    example: [{ title: 'Clinician on call', number: '01632 960003' }],
  }),
} as const;
