import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/result.ts';
import { refusing, type Refusing } from '../refused.ts';

/** The issuer's public keys. Asked for again at most this often when a token names one that is not known (ms). */
const COOLDOWN_MS = 30_000;
/** Keys are kept this long; a key that the issuer has withdrawn is worth nothing after that (ms). */
const MAX_AGE_MS = 10 * 60_000;
const TIMEOUT_MS = 5_000;
/** An answer longer than this is no set of keys. */
const MAX_BYTES = 200_000;

const metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });

export interface IssuerKeys {
  /** Where `jose` finds a key by its id, or why the issuer cannot be asked. */
  lookup(): Promise<Result<JWTVerifyGetKey, Refusing>>;
}

/**
 * The keys of one issuer, found by its discovery document. One set is held and no more, whatever tokens name: a flood
 * of unknown key ids costs the issuer one request in 30 s.
 */
export function issuerKeys(issuer: URL): IssuerKeys {
  let known: JWTVerifyGetKey | undefined;
  let asking: Promise<Result<JWTVerifyGetKey, Refusing>> | undefined;

  async function discover(): Promise<Result<JWTVerifyGetKey, Refusing>> {
    const address = new URL(`${issuer.href.replace(/\/$/, '')}/.well-known/openid-configuration`);
    try {
      const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
      const text = await response.text();
      if (!response.ok || text.length > MAX_BYTES) return err(away);
      const parsed = metadata.safeParse(JSON.parse(text));
      if (!parsed.success || !isSame(parsed.data.issuer, issuer)) return err(away);
      const keys = new URL(parsed.data.jwks_uri);
      // Keys over plain HTTP would be anybody's keys.
      if (keys.protocol !== 'https:' && keys.protocol !== issuer.protocol) return err(away);
      known = createRemoteJWKSet(keys, {
        cooldownDuration: COOLDOWN_MS,
        cacheMaxAge: MAX_AGE_MS,
        timeoutDuration: TIMEOUT_MS,
      });
      return ok(known);
    } catch {
      // Not there, not JSON, too slow: to a desk all the same, and it is told to come back.
      return err(away);
    }
  }

  return {
    lookup() {
      if (known !== undefined) return Promise.resolve(ok(known));
      asking ??= discover().finally(() => (asking = undefined));
      return asking;
    },
  };
}

const isSame = (said: string, issuer: URL): boolean =>
  said.replace(/\/$/, '') === issuer.href.replace(/\/$/, '');

/** The issuer does not answer: who somebody is cannot be said now. Events do not come this way. */
export const away: Refusing = {
  ...refusing(
    503,
    'person.issuerAway',
    'Lantern-Person',
    'cannot be checked now: the issuer does not answer',
  ),
  retryAfterS: 10,
};

/** jose's own name for "the keys could not be had", as against "no key fits". */
export const isKeysAway = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout ||
  (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC') ||
  (error instanceof TypeError && error.message === 'fetch failed');
