import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type KindName, KINDS } from './verdict/tally.ts';

export interface Options {
  readonly seed: string;
  readonly first: number;
  /** Install Debian's PostgreSQL for the standby when it is missing. */
  readonly install: boolean;
  /** Trials of each kind to run; a kind that is not here is left out. */
  readonly trials: ReadonlyMap<KindName, number>;
  /** Kinds run beside each other. */
  readonly atOnce: number;
}

const given = z.object({
  times: z.coerce.number().int().min(1).max(10_000).optional(),
  only: z.enum(KINDS).optional(),
  seed: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .optional(),
  from: z.coerce.number().int().min(1).max(100_000).default(1),
  install: z.boolean().default(false),
  'at-once': z.coerce.number().int().min(1).max(4).default(2),
});

/** A few of each, for `npm test`. Power cuts are left to whoever asks for them. */
const SHORT: Readonly<Record<KindName, number>> = {
  chromium: 4,
  host: 4,
  hub: 3,
  postgres: 3,
  standby: 1,
  disk: 3,
  proxy: 5,
  power: 0,
};

/** Of `--times N`: what a kind costs and how rare its fault is decide its share. */
const SHARE: Readonly<Record<KindName, number>> = {
  chromium: 1,
  host: 1,
  hub: 1 / 3,
  postgres: 1 / 6,
  standby: 1 / 30,
  disk: 1 / 50,
  proxy: 1 / 6,
  power: 1 / 30,
};

/** Reads the arguments; throws a sentence for a person when they make no sense. */
export function readOptions(args: readonly string[]): Options {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      times: option,
      only: option,
      seed: option,
      from: option,
      'at-once': option,
      install: { type: 'boolean' },
    },
  });
  const parsed = given.safeParse(values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  const { times, only, seed, from, install } = parsed.data;
  const kinds = only === undefined ? KINDS : [only];
  const trials = kinds.map((kind): [KindName, number] => {
    if (times === undefined) return [kind, only === undefined ? SHORT[kind] : Math.max(1, SHORT[kind])];
    return [kind, only === undefined ? Math.ceil(times * SHARE[kind]) : times];
  });
  return {
    seed: seed ?? randomBytes(4).toString('hex'),
    first: from,
    install,
    atOnce: parsed.data['at-once'],
    trials: new Map(trials.filter(([, number]) => number > 0)),
  };
}
