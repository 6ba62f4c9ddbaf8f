/** Full jitter: anywhere between nothing and the doubled ceiling, so that desks do not come back as one wave. */
export interface BackoffPlan {
  /** First ceiling in ms. */
  readonly baseMs: number;
  /** The ceiling stops doubling here (ms). The number of tries has no limit. */
  readonly ceilingMs: number;
}

export const DEFAULT_BACKOFF: BackoffPlan = { baseMs: 500, ceilingMs: 30_000 };

/**
 * How long to wait before try number `attempt` (1 is the first retry), in ms.
 * `random` is in [0, 1). A server's `Retry-After` is a floor, never shortened; jitter is added on top of it.
 */
export function backoffMs(
  attempt: number,
  random: number,
  retryAfterMs = 0,
  plan: BackoffPlan = DEFAULT_BACKOFF,
): number {
  // 2 ** 30 is past any ceiling; capping the exponent keeps the number finite after days of trying.
  const ceiling = Math.min(plan.ceilingMs, plan.baseMs * 2 ** Math.min(Math.max(attempt - 1, 0), 30));
  return Math.max(0, retryAfterMs) + Math.floor(random * ceiling);
}
