import { decodeJwt, errors, importJWK, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { deskId, type DeskId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { ASSERTION_LIFETIME_MS, CODES, type PublicKeyJwk } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { refusing, type Refusing } from '../refused.ts';

/** How far the time in an assertion may be from the hub's (s). A desk further off is told the hub's time. */
const SKEW_S = 30;
const LIFETIME_S = ASSERTION_LIFETIME_MS / 1000;
/** After this no assertion that is accepted now will be accepted any more (ms). */
export const KEPT_FOR_MS = ASSERTION_LIFETIME_MS + 2 * SKEW_S * 1000;

export const FIELD = 'Authorization';
export const badSignature = refusing(
  401,
  'auth.badSignature',
  FIELD,
  'is not an assertion signed with this desk’s key',
);

const times = z.object({ iat: z.int(), exp: z.int() });

/** Who a token says it is from: only for finding the key to check that with. */
export function claimedDesk(token: string): DeskId | undefined {
  try {
    const id = deskId.safeParse(decodeJwt(token).iss);
    return id.success ? id.data : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** The claims of a token that this desk (or receiver) signed within the last minute, for this audience. */
export async function checkSigned(
  token: string,
  desk: { readonly id: string; readonly publicKey: PublicKeyJwk },
  audience: string,
  now: UtcMs,
): Promise<Result<JWTPayload, Refusing>> {
  try {
    const { payload } = await jwtVerify(token, await importJWK(desk.publicKey, 'EdDSA'), {
      // Named here, never taken from the token: that shuts out "none" and a public key used as an HMAC secret.
      algorithms: ['EdDSA'],
      audience,
      issuer: desk.id,
      subject: desk.id,
      clockTolerance: SKEW_S,
      maxTokenAge: LIFETIME_S,
      currentDate: new Date(now),
    });
    const read = times.safeParse(payload);
    if (!read.success) return err(badSignature);
    return read.data.exp - read.data.iat > LIFETIME_S ? err(expired(now)) : ok(payload);
  } catch (error) {
    return err(refusalFor(error, audience, now));
  }
}

function refusalFor(error: unknown, audience: string, now: UtcMs): Refusing {
  if (error instanceof errors.JWTExpired) return expired(now);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return refusing(401, 'auth.wrongAudience', FIELD, `must be for ${audience}`);
    if (error.claim === 'iat' || error.claim === 'nbf' || error.claim === 'exp') return expired(now);
    return badSignature;
  }
  if (error instanceof errors.JOSEError) return badSignature;
  throw error;
}

const expired = (now: UtcMs): Refusing => ({
  ...refusing(
    401,
    CODES.assertionExpired,
    FIELD,
    `must be at most ${LIFETIME_S} s old by the hub's clock: sign again with hubTime`,
  ),
  hubTime: now,
});
