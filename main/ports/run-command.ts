export interface CommandOutcome {
  /** Undefined when the program could not be started or was ended for taking too long. */
  readonly code: number | undefined;
  readonly stdout: string;
}

/** Runs one of the system's own programs, without a shell, and reads what it prints. Never rejects. */
export type RunCommand = (program: string, args: readonly string[]) => Promise<CommandOutcome>;
