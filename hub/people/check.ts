import { createHash } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { readPerson, type Person } from '../../shared/identity/claims.ts';
import { type RoleCodes } from '../../shared/identity/roles.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { CODES, MAX_PERSON_TOKEN } from '../../shared/sync/protocol.ts';
import { type UtcMs } from '../../shared/time.ts';
import { refusing, type Refusing } from '../refused.ts';
import { away, isKeysAway, type IssuerKeys } from './keys.ts';

/** A person whose token was checked. */
export interface VerifiedPerson extends Person {
  readonly tokenSha256: string;
  readonly issuedAt: UtcMs;
  readonly expiresAt: UtcMs;
}

/** Checks ID tokens of one issuer for one client. */
export interface PersonCheck {
  check(token: string, personHash: string | undefined, now: UtcMs): Promise<Result<VerifiedPerson, Refusing>>;
  /** For what only a supervisor does: whether this person has proved who they are just now, and strongly enough. */
  hasSteppedUp(person: VerifiedPerson, now: UtcMs): boolean;
}

export interface PersonCheckOptions {
  readonly issuer: URL;
  readonly clientId: string;
  readonly codes: RoleCodes;
  readonly keys: IssuerKeys;
  /** How long ago a person may have proved who they are for a supervisor's action (ms). */
  readonly stepUpMs: number;
  /** The `acr` that a supervisor's action needs, if any. */
  readonly stepUpAcr: string | undefined;
}

const FIELD = 'Lantern-Person';
/** How far the issuer's clock and the hub's may be apart (s). */
const SKEW_S = 60;
/** Named here, never taken from the token: that shuts out "none" and a public key used as an HMAC secret. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const badToken = refusing(401, 'person.badToken', FIELD, 'is not a token of this hub’s issuer for this desk');
const expired = refusing(401, CODES.personExpired, FIELD, 'has expired: the desk asks for a new one');
const notBound = refusing(
  401,
  'person.notBound',
  FIELD,
  'is not the token that the desk’s assertion was signed with',
);

const times = z.object({ iat: z.int().min(0), exp: z.int().min(0) });

export function personCheck(options: PersonCheckOptions): PersonCheck {
  const { issuer, clientId, codes, keys, stepUpMs, stepUpAcr } = options;
  return {
    async check(token, personHash, now) {
      if (token.length > MAX_PERSON_TOKEN || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return err(badToken);
      if (hashOf(token, 'base64url') !== personHash) return err(notBound);
      const found = await keys.lookup();
      if (!found.ok) return found;
      try {
        const { payload } = await jwtVerify(token, found.value, {
          algorithms: ALGORITHMS,
          issuer: [issuer.href, issuer.href.replace(/\/$/, '')],
          audience: clientId,
          clockTolerance: SKEW_S,
          currentDate: new Date(now),
        });
        // Signed for several parties, it must still have been asked for by us (OIDC Core 3.1.3.7).
        if (Array.isArray(payload.aud) && payload.aud.length > 1 && payload['azp'] !== clientId)
          return err(badToken);
        const read = times.safeParse(payload);
        if (!read.success || read.data.iat > now / 1000 + SKEW_S) return err(badToken);
        const person = readPerson(payload, codes);
        if (!person.ok) return err(badToken);
        return ok({
          ...person.value,
          tokenSha256: hashOf(token, 'hex'),
          issuedAt: read.data.iat * 1000,
          expiresAt: read.data.exp * 1000,
        });
      } catch (error) {
        return err(refusalFor(error));
      }
    },
    hasSteppedUp({ authenticatedAt, acr }, now) {
      const isFresh = authenticatedAt !== undefined && authenticatedAt >= now - stepUpMs - SKEW_S * 1000;
      return isFresh && (stepUpAcr === undefined || acr === stepUpAcr);
    },
  };
}

const hashOf = (token: string, encoding: 'hex' | 'base64url'): string =>
  createHash('sha256').update(token).digest(encoding);

function refusalFor(error: unknown): Refusing {
  if (error instanceof errors.JWTExpired) return expired;
  if (isKeysAway(error)) return away;
  if (error instanceof errors.JOSEError) return badToken;
  throw error;
}
