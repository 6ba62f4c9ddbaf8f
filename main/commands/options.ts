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

/**
 * Reads a command's arguments: every one of `names` once, as `--name PATH`, and nothing else. Paths are taken from where
 * the command was typed (`from`): npm itself runs scripts in the project's folder.
 */
export function readPaths<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
  from: string,
): Result<Readonly<Record<Name, string>>, Problem> {
  const usage = names.map((name) => `--${name} PATH`).join(' ');
  const refused = err({ code: 'arguments.invalid', field: 'arguments', message: `must be ${usage}` });
  const options = Object.fromEntries(
    names.map((name) => [name, { type: 'string', multiple: true }] as const),
  );
  let given: unknown;
  try {
    given = parseArgs({ args: [...args], options, strict: true }).values;
  } catch {
    // An unknown option, or one without its path. The text may be anything, so it is not repeated.
    return refused;
  }
  const once = z.tuple([path]).transform(([text]) => resolve(from, text));
  const parsed = z.record(z.enum(names), once).safeParse(given);
  return parsed.success ? ok(parsed.data) : refused;
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
