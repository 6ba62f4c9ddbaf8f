import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { v4, v7 } from 'uuid';
import { acceptCode } from '../../../hub/db/desk-rows.ts';
import { type Pool } from '../../../hub/db/pool.ts';
import { sha256 } from '../../../hub/digest.ts';
import { deskId, type DeskId } from '../../../shared/ids.ts';
import { ASSERTION_AUDIENCE, type PublicKeyJwk, publicKeyJwk } from '../../../shared/sync/protocol.ts';

/** A desk with a real key, that signs as a real desk does. */
export interface TestDesk {
  readonly id: DeskId;
  readonly privateKey: CryptoKey;
  readonly publicKey: PublicKeyJwk;
  /** An assertion made at `now`, with any claim replaced. */
  assertion(now: number, claims?: Record<string, unknown>): Promise<string>;
}

export async function makeDesk(): Promise<TestDesk> {
  const id = deskId.parse(v7());
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return {
    id,
    privateKey,
    publicKey: publicKeyJwk.parse(await exportJWK(publicKey)),
    assertion(now, claims = {}) {
      const iat = Math.floor(now / 1000);
      const payload = { iss: id, sub: id, aud: ASSERTION_AUDIENCE, iat, exp: iat + 60, jti: v4(), ...claims };
      return new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey);
    },
  };
}

export const newCode = (): string => randomBytes(18).toString('base64url');

/** A code the hub accepts until `expiresAt`. */
export async function acceptedCode(pool: Pool, expiresAt: number): Promise<string> {
  const code = newCode();
  await acceptCode(pool, sha256(code), expiresAt);
  return code;
}
