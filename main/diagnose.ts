import { runFromNpm } from './commands/run.ts';
import { nodeContext } from './hosts/browser/command-context.ts';

/** ENTRY of `npm run diagnose`; see `commands/diagnose.ts` for the exit status. */
process.exitCode = await runFromNpm('diagnose', nodeContext());
