import { decodeJwt, errors, importJWK, jwtVerify } from 'jose';
import { z } from 'zod';
import { deskId, type DeskId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { ASSERTION_AUDIENCE, ASSERTION_LIFETIME_MS } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { type Desk } from '../db/desk-rows.ts';
import { refusing, type Refusing } from '../refused.ts';

/** How far a desk's clock may be off before its assertions are refused (s). */
const SKEW_S = 30;
const LIFETIME_S = ASSERTION_LIFETIME_MS / 1000;

const claims = z.object({ iat: z.int(), exp: z.int(), jti: z.uuid() });
const FIELD = 'Authorization';
const badSignature = refusing(
  401,
  'auth.badSignature',
  FIELD,
  'is not an assertion signed with this desk’s key',
);

/**
 * Reads `Authorization: Bearer <JWT>` and answers which enrolled desk signed it. `findDesk` looks the desk up at
 * every request, so that a revocation holds at once.
 */
export async function checkAssertion(
  header: string | undefined,
  findDesk: (id: DeskId) => Promise<Desk | undefined>,
  now: UtcMs,
): Promise<Result<DeskId, Refusing>> {
  const token = /^Bearer ([A-Za-z0-9_.-]+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) {
    return err(refusing(401, 'auth.missing', FIELD, 'must be "Bearer" and a signed assertion'));
  }
  const claimed = claimedDesk(token);
  if (claimed === undefined) return err(badSignature);
  const desk = await findDesk(claimed);
  if (desk === undefined)
    return err(refusing(401, 'auth.unknownDesk', FIELD, 'is from a desk that is not enrolled'));
  const verified = await verify(token, desk, now);
  if (!verified.ok) return verified;
  // Said only to the holder of the key.
  if (desk.revokedAt !== null)
    return err(refusing(401, 'auth.revoked', FIELD, 'is from a desk that has been revoked'));
  return ok(desk.id);
}

/** Who the token says it is from: only for finding the key to check that with. */
function claimedDesk(token: string): DeskId | undefined {
  try {
    const id = deskId.safeParse(decodeJwt(token).iss);
    return id.success ? id.data : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

async function verify(token: string, desk: Desk, now: UtcMs): Promise<Result<void, Refusing>> {
  try {
    const { payload } = await jwtVerify(token, await importJWK(desk.publicKey, 'EdDSA'), {
      // Named here, never taken from the token: that shuts out "none" and a public key used as an HMAC secret.
      algorithms: ['EdDSA'],
      audience: ASSERTION_AUDIENCE,
      issuer: desk.id,
      subject: desk.id,
      clockTolerance: SKEW_S,
      maxTokenAge: LIFETIME_S,
      currentDate: new Date(now),
    });
    const read = claims.safeParse(payload);
    if (!read.success) return err(badSignature);
    return read.data.exp - read.data.iat > LIFETIME_S ? err(expired(now)) : ok(undefined);
  } catch (error) {
    return err(refusalFor(error, now));
  }
}

function refusalFor(error: unknown, now: UtcMs): Refusing {
  if (error instanceof errors.JWTExpired) return expired(now);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud')
      return refusing(401, 'auth.wrongAudience', FIELD, `must be for ${ASSERTION_AUDIENCE}`);
    if (error.claim === 'iat' || error.claim === 'nbf' || error.claim === 'exp') return expired(now);
    return badSignature;
  }
  if (error instanceof errors.JOSEError) return badSignature;
  throw error;
}

const expired = (now: UtcMs): Refusing =>
  refusing(
    401,
    'auth.expired',
    FIELD,
    `must be at most ${LIFETIME_S} s old; the hub's time is ${now} ms UTC`,
  );
