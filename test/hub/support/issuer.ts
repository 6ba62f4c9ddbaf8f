import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { v4 } from 'uuid';
import { personCheck, type PersonCheck } from '../../../hub/people/check.ts';
import { issuerKeys } from '../../../hub/people/keys.ts';
import { OWN_CODES } from '../../../shared/identity/roles.ts';

/** An issuer's public face on loopback, with keys that the test may turn: for tokens that a real one would never sign. */
export interface TestIssuer {
  readonly url: URL;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  /** A token of `claims` over good ones, signed with the newest key. */
  token(now: number, claims?: Record<string, unknown>): Promise<string>;
  readonly publicJwk: () => JWK;
  readonly privateKey: () => CryptoKey;
  /** A new signing key; the old one is no longer published. */
  turn(): Promise<void>;
  check(): PersonCheck;
  /** False: it answers nothing but errors. */
  setUp(up: boolean): void;
  close(): Promise<void>;
}

export const CLIENT = 'lantern-desk';
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

export async function startIssuer(): Promise<TestIssuer> {
  let pair = await generateKeyPair('RS256');
  let kid = v4();
  let jwk: JWK = {};
  const publish = async (): Promise<void> => {
    jwk = { ...(await exportJWK(pair.publicKey)), kid, use: 'sig', alg: 'RS256' };
  };
  await publish();
  let asked = 0;
  let up = true;
  const server = createServer((request, response) => {
    if (!up) return response.writeHead(500).end();
    response.setHeader('content-type', 'application/json');
    if (request.url === '/.well-known/openid-configuration')
      return response.end(JSON.stringify({ issuer: url.origin, jwks_uri: `${url.origin}/jwks` }));
    asked += 1;
    return response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    url,
    asked: () => asked,
    token(now, claims = {}) {
      const iat = Math.floor(now / 1000);
      const good = {
        iss: url.origin,
        aud: CLIENT,
        sub: 'p1',
        iat,
        exp: iat + 600,
        auth_time: iat,
        jti: v4(),
      };
      const payload = { ...good, name: 'Ada Example', lantern_roles: ['adviser'], ...claims };
      return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(pair.privateKey);
    },
    publicJwk: () => jwk,
    privateKey: () => pair.privateKey,
    async turn() {
      pair = await generateKeyPair('RS256');
      kid = v4();
      await publish();
    },
    check: () =>
      personCheck({
        issuer: url,
        clientId: CLIENT,
        codes: OWN_CODES,
        keys: issuerKeys(url),
        stepUpMs: 300_000,
        stepUpAcr: undefined,
      }),
    setUp(next) {
      up = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
