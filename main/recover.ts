import { runFromNpm } from './commands/run.ts';
import { nodeContext } from './hosts/browser/command-context.ts';

/** ENTRY of `npm run recover`; see `commands/recover.ts` for the exit status. */
process.exitCode = await runFromNpm('recover', nodeContext());
