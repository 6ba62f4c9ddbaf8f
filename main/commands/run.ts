import { type Problem } from '../../shared/problem.ts';
import { type CommandContext } from './context.ts';
import { diagnoseCommand } from './diagnose.ts';
import { policyCommand } from './policy.ts';
import { type Command, type CommandName, readCommand, usageLines } from './program.ts';
import { purgeLogCommand } from './purge-log.ts';
import { recoverCommand } from './recover.ts';

/** Runs a command to its end and answers the exit status. */
export function runCommand(command: Command, context: CommandContext, called: string): Promise<number> {
  switch (command.does) {
    case 'help':
      for (const line of usageLines(called)) context.say(line);
      return Promise.resolve(0);
    case 'policy':
      return policyCommand(context, command);
    case 'diagnose':
      return diagnoseCommand(context, command);
    case 'recover':
      return recoverCommand(context, command);
    case 'purge-log':
      return purgeLogCommand(context, command);
  }
}

/** Arguments that nobody can follow: what is wrong, then what can be asked. Exit status 2. */
export function refuseProgram(
  { message }: Problem,
  { complain }: Pick<CommandContext, 'complain'>,
  called: string,
): 2 {
  complain(`Lantern was not started: an argument ${message}.`);
  for (const line of usageLines(called)) complain(line);
  return 2;
}

const WITHOUT: Readonly<Record<CommandName, string>> = {
  policy: 'Nothing was read',
  diagnose: 'Nothing was looked at',
  recover: 'Nothing was recovered',
  'purge-log': 'Nothing was read',
};

/** `npm run NAME` in a checkout: the same commands, under their own names. */
export async function runFromNpm(name: CommandName, context: CommandContext): Promise<number> {
  const command = readCommand(name, process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (!command.ok) {
    context.complain(`${WITHOUT[name]}: ${command.error.field} ${command.error.message}`);
    return 2;
  }
  return runCommand(command.value, context, 'npm run');
}
