import { type UtcMs } from '../../../shared/time.ts';

/**
 * HTTP `Retry-After` (RFC 9110 10.2.3: whole seconds or a date) as ms from `now`, or undefined when it is not
 * there or makes no sense. A date in the past is 0.
 */
export function retryAfterMs(header: string | null, now: UtcMs): number | undefined {
  if (header === null) return undefined;
  const value = header.trim();
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // Only the date form of the RFC: Date.parse alone would also read "-5" or "1.5" as dates.
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
