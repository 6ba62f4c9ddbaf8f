import { errors, importJWK, jwtVerify } from 'jose';
import { uuid } from '../../shared/ids.ts';
import { LINK_AUDIENCE } from '../../shared/referral/exchange.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type HubKeys } from './keys.ts';

/** How long the page of a referral can be opened (ms). Whoever needs it later is rung. */
export const LINK_LASTS_MS = 72 * 60 * 60 * 1000;
const ISSUER = 'lantern-hub';
const seconds = (at: UtcMs): number => Math.floor(at / 1000);

/**
 * The path of one referral's page. Signed, not kept: nothing in the database opens a page, and the same referral always has
 * the same link, so that a desk can show it again.
 */
export async function linkPath(
  keys: HubKeys,
  { id, madeAt }: { readonly id: string; readonly madeAt: UtcMs },
): Promise<string> {
  const claims = {
    iss: ISSUER,
    aud: LINK_AUDIENCE,
    sub: id,
    iat: seconds(madeAt),
    exp: seconds(madeAt + LINK_LASTS_MS),
  };
  return `/receive/${await keys.sign(claims)}`;
}

/** Which referral a link is for. `expired` is said only of one that this hub has signed. */
export async function readLink(
  keys: HubKeys,
  token: string,
  now: UtcMs,
): Promise<{ readonly id: string } | 'expired' | 'unknown'> {
  try {
    const known = await keys.publicKeys();
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = known.get(kid ?? '');
        if (key === undefined) throw new errors.JWKSNoMatchingKey();
        return importJWK(key, 'EdDSA');
      },
      { algorithms: ['EdDSA'], audience: LINK_AUDIENCE, issuer: ISSUER, currentDate: new Date(now) },
    );
    const id = uuid.safeParse(payload.sub);
    return id.success ? { id: id.data } : 'unknown';
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'expired';
    if (error instanceof errors.JOSEError) return 'unknown';
    throw error;
  }
}
