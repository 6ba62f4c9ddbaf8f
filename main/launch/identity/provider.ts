import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Provider } from 'oidc-provider';
import { signInPage } from './page.ts';
import { DEMONSTRATION_PEOPLE, type DemonstrationPerson } from './people.ts';

export interface ProviderOptions {
  /** `http://127.0.0.1:<port>`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly people?: readonly DemonstrationPerson[];
  /** How long tokens live (s). */
  readonly tokenS?: number;
  /** As NHS CIS2 has it: names and roles are told at the userinfo endpoint alone. */
  readonly rolesAtUserinfo?: true;
}

const HOUR_S = 3_600;

/**
 * A real OpenID Connect provider with invented people and no passwords: for demonstrations and tests on this computer.
 * A person named by `login_hint` is signed in without a page; whoever must prove themselves again clicks.
 */
export async function demonstrationProvider(options: ProviderOptions): Promise<Provider> {
  const { issuer, clientId, people = DEMONSTRATION_PEOPLE, tokenS = 600 } = options;
  const personOf = (id: string): DemonstrationPerson | undefined => people.find((one) => one.id === id);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        // Any port of this computer (RFC 8252, 7.3).
        redirect_uris: ['http://127.0.0.1/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        require_auth_time: true,
      },
    ],
    jwks: { keys: [await signingKey()] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    pkce: { required: () => true },
    // Each refresh token works once; the second use of one ends the whole sign-in.
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    conformIdTokenClaims: options.rolesAtUserinfo === true,
    claims: { openid: ['sub'], profile: ['name', 'lantern_roles'] },
    scopes: ['openid', 'profile', 'offline_access'],
    features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
    ttl: {
      IdToken: tokenS,
      AccessToken: tokenS,
      RefreshToken: 12 * HOUR_S,
      Session: 12 * HOUR_S,
      Grant: 12 * HOUR_S,
      Interaction: 600,
    },
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    findAccount(_ctx, id) {
      const person = personOf(id);
      if (person === undefined) return undefined;
      const claims = { sub: id, name: person.name, lantern_roles: [...person.roles] };
      return { accountId: id, claims: () => claims };
    },
    // There is one client and nobody to ask: it may have what it asks for.
    async loadExistingGrant(ctx) {
      const { session, client, provider: own } = ctx.oidc;
      const found = session?.grantIdFor(clientId);
      if (found !== undefined) return own.Grant.find(found);
      const grant = new own.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope('openid profile offline_access');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/sign-in/')) return next();
    await answer(provider, ctx.req, ctx.res, people);
    ctx.respond = false;
  });
  return provider;
}

async function answer(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  people: readonly DemonstrationPerson[],
): Promise<void> {
  const { params, prompt } = await provider.interactionDetails(request, response);
  if (prompt.name === 'consent') {
    // Asked of every program on a PC (RFC 8252, 8.6). The person has just clicked, or the demonstration goes by itself.
    await provider.interactionFinished(request, response, { consent: {} }, { mergeWithLastSubmission: true });
    return;
  }
  const chosen = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('as');
  const hint = params['prompt'] === 'login' ? undefined : params['login_hint'];
  const person = people.find(({ id }) => id === (chosen ?? hint));
  if (person !== undefined) {
    await provider.interactionFinished(request, response, {
      login: { accountId: person.id, remember: false },
    });
    return;
  }
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  });
  response.end(signInPage(people));
}

async function signingKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: randomBytes(8).toString('hex') };
}
