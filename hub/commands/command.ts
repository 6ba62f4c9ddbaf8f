import { type Problem } from '../../shared/problem.ts';
import { err, type Result } from '../../shared/result.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Pool } from '../db/pool.ts';

/** A command beside the hub: `npm run hub -- NAME ARGUMENTS`. */
export interface Command {
  /** What follows the name, for the line that says how to use it. */
  readonly usage: string;
  /** Restoring makes the schema itself; everything else has it brought up to date first. */
  readonly makesSchema?: boolean;
  readonly run: (call: CommandCall) => Promise<Result<CommandEnd, Problem>>;
}

export interface CommandCall {
  readonly pool: Pool;
  readonly args: readonly string[];
  readonly now: UtcMs;
  readonly say: (line: string) => void;
  /** A code nobody can guess. */
  readonly randomCode: () => string;
}

/** `found`: it did its work, and what it found is not well. The process then ends with 1. */
export type CommandEnd = 'well' | 'found';

/** A wrong argument: named, with what it must be. */
export const wrong = (field: string, message: string): Result<never, Problem> =>
  err({ code: 'command.argument', field, message });
