import { type CallOffer } from '../../shared/bridge/contract.ts';
import { parseDeepLink } from '../../shared/bridge/deep-link.ts';
import { type Problem } from '../../shared/problem.ts';
import { type Result } from '../../shared/result.ts';

/** Reads a `lantern://call?…` link as anything outside this program may have written it. */
export function readDeepLink(link: string): Result<CallOffer, Problem> {
  return parseDeepLink(link, (text) => {
    if (!URL.canParse(text)) return undefined;
    const { protocol, host, pathname, searchParams } = new URL(text);
    return { protocol, host, pathname, query: [...searchParams] };
  });
}

/** The link among a program's arguments: the operating system starts us, or a second copy of us, with it. */
export function linkAmong(args: readonly string[]): string | undefined {
  return args.find((argument) => argument.startsWith('lantern:'));
}
