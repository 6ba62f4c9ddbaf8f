import { z } from 'zod';
import { type Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseHubUrl } from '../services/hub/address.ts';
import { readOptions, readPaths, takeOption } from './options.ts';

/** What somebody who started the program asked of it. */
export type Program =
  | { readonly does: 'desk'; readonly link: string | undefined }
  | { readonly does: 'help' }
  | { readonly does: 'policy'; readonly json: boolean; readonly out: string | undefined }
  | {
      readonly does: 'diagnose';
      readonly json: boolean;
      readonly out: string | undefined;
      readonly profile: string | undefined;
    }
  | ({ readonly does: 'recover'; readonly push: URL | undefined } & RecoverPaths)
  | { readonly does: 'purge-log'; readonly profile: string };

/** A program that ends without opening a window. */
export type Command = Exclude<Program, { does: 'desk' }>;
export type CommandName = Exclude<Command['does'], 'help'>;

type RecoverPaths = { readonly profile: string; readonly key: string; readonly out: string };

/** In the order in which the usage shows them. */
export const COMMANDS: Readonly<Record<CommandName, { readonly usage: string; readonly does: string }>> = {
  policy: {
    usage: '[--json] [--out FILE]',
    does: 'each setting in force on this PC, its source and what it overrode',
  },
  diagnose: {
    usage: '[--json] [--out FILE] [--profile DIR]',
    does: 'policy, hub, clock, proxy, certificate, disk, journal and keys of this PC, with nothing of any person in it',
  },
  recover: {
    usage: '--profile DIR --key FILE --out FILE [--push URL]',
    does: 'a dead profile’s events by the recovery key into a file, and to a hub',
  },
  'purge-log': {
    usage: '--profile DIR',
    does: 'which calls were taken off this PC as policy asks, when, and their numbers',
  },
};

/** `called`: how the person starts it, `lantern` or `npm run`. */
export function usageLines(called: string): readonly string[] {
  const names = Object.keys(COMMANDS) as CommandName[];
  return [
    `${called}: the desk opens. With one of these words it answers and ends, and no window is opened:`,
    ...names.map((name) => `  ${called} ${name} ${COMMANDS[name].usage}\n      ${COMMANDS[name].does}`),
  ];
}

/**
 * THE ONE READER OF THE PROGRAM'S ARGUMENTS. Switches before the first word are the host's own (Chromium's, a session
 * manager's) and are left to it; a `lantern:` link is the system's; any other word must be a command. `from` is the folder
 * where the command was typed. A Problem never repeats what was given: it may be anything.
 */
export function readProgram(args: readonly string[], from: string): Result<Program, Problem> {
  if (args.some((one) => one === '--help' || one === '-h')) return ok({ does: 'help' });
  const at = args.findIndex((one) => !one.startsWith('-') && one !== '');
  const word = args[at];
  if (word === undefined) return ok({ does: 'desk', link: undefined });
  if (word.startsWith('lantern:')) return ok({ does: 'desk', link: word });
  const name = commandName.safeParse(word);
  if (word === 'help') return ok({ does: 'help' });
  if (!name.success) return refused('is not a word that Lantern knows');
  return readCommand(name.data, args.slice(at + 1), from);
}

const commandName = z.enum(Object.keys(COMMANDS) as [CommandName, ...CommandName[]]);

/** The arguments of one command, as they follow its name. */
export function readCommand(
  name: CommandName,
  args: readonly string[],
  from: string,
): Result<Command, Problem> {
  switch (name) {
    case 'policy': {
      const given = readOptions(args, ['out'], ['json'], from);
      return given.ok
        ? ok({ does: name, json: given.value.flags.has('json'), out: given.value.paths.out })
        : wrongFor(name);
    }
    case 'diagnose': {
      const given = readOptions(args, ['out', 'profile'], ['json'], from);
      if (!given.ok) return wrongFor(name);
      const { out, profile } = given.value.paths;
      return ok({ does: name, json: given.value.flags.has('json'), out, profile });
    }
    case 'recover': {
      const { value: push, rest } = takeOption(args, 'push');
      const url = push === undefined ? undefined : parseHubUrl(push);
      if (url?.ok === false) return err({ ...url.error, field: '--push' });
      const paths = readPaths(rest, ['profile', 'key', 'out'], from);
      return paths.ok ? ok({ does: name, push: url?.value, ...paths.value }) : wrongFor(name);
    }
    case 'purge-log': {
      const paths = readPaths(args, ['profile'], from);
      return paths.ok ? ok({ does: name, ...paths.value }) : wrongFor(name);
    }
  }
}

const wrongFor = (name: CommandName): Result<never, Problem> => refused(`must be ${COMMANDS[name].usage}`);

const refused = (message: string): Result<never, Problem> =>
  err({ code: 'arguments.invalid', field: 'arguments', message });
