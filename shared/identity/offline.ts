import { type UtcMs } from '../time.ts';

const HOUR_MS = 3_600_000;
/** Clocks are put right by a few minutes; further back than this is somebody's doing, or a flat battery (ms). */
export const SET_BACK_MS = 5 * 60_000;

export type OfflineAnswer =
  | { readonly kind: 'open'; readonly until: UtcMs }
  | { readonly kind: 'closed'; readonly why: 'never' | 'expired' | 'clockSetBack' };

/**
 * Whether somebody whom the issuer vouched for at `verifiedAt` may sign in here without it, for `hours` after that.
 * `latest` is the latest time this PC has ever shown: a clock set back behind it is not believed, so that it does not
 * make the hours longer. The way out is always to sign in with the issuer. Pure.
 */
export function offlineSignIn(facts: {
  readonly verifiedAt: UtcMs;
  readonly hours: number;
  readonly now: UtcMs;
  readonly latest: UtcMs;
}): OfflineAnswer {
  const { verifiedAt, hours, now, latest } = facts;
  if (hours <= 0) return { kind: 'closed', why: 'never' };
  if (now < latest - SET_BACK_MS || now < verifiedAt - SET_BACK_MS)
    return { kind: 'closed', why: 'clockSetBack' };
  const until = verifiedAt + hours * HOUR_MS;
  return Math.max(now, latest) < until ? { kind: 'open', until } : { kind: 'closed', why: 'expired' };
}

/** Wrong passphrases that are taken before only the issuer helps. */
export const OFFLINE_TRIES = 5;
