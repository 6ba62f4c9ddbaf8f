import * as client from 'openid-client';
import { type Fault } from '../../../shared/bridge/frames.ts';
import { type Person, readPerson } from '../../../shared/identity/claims.ts';
import { OWN_CODES, type RoleCodes } from '../../../shared/identity/roles.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Clock, type UtcMs } from '../../../shared/time.ts';
import { type Fetch } from '../../ports/host.ts';
import { refuse } from '../faults.ts';
import { troubleOf } from '../network/trouble.ts';

export interface Tokens {
  readonly person: Person;
  /** Shown to the hub. */
  readonly idToken: string;
  readonly refreshToken: string | undefined;
  readonly expiresAt: UtcMs;
}

export interface Begun {
  /** What the browser opens. */
  readonly address: string;
  readonly state: string;
  /** Trades the code that came back for tokens. Faults: session.refused, session.issuerAway. */
  finish(cameBack: URL): Promise<Result<Tokens, Fault>>;
}

/** One issuer, as a public client with PKCE. Every request goes through `fetch`, and to the issuer's own origin alone. */
export interface IssuerClient {
  /** `again`: the person must prove who they are, whatever the issuer remembers. Fault session.issuerAway, session.unsafe. */
  begin(ask: {
    readonly redirect: string;
    readonly again: boolean;
    readonly hint: string | undefined;
  }): Promise<Result<Begun, Fault>>;
  /** Faults: `session.ended` when the issuer takes this token no more; session.issuerAway. */
  refresh(refreshToken: string, was: Person): Promise<Result<Tokens, Fault>>;
  /** Tells the issuer that the token is not needed any more. Nobody waits for its answer. */
  revoke(refreshToken: string): Promise<void>;
}

export interface IssuerClientOptions {
  readonly issuer: URL;
  readonly clientId: string;
  /** What is asked for; `openid` is in it. */
  readonly scope?: string;
  /** The issuer's own role codes and what they are here. */
  readonly codes?: RoleCodes;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

export const SCOPE = 'openid profile offline_access';
/** What is taken from the userinfo endpoint: never who somebody is, when they proved it, or how strongly. */
const TOLD = new Set([
  'name',
  'given_name',
  'family_name',
  'lantern_roles',
  'nhsid_nrbac_roles',
  'selected_roleid',
]);
/** A PC's clock may be off by more than any tolerance: what the issuer's answers say is believed instead. */
const TOLERANCE_S = 60;
const AWAY = refuse('session.issuerAway', 'issuer', 'the identity provider does not answer');
const REFUSED = refuse('session.refused', 'person', 'the identity provider did not let this sign-in through');
const ENDED = refuse('session.ended', 'person', 'the identity provider has ended this sign-in');

/** What IT can mend is said as it is. */
function awayFor(error: unknown): typeof AWAY {
  const { kind, words } = troubleOf(error, 'the identity provider');
  const isForIt = kind === 'certificate' || kind === 'tls' || kind === 'proxy' || kind === 'policy';
  return isForIt ? refuse('session.issuerAway', 'issuer', words) : AWAY;
}

export function issuerClient({
  issuer,
  clientId,
  scope = SCOPE,
  codes = OWN_CODES,
  fetch,
  clock,
}: IssuerClientOptions): IssuerClient {
  let skewS = 0;
  const isOurs = (address: string): boolean =>
    URL.canParse(address) && new URL(address).origin === issuer.origin;
  const guarded: client.CustomFetch = async (address, init) => {
    if (!isOurs(address)) throw new TypeError('not the issuer');
    const response = await fetch(address, { ...init, redirect: 'manual' } as RequestInit);
    const said = Date.parse(response.headers.get('date') ?? '');
    if (Number.isFinite(said)) skewS = Math.round((said - clock.now()) / 1000);
    return response;
  };

  async function configure(): Promise<client.Configuration> {
    const isPlain = issuer.protocol === 'http:';
    const found = await client.discovery(issuer, clientId, undefined, client.None(), {
      [client.customFetch]: guarded,
      timeout: 10,
      // Plain HTTP is let through by the policy's schema for this computer alone.
      execute: isPlain ? [client.allowInsecureRequests] : [],
    });
    // Known only now: the metadata that says how far the clocks are apart.
    const metadata = { [client.clockSkew]: skewS, [client.clockTolerance]: TOLERANCE_S };
    const made = new client.Configuration(found.serverMetadata(), clientId, metadata, client.None());
    made[client.customFetch] = guarded;
    made.timeout = 10;
    if (isPlain) client.allowInsecureRequests(made);
    // The ID token is checked with the issuer's keys, though it came over TLS: it is what the hub is shown.
    client.enableNonRepudiationChecks(made);
    return made;
  }

  /**
   * An issuer may tell roles and names at its userinfo endpoint alone, as NHS CIS2 does: it is asked where the ID token
   * gives no role. The ID token stays what says who this is; an answer about somebody else, or none, adds nothing.
   */
  async function claimsOf(
    configured: client.Configuration,
    answer: Awaited<ReturnType<typeof client.refreshTokenGrant>>,
    claims: client.IDToken,
  ): Promise<Record<string, unknown>> {
    const read = readPerson(claims, codes);
    const { userinfo_endpoint: endpoint } = configured.serverMetadata();
    if (!read.ok || read.value.roles.length > 0 || endpoint === undefined) return claims;
    try {
      const told = await client.fetchUserInfo(configured, answer.access_token, claims.sub);
      return { ...claims, ...Object.fromEntries(Object.entries(told).filter(([name]) => TOLD.has(name))) };
    } catch {
      // Away, or not for this token: what the ID token says is what there is.
      return claims;
    }
  }

  async function tokensOf(
    configured: client.Configuration,
    answer: Awaited<ReturnType<typeof client.refreshTokenGrant>>,
    was: string | undefined,
  ): Promise<Result<Tokens, Fault>> {
    const claims = answer.claims();
    if (claims === undefined || answer.id_token === undefined) return REFUSED;
    const person = readPerson(await claimsOf(configured, answer, claims), codes);
    if (!person.ok) return REFUSED;
    return ok({
      person: person.value,
      idToken: answer.id_token,
      refreshToken: answer.refresh_token ?? was,
      expiresAt: (claims.exp - skewS) * 1000,
    });
  }

  return {
    async begin({ redirect, again, hint }) {
      try {
        const configured = await configure();
        const verifier = client.randomPKCECodeVerifier();
        const [state, nonce] = [client.randomState(), client.randomNonce()];
        const address = client.buildAuthorizationUrl(configured, {
          redirect_uri: redirect,
          scope,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
          ...(again ? { prompt: 'login', max_age: '0' } : {}),
          ...(hint === undefined ? {} : { login_hint: hint }),
        });
        if (!isOurs(address.href))
          return refuse(
            'session.unsafe',
            'issuer',
            'names a sign-in page at another address: it is not opened',
          );
        return ok({
          address: address.href,
          state,
          async finish(cameBack) {
            try {
              const checks = {
                pkceCodeVerifier: verifier,
                expectedState: state,
                expectedNonce: nonce,
                idTokenExpected: true,
                ...(again ? { maxAge: 300 } : {}),
              };
              const granted = await client.authorizationCodeGrant(configured, cameBack, checks);
              return await tokensOf(configured, granted, undefined);
            } catch (error) {
              return isAway(error) ? awayFor(error) : REFUSED;
            }
          },
        });
      } catch (error) {
        if (error instanceof TypeError && error.message === 'not the issuer')
          return refuse('session.unsafe', 'issuer', 'sends us to another address');
        return awayFor(error);
      }
    },
    async refresh(refreshToken, was) {
      try {
        const configured = await configure();
        const answer = await client.refreshTokenGrant(configured, refreshToken);
        const tokens = await tokensOf(configured, answer, refreshToken);
        // A token of somebody else in place of ours: the session is not theirs.
        return tokens.ok && tokens.value.person.id !== was.id ? ENDED : tokens;
      } catch (error) {
        const isGone = error instanceof client.ResponseBodyError && error.error === 'invalid_grant';
        return isGone ? ENDED : awayFor(error);
      }
    },
    async revoke(refreshToken) {
      try {
        await client.tokenRevocation(await configure(), refreshToken, { token_type_hint: 'refresh_token' });
      } catch {
        // Away, or without such an endpoint: the token ends by itself.
      }
    },
  };
}

/** As against an answer that says no. */
function isAway(error: unknown): boolean {
  if (error instanceof client.ResponseBodyError || error instanceof client.AuthorizationResponseError)
    return false;
  return (
    error instanceof TypeError || (error instanceof client.ClientError && error.code === 'OAUTH_TIMEOUT')
  );
}
