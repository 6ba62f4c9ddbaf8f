import { z } from 'zod';

/** Which page of the settings a key is on, and which category of the Windows and macOS templates. */
export const groups = {
  hub: 'The hub',
  signIn: 'Signing in',
  data: 'What stays on this PC',
  desk: 'The desk',
  updates: 'Updates',
  support: 'Support',
} as const;
export type Group = keyof typeof groups;

/** What is said of a key wherever it appears: screen, templates, reference page, `npm run policy`. */
export interface About {
  readonly group: Group;
  /** A few words. */
  readonly title: string;
  /** What it does and why one would set it, in one or two sentences. */
  readonly text: string;
  /** `person`: whoever sits at the desk may choose, unless the organisation has set it. */
  readonly setBy: 'organisation' | 'person';
  /**
   * When a change of policy takes effect: `atOnce`, also in a call; `betweenCalls`, because it changes what the hands
   * have learnt; `atStart`, when the program starts next.
   */
  readonly takesEffect: 'atOnce' | 'betweenCalls' | 'atStart';
  /** The environment variable that sets it where no organisation manages the PC. */
  readonly variable?: `LANTERN_${string}`;
  /** Never printed, shown or logged. */
  readonly isSecret?: true;
  /** For the examples; the default is shown where there is none. */
  readonly example?: unknown;
}

const abouts = z.registry<About>();

/** Gives a key of the policy its description. The outermost schema is the one that is described. */
export function about<S extends z.ZodType>(schema: S, words: About): S {
  abouts.add(schema, words);
  return schema;
}

/** Throws for a schema that was never described: `test/shared/policy` looks at every key. */
export function wordsOf(schema: z.ZodType): About {
  const words = abouts.get(schema);
  if (words === undefined) throw new Error('a key of the policy has no description');
  return words;
}
