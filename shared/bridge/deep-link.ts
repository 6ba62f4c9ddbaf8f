import { z } from 'zod';
import { problemOf, type Problem } from '../problem.ts';
import { err, ok, type Result } from '../result.ts';
import { type CallOffer } from './contract.ts';

const params = z.strictObject({
  number: z
    .string()
    .regex(/^\+?[0-9 ]{3,20}$/, 'must be a telephone number')
    .optional(),
  /** Seconds the caller has already waited. */
  waited: z
    .string()
    .regex(/^[0-9]{1,6}$/, 'must be whole seconds')
    .transform(Number)
    .optional(),
});

const refuse = (field: string, message: string): Result<never, Problem> =>
  err({ code: 'deepLink.refused', field, message });

/**
 * Reads `lantern://call?number=…&waited=…`, the only link there is. `parseUrl` is the platform's URL parser:
 * shared code has none of its own. Anything unexpected is refused whole; a link never fills a clinical field.
 */
export function parseDeepLink(
  link: string,
  parseUrl: (
    link: string,
  ) => { protocol: string; host: string; pathname: string; query: [string, string][] } | undefined,
): Result<CallOffer, Problem> {
  if (link.length > 500) return refuse('link', 'is too long');
  const url = parseUrl(link);
  if (url === undefined || url.protocol !== 'lantern:') return refuse('link', 'must start with lantern://');
  if (url.host !== 'call' || !['', '/'].includes(url.pathname))
    return refuse('link', 'must be lantern://call');
  const keys = url.query.map(([key]) => key);
  if (new Set(keys).size !== keys.length) return refuse('link', 'gives a value twice');
  const parsed = params.safeParse(Object.fromEntries(url.query));
  if (!parsed.success) return err(problemOf('deepLink.refused', parsed.error));
  const { number, waited } = parsed.data;
  return ok({
    source: 'deepLink',
    ...(number === undefined ? {} : { number }),
    ...(waited === undefined ? {} : { waitedMs: waited * 1000 }),
  });
}
