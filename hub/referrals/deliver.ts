import { RECEIVER_AUDIENCE } from '../../shared/referral/exchange.ts';
import { type UtcMs } from '../../shared/time.ts';
import { claimDue, type DueReferral, markTried } from '../db/referral-rows.ts';
import { type Pool } from '../db/pool.ts';
import { sha256 } from '../digest.ts';
import { type HubKeys } from './keys.ts';

export interface Delivering {
  readonly pool: Pool;
  readonly keys: HubKeys;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => UtcMs;
  readonly newId: () => string;
}

const AT_ONCE = 10;
const TIMEOUT_MS = 10_000;
/** What is being sent is taken up again after this, should the hub end meanwhile. */
const CLAIM_MS = 60_000;
const SIGNED_FOR_S = 60;
/** After this nobody should get it unawares: it has failed, and the desk rings. */
const GIVE_UP_MS = 12 * 60 * 60 * 1000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * Sends what is due, each as its receiver's system gets it every time: the same body, signed anew. Sent at least once; a
 * system that got it twice knows it by `Idempotency-Key`. Answers how many were tried.
 */
export async function deliverDue(deps: Delivering): Promise<number> {
  const now = deps.now();
  const due = await claimDue(deps.pool, now, now + CLAIM_MS, AT_ONCE);
  await Promise.all(due.map((referral) => deliver(deps, referral)));
  return due.length;
}

async function deliver(deps: Delivering, referral: DueReferral): Promise<void> {
  const came = await post(deps, referral);
  const now = deps.now();
  if (came.kind === 'taken') return markTried(deps.pool, referral.id, { deliveredAt: now });
  const isLate = now - referral.madeAt > GIVE_UP_MS;
  if (came.kind === 'refused' || isLate)
    return markTried(deps.pool, referral.id, { failedAt: now, trouble: came.why });
  return markTried(deps.pool, referral.id, { nextTryAt: now + waitMs(referral.tries), trouble: came.why });
}

/** Twice as long after each try, up to five minutes. */
const waitMs = (tries: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 10));

type Came =
  | { readonly kind: 'taken' }
  | { readonly kind: 'again'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

async function post({ keys, fetch, now, newId }: Delivering, referral: DueReferral): Promise<Came> {
  const { id, message, receiver, endpoint } = referral;
  const iat = Math.floor(now() / 1000);
  const token = await keys.sign({
    iss: 'lantern-hub',
    aud: RECEIVER_AUDIENCE,
    sub: id,
    to: receiver,
    jti: newId(),
    iat,
    exp: iat + SIGNED_FOR_S,
    sha256: sha256(message),
  });
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/fhir+json',
        authorization: `Bearer ${token}`,
        'idempotency-key': id,
      },
      body: message,
      // Elsewhere is not where the organisation said it may go.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return meaningOf(response.status);
  } catch (error) {
    const isSlow = error instanceof Error && error.name === 'TimeoutError';
    return {
      kind: 'again',
      why: isSlow ? 'their system did not answer in time' : 'their system cannot be reached',
    };
  }
}

/** Taken, not now, or never: a system that says that it is wrong will say so again. Pure. */
export function meaningOf(status: number): Came {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  if (status === 401 || status === 408 || status === 425 || status === 429 || status >= 500)
    return { kind: 'again', why: `their system cannot take it now (${status})` };
  return { kind: 'refused', why: `their system refused it (${status})` };
}
