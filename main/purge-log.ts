import { runFromNpm } from './commands/run.ts';
import { nodeContext } from './hosts/browser/command-context.ts';

/** ENTRY of `npm run purge-log`; see `commands/purge-log.ts` for the exit status. */
process.exitCode = await runFromNpm('purge-log', nodeContext());
