import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';

const path = z
  .string()
  .min(1)
  .max(4_000)
  .refine((text) => !text.includes('\0'));
/** A path that was given once, from where the command was typed: npm itself runs scripts in the project's folder. */
const once = (from: string) => z.tuple([path]).transform(([text]) => resolve(from, text));

const refused = (message: string): Result<never, Problem> =>
  err({ code: 'arguments.invalid', field: 'arguments', message });

/** The options as they were given; undefined for one that is unknown or lacks its value. The text is not repeated: it may be anything. */
function given(
  args: readonly string[],
  paths: readonly string[],
  flags: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  const options = Object.fromEntries([
    ...paths.map((name) => [name, { type: 'string', multiple: true }] as const),
    ...flags.map((name) => [name, { type: 'boolean' }] as const),
  ]);
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch {
    return undefined;
  }
}

/** Reads a command's arguments: every one of `names` once, as `--name PATH`, and nothing else. */
export function readPaths<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
  from: string,
): Result<Readonly<Record<Name, string>>, Problem> {
  const parsed = z.record(z.enum(names), once(from)).safeParse(given(args, names, []));
  return parsed.success
    ? ok(parsed.data)
    : refused(`must be ${names.map((name) => `--${name} PATH`).join(' ')}`);
}

/** Paths that may be given once each, and flags; nothing else. */
export function readOptions<Path extends string, Flag extends string>(
  args: readonly string[],
  paths: readonly Path[],
  flags: readonly Flag[],
  from: string,
): Result<{ readonly paths: Partial<Record<Path, string>>; readonly flags: ReadonlySet<Flag> }, Problem> {
  const said = given(args, paths, flags);
  const named = Object.entries(said ?? {}).filter(([name]) => paths.some((one) => one === name));
  const parsed = z.partialRecord(z.enum(paths), once(from)).safeParse(Object.fromEntries(named));
  if (said === undefined || !parsed.success) return refused('are not those of this command');
  return ok({ paths: parsed.data, flags: new Set(flags.filter((flag) => said[flag] === true)) });
}

/** The value of one option that a command may go without, `--name VALUE`, and the other arguments. */
export function takeOption(
  args: readonly string[],
  name: string,
): { readonly value: string | undefined; readonly rest: readonly string[] } {
  const at = args.indexOf(`--${name}`);
  if (at === -1) return { value: undefined, rest: args };
  // Without a value it is an empty one, which its reader refuses.
  return { value: args[at + 1] ?? '', rest: [...args.slice(0, at), ...args.slice(at + 2)] };
}
