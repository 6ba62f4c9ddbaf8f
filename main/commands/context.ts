import { writeFile } from 'node:fs/promises';
import { type Policy } from '../../shared/policy/policy.ts';
import { type ProxyFact } from '../../shared/diagnose/facts.ts';
import { type Fetch } from '../ports/host.ts';
import { causeOf } from '../ports/log.ts';

/** Where a command runs: a checkout's terminal, or the installed program without a window. */
export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  /** The host's own way out, as the policy has it: proxy, authorities. */
  readonly openNetwork: (values: Policy) => Promise<CommandNetwork>;
  /** Of the program. */
  readonly version: () => Promise<string>;
  /** Whose profile is meant; absent in a checkout, where either host may have run. */
  readonly host?: 'electron' | 'browser';
}

export interface CommandNetwork {
  readonly fetch: Fetch;
  /** The proxy that a request to this address would take. */
  readonly proxyFor: (address: URL) => Promise<ProxyFact>;
}

/** This process's own terminal. */
export const terminal: Pick<CommandContext, 'say' | 'complain'> = {
  say: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
};

/**
 * Says the lines, or puts them into a file: a Windows program without a console has nowhere to say them. Exit status 2
 * when the file cannot be written; else `status`.
 */
export async function tell(
  { say, complain }: CommandContext,
  lines: readonly string[],
  out: string | undefined,
  status: number,
): Promise<number> {
  if (out === undefined) {
    for (const line of lines) say(line);
    return status;
  }
  try {
    await writeFile(out, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
    return status;
  } catch (error) {
    complain(`Nothing was written: --out cannot be written (${causeOf(error)})`);
    return 2;
  }
}
